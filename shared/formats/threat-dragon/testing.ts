/** Files of Threat Dragon for tests: every one that is written is held against its schema. */
import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { formatOf } from '../formats.ts';
import { Source } from '../source.ts';
import type { Reading, ThreatModel, Written } from '../threat-model.ts';
import { threatDragon } from './format.ts';

const testing = new URL('../testing/', import.meta.url);

/** Compiled as Threat Dragon itself does it (td.vue/src/service/schema/ajv.js). */
const ajv = addFormats(new Ajv({ allowUnionTypes: true }));
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('schemas/threat-dragon-v2.schema.json', testing), 'utf8')),
);

export const sourceOf = (data: unknown): Source => new Source(new TextEncoder().encode(JSON.stringify(data)));

export const fixtures = (release: 1 | 2): string[] =>
  readdirSync(new URL(`models/threat-dragon-v${release}/`, testing)).map(
    name => `threat-dragon-v${release}/${name}`,
  );

export function readFixture(path: string): Reading {
  const source = new Source(readFileSync(new URL(`models/${path}`, testing)), path);
  return formatOf(source).read(source);
}

/** @throws {Error} when its schema refuses the file */
export function written(model: ThreatModel): Source {
  const { content } = threatDragon.write!(model) as Written;
  const source = new Source(new TextEncoder().encode(content as string));
  if (!validate(source.data)) throw new Error(ajv.errorsText(validate.errors));
  return source;
}

/** The model as it is read from the file that is written of it. */
export const again = (model: ThreatModel): ThreatModel => threatDragon.read!(written(model)).model;
