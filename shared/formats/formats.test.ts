/** Laws that every format obeys, whichever there are. */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS, formatOf, READERS, type Reader, WRITERS, type Writer } from './formats.ts';
import { Source } from './source.ts';
import { anyModel } from './testing/models.ts';
import { expectSound } from './testing/sound.ts';
import { FormatError, type Reading, type Skipped, type ThreatModel } from './threat-model.ts';

const MODELS = new URL('./testing/models/', import.meta.url);

interface Fixture {
  /** Its folder is called as its format is, a version after it at times. */
  folder: string;
  file: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const fixtures: Fixture[] = readdirSync(MODELS, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .flatMap(({ name: folder }) =>
    readdirSync(new URL(`${folder}/`, MODELS)).map(file => ({
      folder,
      file,
      bytes: new Uint8Array(readFileSync(new URL(`${folder}/${file}`, MODELS))),
    })),
  );

/** The format called as the folder, else the one whose version it is. */
const ownerOf = ({ folder }: Fixture): string | undefined =>
  (READERS.find(({ name }) => folder === name) ?? READERS.find(({ name }) => folder.startsWith(`${name}-v`)))
    ?.name;
const isOf =
  ({ name }: Reader) =>
  (fixture: Fixture): boolean =>
    ownerOf(fixture) === name;

const READING = READERS.map(reader => [reader.name, reader] as const);
const BOTH = WRITERS.flatMap(writer =>
  writer.read ? [[writer.name, writer as Reader & Writer] as const] : [],
);

async function written(format: Writer, model: ThreatModel): Promise<{ source: Source; skipped: Skipped[] }> {
  const { content, skipped } = await format.write(model);
  const bytes = typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : content;
  return { source: new Source(bytes), skipped };
}

/** @returns what was read, null when it was refused in words */
function attempt(bytes: Uint8Array): Reading | null {
  try {
    const source = new Source(bytes);
    return formatOf(source).read(source);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message.trim()).not.toBe('');
    return null;
  }
}

describe('formats', () => {
  it('have names of their own, and words for people', () => {
    const names = FORMATS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, label, extension, mediaType, read, recognises, write } of FORMATS) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(label).not.toBe('');
      expect(extension).toMatch(/^\.[a-z0-9.-]+$/);
      expect(mediaType).toMatch(/^[a-z]+\/[\w.+-]+/);
      expect(read !== undefined).toBe(recognises !== undefined);
      expect(read ?? write).toBeDefined();
    }
  });

  it('refuse unknown content with the list of what is known', () => {
    for (const text of [
      '{}',
      '[]',
      '{"a": {"b": [1]}}',
      'a: 1',
      'Dear all',
      '<html></html>',
      'PK\u0003\u0004',
      'null',
    ]) {
      const ask = () => formatOf(new Source(Buffer.from(text)));
      expect(ask).toThrow(FormatError);
      for (const { label } of READERS) expect(ask).toThrow(label);
    }
  });
});

