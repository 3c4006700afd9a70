import { expect, it } from 'vitest';
import { runChaos } from './chaos.ts';

const SEED = Date.now() % 1_000_000;

it.each([
  { nodes: 1, database: 'postgres' as const, rounds: 3 },
  { nodes: 2, database: 'postgres' as const, rounds: 2 },
])(
  `P1 C1 with $nodes node(s) on $database, $rounds kills and more lose nothing that was acknowledged, and all agree (seed ${SEED})`,
  async plan => {
    const summary = await runChaos({ ...plan, seed: SEED, print: () => {} });
    expect(summary).toMatchObject({ kills: plan.rounds, lost: 0 });
    expect(summary.acknowledged).toBeGreaterThan(100);
  },
  240_000,
);
