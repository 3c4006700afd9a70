import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readThreats, root } from '#shared/document/document.ts';
import { fromDocument } from '#shared/formats/session.ts';
import { makeSound } from '#shared/formats/sound.ts';
import type { FileThreat, ThreatModel } from '#shared/formats/threat-model.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { type Merged, mergeInto } from './merge.ts';

const blank = (): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('blank', { title: 'T', method: 'per-crossing' }));
  return doc;
};
const bring = (doc: Y.Doc, model: ThreatModel): Promise<Merged> =>
  mergeInto(doc, model, { format: 'json', by: { id: 'u', name: 'U' }, at: 1, places: false });

const thing = (id: string, description = '') => ({ id, name: id, description, attributes: {} });
const element = (id: string, n: number, description = '') => ({
  ...{ ...thing(id, description), kind: 'process' as const, boundary: 'zone' },
  box: [n * 300, 50, 180, 90] as const,
});
const threat = (id: string, target: string, description = ''): FileThreat => ({
  ...{ id, title: id, description, stride: [], category: '', target },
  ...{ status: 'open', severity: null, justification: '', mitigation: '' },
});

interface Said {
  a?: string;
  b?: string;
  f?: string;
  zone?: string;
  t?: string;
  more?: boolean;
}
/** @param said of each thing; `more` adds a flow and a threat on what is there already */
const fileOf = ({ a = '', b = '', f = '', zone = '', t = '', more = false }: Said = {}): ThreatModel => ({
  ...{ title: 'M', scope: '' },
  diagrams: [
    {
      ...{ id: 'd', title: 'D', elements: [element('a', 1, a), element('b', 2, b), element('c', 3)] },
      boundaries: [{ ...thing('zone', zone), box: [200, 0, 1200, 300], line: null, parent: null }],
      notes: [{ id: 'n', text: 'A note', at: [0, 600] }],
      flows: (more ? ['f', 'g'] : ['f']).map(id => ({
        ...thing(id, id === 'f' ? f : ''),
        ...{ source: { element: 'a' }, target: { element: 'b' }, bidirectional: false, bend: 0 },
      })),
    },
    {
      ...{ id: 'e', title: 'E', elements: [{ ...element('x', 1), boundary: null }] },
      ...{ flows: [], boundaries: [], notes: [] },
    },
  ],
  threats: [threat('t', 'a', t), ...(more ? [threat('u', 'a')] : [])],
});

/** As on the board: bindings go with the shape, so that the arrow's end is free. */
function remove(doc: Y.Doc, ...ids: string[]): void {
  for (const id of ids) {
    root(doc, 'threats').delete(id);
    const board = root(doc, 'board');
    board.delete(`shape:${id}`);
    for (const [key, entry] of [...board])
      if (entry.get('toId') === `shape:${id}` || entry.get('fromId') === `shape:${id}`) board.delete(key);
  }
}
function idsOf(doc: Y.Doc): string[] {
  const { diagrams, threats } = fromDocument(doc);
  return [
    ...diagrams.flatMap(({ elements, flows, boundaries, notes }) => [
      ...elements,
      ...flows,
      ...boundaries,
      ...notes,
    ]),
    ...threats,
  ].map(({ id }) => id);
}
const flowOf = (doc: Y.Doc, id: string) =>
  fromDocument(doc)
    .diagrams.flatMap(({ flows }) => flows)
    .find(flow => flow.id === id)!;

