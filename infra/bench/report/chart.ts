/** The run as a picture: a column per load, CPU seconds above and latency below, every mark labelled where it stands. */
import { describeLoad, LOADS, type LoadName } from '../loads.ts';
import { isMeasured, type MeasuredRun, type Measurement } from '../measure.ts';
import type { Results } from '../results.ts';
import { SERVERS, type ServerName } from '../servers/server.ts';
import { STYLE } from './style.ts';

const SHOWN = ['a', 'b', 'c'] as const satisfies LoadName[];
type Shown = (typeof SHOWN)[number];
const PANEL = { width: 310, gap: 34, row: 27 };
/** On the left the servers' names: every panel has the same rows. */
const MARGIN = { left: 158, right: 28, top: 92, bottom: 66 };
/** Space between the two rows of panels, for the lower one's heading. */
const BETWEEN = 98;
const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];
const PLOT_HEIGHT = SERVER_NAMES.length * PANEL.row;
const LOWER = MARGIN.top + PLOT_HEIGHT + BETWEEN;
const WIDTH = MARGIN.left + SHOWN.length * PANEL.width + (SHOWN.length - 1) * PANEL.gap + MARGIN.right;
const HEIGHT = LOWER + PLOT_HEIGHT + MARGIN.bottom;
/** Where texts that belong to no panel begin. */
const EDGE = 28;
/** Part of a panel that marks may fill; the rest is for the number beside the longest. */
const FILL = 0.84;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const text = (x: number, y: number, content: string, className = '', anchor = 'start') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${className}" text-anchor="${anchor}">${escaped(content)}</text>`;

export function drawChart({ measurements, date, machine, node, seconds }: Results): string {
  const cells = SHOWN.flatMap((load, column) => {
    const x = MARGIN.left + column * (PANEL.width + PANEL.gap);
    const here = measurements.filter(measurement => measurement.load === load);
    return [
      text(x, MARGIN.top - 20, describeLoad(LOADS[load]), 'load'),
      group(x, MARGIN.top, cpuPanel(load, here, measurements, seconds)),
      group(x, LOWER, latencyPanel(load, here, measurements)),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="CPU seconds and latency of sync servers under three loads">`,
    `<style>${STYLE}</style><rect width="100%" height="100%" rx="10" class="page"/>`,
    text(EDGE, 36, `Server CPU seconds for ${seconds} s of load`, 'title'),
    text(
      EDGE,
      LOWER - 44,
      'Latency of a change in ms, log scale: from the median to the dot at p99',
      'title',
    ),
    ...[MARGIN.top, LOWER].flatMap(y => SERVER_NAMES.map((server, i) => nameOf(server, y + i * PANEL.row))),
    ...cells,
    text(
      EDGE,
      HEIGHT - 18,
      `Strideboard with gate, PostgreSQL and suggestion pass; the others in memory. ${machine.cores} cores, ${machine.cpu}, Node ${node}, ${date}. npm run bench`,
      'note',
    ),
    '</svg>\n',
  ].join('\n');
}

const group = (x: number, y: number, content: string[]) =>
  `<g transform="translate(${x} ${y})">${content.join('')}</g>`;

const shown = (all: Measurement[]) =>
  all.filter(isMeasured).filter(({ load }) => SHOWN.includes(load as Shown));

const sideOf = (server: ServerName) => (server === 'strideboard' ? 'own' : 'peer');

const nameOf = (server: ServerName, y: number) =>
  `<g class="${sideOf(server)}">${text(MARGIN.left - 12, y + 18, SERVERS[server].label, 'name', 'end')}</g>`;

function rowOf(i: number, server: ServerName, m: Measurement | undefined, draw: (m: MeasuredRun) => string) {
  const mark = !m
    ? text(8, 18, 'not measured', 'note')
    : isMeasured(m)
      ? draw(m)
      : text(8, 18, 'failed', 'note');
  return `<g transform="translate(0 ${i * PANEL.row})" class="${sideOf(server)}">${mark}</g>`;
}

function target(x: number, label: string): string {
  return (
    `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="-2" y2="${PLOT_HEIGHT + 2}" class="target"/>` +
    text(x, PLOT_HEIGHT + 16, label, 'goal', 'middle')
  );
}

function cpuPanel(load: Shown, here: Measurement[], all: Measurement[], seconds: number): string[] {
  const most = Math.max(1, ...shown(all).map(m => m.cpu));
  const x = (cpu: number) => (cpu / most) * PANEL.width * FILL;
  const goal = LOADS[load].target.cpu * (seconds / 8);
  return [
    `<line x1="0" x2="0" y1="0" y2="${PLOT_HEIGHT}" class="axis"/>`,
    target(x(goal), `to reach ${Number(goal.toFixed(1))}`),
    ...SERVER_NAMES.map((server, i) =>
      rowOf(
        i,
        server,
        here.find(m => m.server === server),
        ({ cpu }) => {
          const width = Math.max(1, x(cpu));
          return `<rect y="6" width="${width.toFixed(1)}" height="15" rx="2" class="mark"/>${text(width + 7, 18, cpu.toFixed(1), 'value')}`;
        },
      ),
    ),
  ];
}

function latencyPanel(load: Shown, here: Measurement[], all: Measurement[]): string[] {
  const most = Math.max(100, ...shown(all).map(m => m.p99));
  const decades = Math.log10(most);
  const x = (ms: number) => (Math.log10(Math.max(1, ms)) / decades) * PANEL.width * FILL;
  const grid = [1, 10, 100, 1_000, 10_000].filter(ms => ms <= most);
  return [
    ...grid.map(
      ms =>
        `<line x1="${x(ms).toFixed(1)}" x2="${x(ms).toFixed(1)}" y1="0" y2="${PLOT_HEIGHT}" class="${ms === 1 ? 'axis' : 'grid'}"/>` +
        text(x(ms), -8, ms.toLocaleString('en'), 'note', ms === 1 ? 'start' : 'middle'),
    ),
    target(x(LOADS[load].target.p99), `to reach ${LOADS[load].target.p99}`),
    ...SERVER_NAMES.map((server, i) =>
      rowOf(
        i,
        server,
        here.find(m => m.server === server),
        ({ p50, p99 }) =>
          `<line x1="${x(p50).toFixed(1)}" x2="${x(p99).toFixed(1)}" y1="13.5" y2="13.5" class="span"/>` +
          `<circle cx="${x(p99).toFixed(1)}" cy="13.5" r="5" class="mark"/>${text(x(p99) + 11, 18, Math.round(p99).toLocaleString('en'), 'value')}`,
      ),
    ),
  ];
}
