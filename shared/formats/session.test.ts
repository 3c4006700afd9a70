import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { putRecord } from '../document/board.ts';
import { putEntry, root } from '../document/document.ts';
import { indexAt } from '../document/indices.ts';
import { fromDocument, toRecords, toThreat } from './session.ts';
import type { Thing, ThreatModel } from './threat-model.ts';

const thing = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  name: id,
  description: '',
  attributes: {},
  ...more,
});

const model: ThreatModel = {
  title: 'Pump',
  scope: 'A pump and its app',
  foreign: { otm: { owner: 'Ada' } },
  diagrams: [
    {
      id: 'page',
      title: 'Context',
      elements: [
        {
          ...thing('app', { attributes: { role: 'mobile_app' } }),
          kind: 'process',
          box: [60, 70, 180, 90],
          boundary: 'phone',
        },
        {
          ...thing('pump', { description: 'Infuses', foreign: { otm: { tags: ['x'] } } }),
          kind: 'external_entity',
          box: [700, 70, 180, 90],
          boundary: null,
        },
      ],
      boundaries: [
        { ...thing('home'), box: [0, 0, 500, 500], line: null, parent: null },
        { ...thing('phone'), box: [20, 20, 300, 220], line: null, parent: 'home' },
      ],
      flows: [
        {
          ...thing('ble', { attributes: { protocol: 'ble' } }),
          source: { element: 'app' },
          target: { element: 'pump' },
          bidirectional: true,
          bend: 20,
        },
        {
          ...thing('loose'),
          source: { element: 'pump' },
          target: { point: [900, 400] },
          bidirectional: false,
          bend: 0,
        },
      ],
      notes: [{ id: 'n', text: 'Two\nlines', at: [10, 600] }],
    },
    {
      id: 'detail',
      title: 'Detail',
      elements: [{ ...thing('chip'), kind: 'data_store', box: [60, 70, 160, 110], boundary: null }],
      boundaries: [],
      flows: [],
      notes: [],
    },
  ],
  threats: [
    {
      id: 't1',
      title: 'Replay',
      description: 'Old command',
      stride: ['T'],
      category: 'Integrity',
      target: 'ble',
      status: 'mitigated',
      severity: 'high',
      justification: 'Counter',
      mitigation: 'A counter',
      ...{ tags: ['radio', 'Q3'], owner: 'Olu', into: 't2' },
      foreign: { otm: { cwes: ['CWE-294'] } },
    },
    {
      id: 't2',
      title: 'Whole',
      description: '',
      stride: [],
      category: 'Linkability',
      target: '',
      status: 'open',
      severity: null,
      justification: '',
      mitigation: '',
    },
  ],
};

function documentOf({ title, scope, threats, ...rest }: ThreatModel): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const record of toRecords({ title, scope, threats, ...rest })) putRecord(root(doc, 'board'), record);
    putEntry(root(doc, 'session'), 'session', { title, scope, method: 'per-crossing' });
    for (const [i, threat] of threats.entries()) {
      putEntry(root(doc, 'threats'), threat.id, {
        ...toThreat(threat),
        by: { id: 'u', name: 'U' },
        at: i + 1,
      });
    }
  });
  return doc;
}

describe('a threat model on a board', () => {
  it('is read back as it was', () => {
    expect(fromDocument(documentOf(model))).toEqual(model);
  });
});

it('keys of the stacking order sort as they are numbered', () => {
  const keys = Array.from({ length: 5000 }, (_, n) => indexAt(n));
  expect(keys.toSorted()).toEqual(keys);
});
