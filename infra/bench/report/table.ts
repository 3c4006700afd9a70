/** The run as text. */
import type { CostModel } from '../cost-model.ts';
import type { Finding } from '../further/finding.ts';
import { describeLoad, LOADS, type Load, type LoadName } from '../loads.ts';
import { isMeasured, type MeasuredRun, type Measurement } from '../measure.ts';
import { SERVERS } from '../servers/server.ts';
import { round } from '../statistics.ts';

/** What DESIGN.md's CPU targets are for. */
const TARGET_SECONDS = 8;

type Cell = string | number;

/** Right-aligned columns, the first left-aligned. */
function columns(rows: Cell[][]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => String(row[i] ?? '').length)));
  return rows
    .map(row =>
      widths
        .map((width, i) =>
          i === 0 ? String(row[i] ?? '').padEnd(width) : String(row[i] ?? '').padStart(width),
        )
        .join('  ')
        .trimEnd(),
    )
    .map(line => `  ${line}`)
    .join('\n');
}

const HEAD = [
  '',
  'CPU s',
  'x relay',
  'db CPU s',
  'p50 ms',
  'p99 ms',
  'max ms',
  'MB out',
  'RSS MiB',
  'load late ms',
];

/** One load: a line per server, and whether the targets are reached. */
export function loadTable(name: LoadName, measurements: readonly Measurement[], seconds: number): string {
  const load: Load = LOADS[name];
  const here = measurements.filter(({ load }) => load === name);
  const relay = here.filter(isMeasured).find(({ server }) => server === 'relay');
  const rows = here.map(m =>
    !isMeasured(m)
      ? [SERVERS[m.server].label, 'FAILED']
      : [
          SERVERS[m.server].label,
          m.cpu,
          relay ? round(m.cpu / relay.cpu, 2) : '-',
          m.databaseCpu,
          m.p50,
          m.p99,
          m.max,
          round(m.bytes / 1e6),
          m.memory,
          `${m.generator.lag}${m.generator.steady ? '' : ' (!)'}`,
        ],
  );
  const lines = [`${name}  ${describeLoad(load)}, ${seconds} s`, columns([HEAD, ...rows])];
  for (const { server, failed } of here) if (failed) lines.push(`  ${server}: ${failed}`);
  lines.push(...verdicts(load, here, relay, seconds));
  return lines.join('\n');
}

function verdicts(
  { target }: Load,
  here: readonly Measurement[],
  relay: MeasuredRun | undefined,
  seconds: number,
): string[] {
  const own = here.filter(isMeasured).find(({ server }) => server === 'strideboard');
  if (!target || !own) return [];
  const lines = [verdict('p99', own.p99, target.p99, 'ms')];
  if (target.cpu !== undefined)
    lines.push(verdict('CPU', own.cpu, round((target.cpu * seconds) / TARGET_SECONDS, 2), 's'));
  if (target.ofRelay !== undefined && relay)
    lines.push(verdict('CPU of the relay’s', round(own.cpu / relay.cpu, 2), target.ofRelay, 'x'));
  return lines;
}

const verdict = (what: string, value: number, target: number, unit: string): string =>
  `  ${value <= target ? 'reached' : 'MISSED '}  ${what} ${value} ${unit}, to reach: <= ${target} ${unit}`;

export const findingLine = ({ part, what, value, unit, target }: Finding): string =>
  target === null
    ? `           ${part}  ${what}: ${value} ${unit}`
    : verdict(`${part}  ${what}:`, value, target, unit);

export function costTable({ price, wire, memory, rows }: CostModel): string {
  return [
    'Cost model of Strideboard',
    `  CPU     ${price.perSecond} ms per second + ${price.perUpdate} µs per update in + ${price.perFrame} µs per frame out`,
    `  wire    ${wire.perUpdate} bytes per update and receiver + ${wire.perFrame} bytes per frame`,
    `  memory  ${memory.base} MiB + ${memory.perRoom} MiB per room + ${memory.perClient} MiB per client`,
    columns([
      ['load', 'CPU s measured', 'from traffic', 'from description', 'MiB measured', 'predicted'],
      ...rows.map(row => [
        row.fitted ? row.load : `${row.load} (held out)`,
        row.measured,
        row.fromTraffic,
        row.fromDescription,
        row.memoryMeasured,
        row.memoryPredicted,
      ]),
    ]),
  ].join('\n');
}
