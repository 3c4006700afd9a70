import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { putEntry, ROOTS, readSuggestions, root, SESSION_ENTRY } from '#shared/document/document.ts';
import { makeSound } from '#shared/formats/sound.ts';
import { Source } from '#shared/formats/source.ts';
import { anyModel } from '#shared/formats/testing/models.ts';
import { FormatError } from '#shared/formats/threat-model.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { runPass } from '../../passes/suggestions.ts';
import { mergeInto } from '../merge.ts';
import { isArchive, readArchive, writeArchive } from './archive.ts';

const seeded = (template: 'blank' | 'wearable-sensor' = 'wearable-sensor'): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument(template, { title: 'Sensor', method: 'per-crossing' }));
  return doc;
};
const by = { id: 'u1', name: 'Ada' };
const threat = (title: string, more: Record<string, Json> = {}) => ({
  ...{ title, stride: ['S'], target: 'shape:app', status: 'open', by, at: 5 },
  ...more,
});

/** A session with suggestions, verdicts on some of them, and numbered threats. */
function judged(doc: Y.Doc): Y.Doc {
  runPass(doc);
  for (const [i, { id }] of readSuggestions(doc).entries()) {
    if (i % 3 > 0) continue;
    const verdict = i % 2 ? 'accepted' : 'dismissed';
    putEntry(root(doc, 'triage'), id, { verdict, reason: i % 2 ? '' : 'No', by, at: 7 + i });
  }
  for (const [i, id] of ['x', 'y', 'z'].entries())
    putEntry(root(doc, 'threats'), id, threat(id, { number: i + 1 }));
  root(doc, 'session').get(SESSION_ENTRY)!.set('lastThreat', 9);
  root(doc, 'session').get(SESSION_ENTRY)!.set('locked', true);
  return doc;
}

const contentOf = (doc: Y.Doc) => Object.fromEntries(ROOTS.map(name => [name, root(doc, name).toJSON()]));
const sourceOf = (bytes: Uint8Array) => new Source(bytes, 'x.strideboard');
const archiveOf = (change: (doc: Y.Doc) => void): Source => {
  const doc = judged(seeded());
  doc.transact(() => change(doc));
  return sourceOf(writeArchive(doc));
};

describe('X4 an archive', () => {
  it('is restored with every shape, threat, number, author, verdict and setting', () => {
    const doc = judged(seeded());
    const { doc: restored, updates, skipped } = readArchive(sourceOf(writeArchive(doc)));
    expect(skipped).toEqual([]);
    expect(contentOf(restored)).toEqual(contentOf(doc));
    const stored = new Y.Doc();
    for (const update of updates) Y.applyUpdate(stored, update);
    expect(contentOf(stored)).toEqual(contentOf(doc));
  });
  it('of any session is that of the session that was restored from it', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async model => {
        const doc = seeded('blank');
        const sound = makeSound({ model, skipped: [] }).model;
        await mergeInto(doc, sound, { format: 'json', by, at: 3, places: false });
        judged(doc);
        const { doc: restored, skipped } = readArchive(sourceOf(writeArchive(doc)));
        expect(skipped).toEqual([]);
        expect(contentOf(restored)).toEqual(contentOf(doc));
        expect(contentOf(readArchive(sourceOf(writeArchive(restored))).doc)).toEqual(contentOf(doc));
      }),
      { numRuns: 25 },
    );
  });
});

