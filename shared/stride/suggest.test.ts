import { describe, expect, it } from 'vitest';
import { readModel } from '../dfd/read-model.ts';
import type { ShapeRecord } from '../document/board.ts';
import { element, flow } from '../document/build.ts';
import type { Suggestion, Threat, Triage } from '../document/threats.ts';
import { wearableSensor } from '../templates/wearable-sensor.ts';
import { box, crossing, inside, outside } from '../testing/crossing.ts';
import { someThreat } from '../testing/threat.ts';
import { indexTable } from './matrix.ts';
import { reconcile } from './pass.ts';
import { suggest } from './suggest.ts';

const modelOf = (records: { id: string }[]) =>
  readModel(new Map(records.map(record => [record.id, record as ShapeRecord])));
const example = modelOf(wearableSensor.records());
const ids = (suggestions: Suggestion[]) => suggestions.map(({ id }) => id);

const near = element('data_store', {
  id: 'near',
  name: 'Near',
  box: [50, 180, 100, 100],
  index: 'a2',
  parent: box,
});

describe('STRIDE per trust-boundary crossing', () => {
  it('suggests for the flow, its source and its target, each the letters that fit its kind', () => {
    const letters = (target: string) =>
      suggest(modelOf([box, inside, outside, ...crossing]), 'per-crossing')
        .filter(suggestion => suggestion.target === target)
        .map(({ stride }) => stride)
        .sort()
        .join('');
    expect(letters('shape:f')).toBe('DIT');
    expect(letters('shape:in')).toBe('DEIRST');
    expect(letters('shape:out')).toBe('RS');
  });
  it('suggests nothing for a flow that crosses no boundary', () => {
    const within = flow({ id: 'w', name: 'W', from: inside, to: near, index: 'a1' });
    expect(suggest(modelOf([box, inside, near, ...within]), 'per-crossing')).toEqual([]);
  });
  it('asks about an element once, however many crossing flows reach it, and names them all', () => {
    const second = flow({ id: 'e', name: 'E', from: outside, to: inside, index: 'a2' });
    const suggestions = suggest(modelOf([box, inside, outside, ...crossing, ...second]), 'per-crossing');
    expect(ids(suggestions).filter(id => id === 'GEN-S/shape:in')).toHaveLength(1);
    expect(suggestions.find(({ id }) => id === 'GEN-S/shape:in')!.why).toEqual({
      part: 'endpoint',
      flows: ['shape:e', 'shape:f'],
      boundaries: ['shape:box'],
      facts: [
        ['shape:e', 'authenticated', 'unknown'],
        ['shape:f', 'authenticated', 'unknown'],
      ],
    });
  });
  it('gives the same list whatever the order of the records', () => {
    const records = wearableSensor.records();
    expect(suggest(modelOf(records.toReversed()), 'per-crossing')).toEqual(
      suggest(modelOf(records), 'per-crossing'),
    );
  });
  it('covers every crossing flow of the example', () => {
    const targets = new Set(suggest(example, 'per-crossing').map(({ target }) => target));
    const crossings = example.flows.filter(({ crosses }) => crosses.length > 0);
    expect(crossings).toHaveLength(5);
    for (const { id, source, target } of crossings)
      for (const each of [id, source, target]) expect(targets).toContain(each);
  });
});

describe('the pass', () => {
  const all = suggest(example, 'per-crossing');
  const [first] = all;
  const change = { what: 'gone' } as const;
  const passed = (current: Suggestion[], wanted: Suggestion[], judged: string[] = []) =>
    reconcile(current, wanted, new Set(judged), () => change);

  it('changes nothing when nothing changed', () => {
    expect(passed(all, all)).toEqual({ put: [], withdraw: [] });
  });
  it('withdraws what lost its cause, unless somebody judged it: that is marked, and says what changed', () => {
    expect(passed(all, all.slice(1))).toEqual({ put: [], withdraw: [first!.id] });
    const stale = { ...first!, stale: true, change };
    expect(passed(all, all.slice(1), [first!.id])).toEqual({ put: [stale], withdraw: [] });
    expect(passed([stale], [], [first!.id])).toEqual({ put: [], withdraw: [] });
  });
  it('revives a stale suggestion when its cause returns', () => {
    expect(passed([{ ...first!, stale: true, change }], [first!], [first!.id]).put).toEqual([first]);
  });
});

describe('the index table', () => {
  const by = { id: 'u', name: 'U' };
  const row = (flow: string, threats: Threat[], triage: Triage[] = []) =>
    indexTable(example, threats, suggest(example, 'per-crossing'), triage).find(
      each => each.flow.id === flow,
    )!;

  it('has a row for each crossing flow and none for the others', () => {
    const rows = indexTable(example, [], [], []).map(({ flow }) => flow.id);
    expect(rows).toHaveLength(5);
    expect(rows).not.toContain('shape:f-stored');
  });
  it('shows the threat of an endpoint in the row of every flow that reaches it', () => {
    const onApp = someThreat({ target: 'shape:app' });
    expect(row('shape:f-bluetooth', [onApp]).cells.S.threats).toEqual([onApp]);
    expect(row('shape:f-upload', [onApp]).cells.S.threats).toEqual([onApp]);
    expect(row('shape:f-signal', [onApp]).cells.S.threats).toEqual([]);
  });
  it('shows a threat under each of its letters, and a rejected one nowhere', () => {
    const two = someThreat({ stride: ['T', 'I'] });
    const { cells } = row('shape:f-bluetooth', [two]);
    expect([cells.S, cells.T, cells.I].map(({ threats }) => threats.length)).toEqual([0, 1, 1]);
    expect(row('shape:f-bluetooth', [someThreat({ status: 'rejected' })]).cells.S.threats).toEqual([]);
  });
  it('counts the suggestions that nobody judged yet', () => {
    const before = row('shape:f-bluetooth', []).cells.T.open;
    const judged: Triage = { id: before[0]!.id, verdict: 'dismissed', reason: 'x', by, at: 1 };
    expect(row('shape:f-bluetooth', [], [judged]).cells.T.open).toEqual(before.slice(1));
  });
});
