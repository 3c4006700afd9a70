import { describe, expect, it } from 'vitest';
import type { ThreatModel } from '../threat-model.ts';
import { again, fixtures, readFixture } from './testing.ts';

const V1 = fixtures(1);
const V2 = fixtures(2);

const countsOf = ({ diagrams, threats }: ThreatModel) => ({
  diagrams: diagrams.length,
  elements: diagrams.flatMap(({ elements }) => elements).length,
  flows: diagrams.flatMap(({ flows }) => flows).length,
  boundaries: diagrams.flatMap(({ boundaries }) => boundaries).length,
  notes: diagrams.flatMap(({ notes }) => notes).length,
  threats: threats.length,
});

/** Diagrams, elements, flows, boundaries, notes and threats, as testing/models/ORIGINS.md counts them (notes it doesn't). */
const COUNTS: Record<string, [number, number, number, number, number, number]> = {
  'threat-dragon-v1/demo-threat-model.json': [1, 7, 10, 4, 0, 14],
  'threat-dragon-v1/enter-the-dragon-4.json': [2, 3, 4, 2, 0, 3],
  'threat-dragon-v1/v1-test-model.json': [2, 4, 1, 1, 0, 0],
  'threat-dragon-v2/cryptocurrency-wallet.json': [1, 15, 17, 2, 1, 1],
  'threat-dragon-v2/generic-cms.json': [1, 5, 5, 1, 1, 0],
  'threat-dragon-v2/iot-device.json': [1, 11, 14, 1, 1, 4],
  'threat-dragon-v2/online-game.json': [1, 12, 17, 3, 1, 0],
  'threat-dragon-v2/payment-online.json': [1, 5, 10, 3, 1, 0],
  'threat-dragon-v2/renting-car.json': [1, 15, 15, 3, 1, 0],
  'threat-dragon-v2/test-reports.json': [7, 24, 9, 4, 2, 8],
  'threat-dragon-v2/three-tier-web-app.json': [1, 3, 3, 2, 1, 2],
  'threat-dragon-v2/v2-threat-model.json': [1, 7, 10, 3, 1, 14],
};

describe('published models', () => {
  it('are all counted here', () => {
    expect(Object.keys(COUNTS).sort()).toEqual([...V1, ...V2].sort());
  });

  it.each(Object.entries(COUNTS))('%s is read whole', (path, counts) => {
    const { model, skipped } = readFixture(path);
    expect(Object.values(countsOf(model))).toEqual(counts);
    expect(skipped).toEqual([]);
  });

  it.each(V2)('%s comes back the same from the file that we write of it', path => {
    const { model } = readFixture(path);
    expect(again(model)).toEqual(model);
  });

  it.each(V1)('%s becomes a file of release 2 that says the same', path => {
    const { model } = readFixture(path);
    expect(again(model)).toEqual(model);
  });
});
