import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readThreats, root } from '#shared/document/document.ts';
import { fromDocument } from '#shared/formats/session.ts';
import { Source } from '#shared/formats/source.ts';
import type { ThreatModel } from '#shared/formats/threat-model.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { type Merged, mergeInto, withoutOwnMarks } from './merge.ts';
import { readSound } from './read.ts';

const MODELS = fileURLToPath(new URL('../../shared/formats/testing/models/', import.meta.url));
const files = readdirSync(MODELS, { recursive: true, encoding: 'utf8' }).filter(name =>
  /\.(json|yaml|otm|tm7|drawio)$/.test(name),
);

const blank = (): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('blank', { title: 'T', method: 'per-crossing' }));
  return doc;
};
const options = (more: object = {}) => ({
  ...{ format: 'json', by: { id: 'u', name: 'U' }, at: 1, places: false },
  ...more,
});
const bring = (doc: Y.Doc, model: ThreatModel, more?: object): Promise<Merged> =>
  mergeInto(doc, model, options(more));

describe('X2 every published model', () => {
  it.each(files)('%s brought a second time changes nothing', async name => {
    const { format, model } = readSound(new Source(readFileSync(join(MODELS, name)), name));
    const doc = blank();
    const first = await bring(doc, model, { format });
    expect(first.skipped).toEqual([]);
    const there = fromDocument(doc);
    const count = (of: ThreatModel) =>
      of.diagrams.flatMap(({ elements, flows, boundaries }) => [...elements, ...flows, ...boundaries]).length;
    expect([count(there), there.threats.length]).toEqual([count(model), model.threats.length]);
    const again = await bring(doc, model, { format });
    expect(again.updates.map(update => Y.decodeUpdate(update).structs.map(String))).toEqual([]);
    expect(again).toMatchObject({ changes: { added: [], changed: [], missing: [] } });
    const written = { ...readSound(sourceOf(withoutOwnMarks(there))).model, scope: there.scope };
    expect((await bring(doc, written)).changes).toEqual({ added: [], changed: [], missing: [] });
  });
});

const sourceOf = (model: object) =>
  new Source(new TextEncoder().encode(JSON.stringify({ strideboard: 1, ...model })));
const element = (id: string, more: object = {}) => ({ id, name: id, kind: 'process', ...more });
const modelOf = (elements: object[], more: object = {}): ThreatModel =>
  readSound(
    sourceOf({
      title: 'M',
      diagrams: [
        {
          ...{ id: 'd', title: 'D', elements, boundaries: [{ id: 'zone', name: 'zone' }] },
          flows: [{ id: 'f', name: 'f', source: { element: 'a' }, target: { element: 'b' } }],
        },
      ],
      threats: [{ id: 't', title: 'Spoofing', stride: ['S'], target: 'a', mitigation: '' }],
      ...more,
    }),
  ).model;
const shape = (doc: Y.Doc, id: string) => root(doc, 'board').get(`shape:${id}`)!;