describe('what the team deleted since the last import', () => {
  it.each(['b', 'f', 'n', 't'])('stays deleted while the file says the same of it: %s', async id => {
    const doc = blank();
    await bring(doc, fileOf());
    remove(doc, id);
    const { changes, skipped, updates } = await bring(doc, fileOf());
    expect(idsOf(doc)).not.toContain(id);
    expect(skipped).toMatchObject([{ why: 'deleted here since the last import, left out' }]);
    expect(skipped[0]!.what).toContain(id === 'n' ? 'A note' : id);
    expect(changes).toMatchObject({ added: [], changed: [] });
    expect(updates).toEqual([]);
    const newer = await bring(doc, fileOf({ a: 'New' }));
    expect(newer.changes.changed).toMatchObject([{ id: 'a' }]);
    expect(idsOf(doc)).not.toContain(id);
  });
  it('comes back when the file says something new of it, and the answer says why', async () => {
    const doc = blank();
    await bring(doc, fileOf());
    remove(doc, 'a', 't', 'f');
    const { changes, skipped } = await bring(doc, fileOf({ a: 'New', t: 'New' }));
    const what = ['deleted here since the last import, and the file says something new of it'];
    expect(changes.added).toEqual([
      { kind: 'element', id: 'a', name: 'a', what },
      { kind: 'threat', id: 't', name: 't', what },
    ]);
    expect(skipped.map(each => each.what)).toEqual(['flow “f”']);
    remove(doc, 'a');
    await bring(doc, fileOf({ a: 'New', t: 'New' }));
    expect(idsOf(doc)).not.toContain('a');
  });
  it('stays deleted where the file only draws it elsewhere', async () => {
    const doc = blank();
    await bring(doc, fileOf());
    remove(doc, 'c');
    const moved = fileOf();
    moved.diagrams[0]!.elements[2]!.box = [0, 900, 100, 100];
    await bring(doc, moved);
    expect(idsOf(doc)).not.toContain('c');
  });
  it('leaves the ends of flows free and is no threat’s target, until it comes back', async () => {
    const doc = blank();
    await bring(doc, fileOf());
    remove(doc, 'a');
    const { changes } = await bring(doc, fileOf({ f: 'New', more: true }));
    expect(changes.added.map(({ id }) => id)).toEqual(['g', 'u']);
    for (const id of ['f', 'g']) {
      expect(flowOf(doc, id).source).toMatchObject({ point: [expect.any(Number), expect.any(Number)] });
      expect(flowOf(doc, id).target).toEqual({ element: 'b' });
    }
    expect(readThreats(doc).find(({ id }) => id === 'u')!.target).toBe('');
    expect((await bring(doc, fileOf({ f: 'New', more: true }))).updates).toEqual([]);
    await bring(doc, fileOf({ a: 'New', f: 'New', more: true }));
    for (const id of ['f', 'g']) expect(flowOf(doc, id).source).toEqual({ element: 'a' });
    expect(readThreats(doc).map(({ target }) => target)).toEqual(['shape:a', 'shape:a']);
  });
  it('is a page with everything on it', async () => {
    const doc = blank();
    await bring(doc, fileOf());
    remove(doc, 'x');
    const page = fromDocument(doc).diagrams.find(({ title }) => title === 'E')!;
    root(doc, 'board').delete(`page:${page.id}`);
    const { skipped, updates } = await bring(doc, fileOf());
    expect(skipped.map(({ what }) => what)).toEqual(['element “x”', 'diagram “E”']);
    expect(updates).toEqual([]);
    const newer = fileOf();
    newer.diagrams[1]!.elements.push({ ...element('y', 1), boundary: null });
    await bring(doc, newer);
    expect(fromDocument(doc).diagrams[1]).toMatchObject({ title: 'E', elements: [{ id: 'y' }] });
  });
  it('is brought anew where nothing of the file is left', async () => {
    const doc = blank();
    await bring(doc, fileOf());
    const all = idsOf(doc);
    remove(doc, ...all);
    const { skipped } = await bring(doc, fileOf());
    expect(skipped).toEqual([]);
    expect(idsOf(doc).sort()).toEqual(all.sort());
  });
});

it('whatever is deleted and changed, nothing unchanged comes back, references are whole, and a second time changes nothing', async () => {
  const ids = ['a', 'b', 'c', 'f', 'zone', 'n', 't', 'x'];
  const word = fc.constantFrom('', 'New');
  const said = fc.record({ a: word, b: word, f: word, zone: word, t: word, more: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids, { maxLength: ids.length - 1 }), said, async (deleted, newer) => {
      const doc = blank();
      await bring(doc, fileOf());
      remove(doc, ...deleted);
      const board = root(doc, 'board');
      for (const id of ['a', 'b', 'c'])
        if (deleted.includes('zone') && board.has(`shape:${id}`))
          board.get(`shape:${id}`)!.set('place', ['page:page', `a${id}`]);
      await bring(doc, fileOf(newer));
      const now = idsOf(doc);
      for (const id of ids) {
        const isNew = newer[id as 'a'] === 'New';
        expect([id, now.includes(id)]).toEqual([id, !deleted.includes(id) || isNew]);
      }
      const model = fromDocument(doc);
      const named = model.threats.filter(({ id, target }) => id === 'u' && target !== '');
      for (const { target } of named) expect(now).toContain(target);
      const orphans = model.threats.filter(({ target }) => target !== '' && !now.includes(target));
      expect(
        makeSound({
          model: { ...model, threats: model.threats.filter(each => !orphans.includes(each)) },
          skipped: [],
        }).skipped,
      ).toEqual([]);
      expect((await bring(doc, fileOf(newer))).updates).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
