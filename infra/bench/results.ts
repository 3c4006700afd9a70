/** What a run found, as results.json keeps it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CostModel } from './cost-model.ts';
import type { Finding } from './further/finding.ts';
import type { Measurement } from './measure.ts';
import { peerVersions } from './peers/install.ts';
import { loadAverage } from './processes.ts';

export interface Results {
  date: string;
  machine: { cpu: string; cores: number; memoryGiB: number; loadAverageBefore: number };
  node: string;
  peers: Record<string, string>;
  /** Measured for each load. */
  seconds: number;
  measurements: Measurement[];
  findings: Finding[];
  costModel: CostModel | null;
}

const GIB = 1024 ** 3;
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export const emptyResults = (seconds: number): Results => ({
  date: new Date().toISOString().slice(0, 10),
  machine: {
    cpu: cpus()[0]!.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / GIB),
    loadAverageBefore: loadAverage(),
  },
  node: process.versions.node,
  peers: peerVersions(),
  seconds,
  measurements: [],
  findings: [],
  costModel: null,
});

export const readResults = (): Results => JSON.parse(readFileSync(path('results.json'), 'utf8'));

export function writeResults(results: Results, chart: string): void {
  writeFileSync(path('results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(path('results.svg'), chart);
}