describe('a newer file', () => {
  const placed = [element('a', { box: [0, 0, 180, 90] }), element('b', { box: [400, 0, 180, 90] })];

  it('leaves what the team did since alone, where the file did not change', async () => {
    const doc = blank();
    await bring(doc, modelOf(placed));
    shape(doc, 'a').set('at', [5, 500]);
    shape(doc, 'a').set('props.name', 'Ours');
    shape(doc, 'a').set('meta.role', 'gateway');
    root(doc, 'threats').get('t')!.set('status', 'mitigated');
    const { updates } = await bring(doc, modelOf(placed));
    expect(updates).toEqual([]);
    const { changes } = await bring(
      doc,
      modelOf([element('a', { box: [0, 0, 180, 90], description: 'New' }), placed[1]!]),
    );
    expect(changes.changed).toEqual([{ kind: 'element', id: 'a', name: 'Ours', what: ['description'] }]);
    expect(shape(doc, 'a').toJSON()).toMatchObject({
      at: [5, 500],
      'props.name': 'Ours',
      'meta.description': 'New',
      'meta.role': 'gateway',
    });
    expect(readThreats(doc)[0]!.status).toBe('mitigated');
  });
  it('wins where it says something new, and with its places where it is asked to', async () => {
    const doc = blank();
    await bring(doc, modelOf(placed));
    shape(doc, 'a').set('props.name', 'Ours');
    shape(doc, 'b').set('at', [9, 9]);
    await bring(doc, modelOf([element('a', { name: 'Theirs', box: [50, 0, 180, 90] }), placed[1]!]));
    expect(shape(doc, 'a').toJSON()).toMatchObject({ 'props.name': 'Theirs', at: [50, 0] });
    expect(shape(doc, 'b').get('at')).toEqual([9, 9]);
    await bring(doc, modelOf(placed), { places: true });
    expect(shape(doc, 'b').get('at')).toEqual([400, 0]);
  });
  it('binds a flow anew, turns it both ways, and can set an end free', async () => {
    const doc = blank();
    await bring(doc, modelOf([...placed, element('c', { box: [0, 400, 180, 90] })]));
    const flow = (source: object, target: object, bidirectional: boolean) =>
      modelOf([...placed, element('c', { box: [0, 400, 180, 90] })], {
        diagrams: [
          {
            ...{ id: 'd', title: 'D', boundaries: [{ id: 'zone', name: 'zone' }] },
            elements: [...placed, element('c', { box: [0, 400, 180, 90] })],
            flows: [{ id: 'f', name: 'f', source, target, bidirectional }],
          },
        ],
      });
    const now = () => {
      const { source, target, bidirectional } = fromDocument(doc).diagrams[0]!.flows[0]!;
      return { source, target, bidirectional };
    };
    await bring(doc, flow({ element: 'c' }, { element: 'b' }, true));
    expect(now()).toEqual({ source: { element: 'c' }, target: { element: 'b' }, bidirectional: true });
    await bring(doc, flow({ element: 'c' }, { point: [700, 700] }, false));
    expect(now()).toEqual({ source: { element: 'c' }, target: { point: [700, 700] }, bidirectional: false });
  });
  it('takes what lies in a boundary that it moves where the file and the board have it', async () => {
    const of = (x: number) =>
      modelOf([], {
        threats: [],
        diagrams: [
          {
            ...{ id: 'd', title: 'D', boundaries: [{ id: 'zone', name: 'zone', box: [x, 0, 500, 300] }] },
            elements: [element('a', { boundary: 'zone', box: [300, 100, 180, 90] })],
          },
        ],
      });
    const doc = blank();
    await bring(doc, of(0));
    await bring(doc, of(100));
    const [{ elements, boundaries } = { elements: [], boundaries: [] }] = fromDocument(doc).diagrams;
    expect([elements[0]?.box, boundaries[0]?.box]).toEqual([
      [300, 100, 180, 90],
      [100, 0, 500, 300],
    ]);
  });
  it('lists what it has no more, and removes nothing', async () => {
    const doc = blank();
    await bring(doc, modelOf(placed));
    const { changes } = await bring(doc, modelOf([placed[0]!], { threats: [] }));
    expect(changes.missing.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['element b', 'threat t']);
    expect(fromDocument(doc).diagrams[0]!.elements.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(readThreats(doc)).toHaveLength(1);
  });
  it('of another title, whose things have the ids of the first, says so', async () => {
    const doc = blank();
    await bring(doc, modelOf(placed));
    expect((await bring(doc, modelOf(placed))).skipped).toEqual([]);
    const { skipped } = await bring(doc, modelOf(placed, { title: 'Other' }));
    expect(skipped.map(({ what }) => what)).toEqual(['that it is called “Other”']);
  });
  it('that is another one lists nothing of the first as missing', async () => {
    const doc = blank();
    await bring(doc, modelOf(placed));
    const other = {
      title: 'Other',
      threats: [],
      diagrams: [{ id: 'x', title: 'X', elements: [element('z')] }],
    };
    const { changes } = await bring(doc, modelOf([], other));
    expect(changes.missing).toEqual([]);
    expect(fromDocument(doc).diagrams.map(({ title }) => title)).toEqual(['D', 'X']);
  });
});

it('a thing whose id the board uses for something else is left out, and said', async () => {
  const doc = blank();
  await bring(doc, modelOf([element('a'), element('b')]));
  const clash = modelOf([element('f')], {});
  const { skipped } = await bring(doc, {
    ...clash,
    diagrams: clash.diagrams.map(each => ({ ...each, flows: [] })),
  });
  expect(skipped.map(({ what }) => what)).toEqual(['element “f”']);
});

it('what a newer file no more says of a threat in its own words is gone, what others say stays', async () => {
  const doc = blank();
  const threats = (foreign: object) => ({ threats: [{ id: 't', title: 'Spoofing', foreign }] });
  await bring(doc, modelOf([element('a')], threats({ otm: { a: 1 }, pytm: { b: 2 } })));
  await bring(doc, modelOf([element('a')], threats({ sarif: 1 })), { format: 'sarif' });
  await bring(doc, modelOf([element('a')], threats({ otm: { a: 1 } })));
  const [threat] = withoutOwnMarks(fromDocument(doc)).threats;
  expect(threat?.foreign).toEqual({ otm: { a: 1 }, sarif: 1 });
});
