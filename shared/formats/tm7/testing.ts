import { readFileSync } from 'node:fs';
import { formatOf } from '../formats.ts';
import { Source } from '../source.ts';
import type { Reading } from '../threat-model.ts';

/** The smallest of the published models: one without a template. */
export const SMALL = 'tmt-4.3-sample';

export const bytesOf = (name: string): Uint8Array =>
  readFileSync(new URL(`../testing/models/tm7/${name}.tm7`, import.meta.url));
export const readText = (text: string | Uint8Array): Reading => {
  const source = new Source(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return formatOf(source).read(source);
};