describe('of an archive that somebody changed', () => {
  it.each<[string, (doc: Y.Doc) => void, RegExp]>([
    [
      'a shape without a place',
      doc => putEntry(root(doc, 'board'), 'shape:a', { type: 'process' }),
      /shape:a/,
    ],
    ['a record of another kind', doc => putEntry(root(doc, 'board'), 'user:a', { type: 'x' }), /user:a/],
    ['an entry that is no map', doc => (doc.getMap('board') as Y.Map<unknown>).set('shape:n', 5), /shape:n/],
    [
      'a register that is a type',
      doc => (root(doc, 'threats').get('x') as unknown as Y.Map<unknown>).set('title', new Y.Map()),
      /“x”/,
    ],
    [
      'a threat of unknown status',
      doc => putEntry(root(doc, 'threats'), 'bad', threat('b', { status: 'gone' })),
      /bad/,
    ],
    [
      'a threat without an author',
      doc => putEntry(root(doc, 'threats'), 'bad', threat('b', { by: 'Ada' })),
      /bad/,
    ],
    [
      'a threat with more than it may have',
      doc => putEntry(root(doc, 'threats'), 'bad', threat('b', { admin: true })),
      /bad/,
    ],
    [
      'a threat numbered by a text',
      doc => putEntry(root(doc, 'threats'), 'bad', threat('b', { number: 'T1' })),
      /bad/,
    ],
    [
      'a verdict that is none',
      doc => putEntry(root(doc, 'triage'), 'r/t', { verdict: 'maybe', reason: '', by, at: 1 }),
      /r\/t/,
    ],
    [
      'a suggestion that is none',
      doc => putEntry(root(doc, 'suggestions'), 'r/t', { rule: 'r', target: 't' }),
      /r\/t/,
    ],
    ['a second session', doc => putEntry(root(doc, 'session'), 'other', { title: 'x' }), /other/],
    [
      'a text of a megabyte',
      doc =>
        root(doc, 'threats')
          .get('x')!
          .set('foreign', { otm: 'x'.repeat(1e6) }),
      /“x”/,
    ],
  ])('%s is left out, and said', (_, change, what) => {
    const { doc, skipped } = readArchive(archiveOf(change));
    expect(skipped.map(each => each.what)).toEqual([expect.stringMatching(what)]);
    expect(root(doc, 'board').size).toBeGreaterThan(10);
    expect(root(doc, 'threats').size).toBeGreaterThanOrEqual(2);
  });
  it('roots that a session does not have are not taken over', () => {
    const { doc } = readArchive(archiveOf(doc => doc.getMap('evil').set('x', 1)));
    expect([...doc.share.keys()].filter(name => !ROOTS.includes(name as never))).toEqual([]);
  });
  it('numbers are given once, and never again', () => {
    const { doc } = readArchive(
      archiveOf(doc => {
        putEntry(root(doc, 'threats'), 'zz', threat('zz', { number: 1 }));
        putEntry(root(doc, 'threats'), 'zzz', threat('zzz', { number: 50 }));
      }),
    );
    expect([
      root(doc, 'threats').get('zz')!.get('number'),
      root(doc, 'session').get(SESSION_ENTRY)!.get('lastThreat'),
    ]).toEqual([undefined, 50]);
  });
  it('a session without entry and page gets both', () => {
    const { doc } = readArchive(
      archiveOf(doc => {
        root(doc, 'session').clear();
        root(doc, 'board').clear();
      }),
    );
    expect([root(doc, 'session').has(SESSION_ENTRY), root(doc, 'board').has('page:page')]).toEqual([
      true,
      true,
    ]);
  });
});

const manifest = new TextEncoder().encode('{"strideboard":{"archive":1},"title":"x"}');

describe('what is no archive of a session', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    ['a zip of something else', () => zipSync({ 'a.txt': new Uint8Array(3) }), /no session/],
    ['half an archive', () => writeArchive(judged(seeded())).slice(0, 900), /broken/],
    [
      'a document that is none',
      () => zipSync({ 'manifest.json': manifest, 'document.yjs': new Uint8Array([9, 9, 9]) }),
      /can’t be read/,
    ],
    [
      'another version',
      () =>
        zipSync({
          'manifest.json': new TextEncoder().encode('{"strideboard":{"archive":2}}'),
          'document.yjs': new Uint8Array(2),
        }),
      /version/,
    ],
    [
      'no manifest that can be read',
      () => zipSync({ 'manifest.json': new Uint8Array(2), 'document.yjs': new Uint8Array(2) }),
      /does not say/,
    ],
    [
      'a bomb',
      () => zipSync({ 'manifest.json': manifest, 'document.yjs': new Uint8Array(200e6) }),
      /too large/,
    ],
    [
      'one that lists a part twice',
      () => {
        const parts = { 'document.yjs': new Uint8Array(2), 'documents.yj': new Uint8Array(2) };
        const bytes = Buffer.from(zipSync({ 'manifest.json': manifest, ...parts }));
        bytes.write('document.yjs', bytes.lastIndexOf('documents.yj'));
        return bytes;
      },
      /more than once/,
    ],
  ])('%s is refused', (_, bytes, message) => {
    const source = sourceOf(bytes());
    expect(isArchive(source)).toBe(true);
    const read = () => readArchive(source);
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });
  it('a bomb that lies about its size unpacks to no more than it said', () => {
    const bytes = zipSync({ 'manifest.json': manifest, 'document.yjs': new Uint8Array(200e6) });
    // The size in the central directory, 24 bytes into the entry of the document.
    const text = Buffer.from(bytes);
    const entry = text.lastIndexOf('document.yjs') - 46;
    text.writeUInt32LE(1000, entry + 24);
    const before = process.memoryUsage().arrayBuffers;
    expect(root(readArchive(sourceOf(text)).doc, 'board').size).toBe(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
  });
});
