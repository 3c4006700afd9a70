/** npm run chaos -- --rounds 100 --seed N --nodes 1 --database postgres */
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';
import type { Topology } from './plan.ts';
import { describeSummary } from './report.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    nodes: { type: 'string', default: '1' },
    database: { type: 'string', default: 'postgres' },
  },
});
// Every stock client listens for the end of this process.
process.setMaxListeners(0);
const print = (line: string) => process.stdout.write(`${line}\n`);
const seed = Number(values.seed);
print(`seed ${seed}`);
try {
  const summary = await runChaos({
    rounds: Number(values.rounds),
    seed,
    nodes: Number(values.nodes),
    database: values.database as Topology['database'],
    print,
  });
  print(describeSummary(summary));
  print(JSON.stringify(summary));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