describe.each(READING)('%s', (_, reader) => {
  const own = fixtures.filter(isOf(reader));

  it('recognises the published files of its kind, and nobody else does', () => {
    for (const { file, bytes } of own) {
      const source = new Source(bytes, file);
      const known = READERS.filter(({ recognises }) => recognises(source));
      expect(
        known.map(({ name }) => name),
        file,
      ).toEqual([reader.name]);
    }
  });

  it('recognises no file of another kind', () => {
    for (const { folder, file, bytes } of fixtures.filter(fixture => !isOf(reader)(fixture))) {
      expect(reader.recognises(new Source(bytes, file)), `${folder}/${file}`).toBe(false);
    }
  });

  it('reads them soundly, the same every time', () => {
    for (const { file, bytes } of own) {
      const { model, skipped } = reader.read(new Source(bytes, file));
      expectSound(model);
      for (const { what, why } of skipped) expect([what, why], file).not.toContain('');
      expect(reader.read(new Source(bytes, file)).model).toEqual(model);
      // A session holds plain JSON.
      expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    }
  });

  it('refuses what is cut off, in words, or reads it soundly', () => {
    for (const { bytes } of own) {
      const text = new TextDecoder('latin1').decode(bytes).trimEnd();
      const closed = text.startsWith('{') || text.startsWith('<');
      for (let i = 0; i < 12; i++) {
        const reading = attempt(bytes.slice(0, Math.floor((text.length * i) / 12)));
        // Of YAML a part may be a file; of JSON and XML never.
        if (closed) expect(reading).toBeNull();
        else if (reading) expectSound(reading.model);
      }
    }
  });

  it('refuses bytes that were changed anywhere, or reads them soundly', () => {
    const small = own.filter(({ bytes }) => bytes.length < 200_000);
    if (small.length === 0) return;
    fc.assert(
      fc.property(
        fc.nat(small.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(127)), { minLength: 1, maxLength: 4 }),
        (n, changes) => {
          const changed = small[n]!.bytes.slice();
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          const reading = attempt(changed);
          if (reading) expectSound(reading.model);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** What of a model every format that reads and writes can hold, unless it says that it skipped it. */
function gist({ diagrams, threats }: ThreatModel) {
  return {
    elements: diagrams.flatMap(({ elements }) => elements.map(({ name, kind }) => `${kind} ${name}`)),
    flows: diagrams.flatMap(({ elements, flows }) => {
      const names = new Map(elements.map(({ id, name }) => [id, name]));
      const end = (at: (typeof flows)[number]['source']) =>
        'element' in at ? `"${names.get(at.element)}"` : 'free';
      return flows.map(({ name, source, target }) => `flow ${name}: ${end(source)} to ${end(target)}`);
    }),
    boundaries: diagrams.flatMap(({ boundaries }) => boundaries.map(({ name }) => `boundary ${name}`)),
    threats: threats.map(({ title }) => `threat ${title}`),
  };
}

/** Those of a list that are not in another, each as often as it is missing. */
function missing(list: readonly string[], from: readonly string[]): string[] {
  const left = [...from];
  return list.filter(each => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe.each(BOTH)('written as %s', (_, format) => {
  it('a model is recognised by that format alone, and read back with all that was not said to be skipped', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async model => {
        const { source, skipped } = await written(format, model);
        expect(READERS.filter(({ recognises }) => recognises(source)).map(({ name }) => name)).toEqual([
          format.name,
        ]);
        const back = format.read(source).model;
        expectSound(back);
        const [before, after] = [gist(model), gist(back)];
        const lost = Object.keys(before).flatMap(key => {
          const list = key as keyof typeof before;
          return missing(before[list], after[list]);
        });
        expect(skipped.length, lost.join('\n')).toBeGreaterThanOrEqual(lost.length);
        for (const { what, why } of skipped) expect([what, why]).not.toContain('');
      }),
      { numRuns: 40 },
    );
  });

  it('what it read is read again as it was', async () => {
    for (const { file, bytes } of fixtures.filter(isOf(format))) {
      const { model } = format.read(new Source(bytes, file));
      const { source } = await written(format, model);
      expect(gist(format.read(source).model), file).toEqual(gist(model));
    }
  });

  it('keeps the ids of what is read back, so that a file that went out and came in again changes what it changed', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async model => {
        const once = format.read((await written(format, model)).source).model;
        const twice = format.read((await written(format, once)).source).model;
        const ids = ({ diagrams, threats }: ThreatModel) => [
          ...diagrams.flatMap(({ elements, flows, boundaries }) =>
            [...elements, ...flows, ...boundaries].map(({ id }) => id),
          ),
          ...threats.map(({ id }) => id),
        ];
        expect(ids(twice)).toEqual(ids(once));
      }),
      { numRuns: 30 },
    );
  });
});
