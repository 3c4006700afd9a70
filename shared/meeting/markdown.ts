/** The minutes as Markdown, for people who were there and people who were not. Names, titles and reasons in it are text, whatever they say. */
import { THREAT_STATUS, type ThreatStatus } from '../document/threats.ts';
import { cleanText, counted, line } from '../formats/text.ts';
import type { Followup } from './followups.ts';
import type { Decision, Held, HeldPhase, Report, VoteResult } from './report.ts';

/** As a file that a session is taken away as. */
export const MINUTES = {
  name: 'minutes',
  label: 'Minutes',
  extension: '.md',
  mediaType: 'text/markdown',
} as const;

/** How times of day are written, and in which zone. */
export interface Times {
  zone: string;
  day(at: number): string;
  time(at: number): string;
}

export const UTC: Times = {
  zone: 'UTC',
  day: at => iso(at).slice(0, 10),
  time: at => iso(at).slice(11, 16),
};

/** Times that no calendar has stand in no session that people wrote. */
const iso = (at: number): string => (Math.abs(at) <= 8.64e15 ? new Date(at) : new Date(0)).toISOString();

export function minutesMarkdown(report: Report, times: Times = UTC): string {
  const { title, scope, meetings, between, questions, actions, undecided, about } = report;
  const blocks = [
    `# Minutes: ${escaped(title)}`,
    ...(scope.trim() ? [quote(scope)] : []),
    `Times are in ${escaped(times.zone)}.`,
    ...meetings.flatMap(meeting => meetingBlocks(meeting, times)),
    ...section(
      '## Decided outside of meetings',
      decisions(between, at => `${times.day(at)} ${times.time(at)}`),
    ),
    ...section('## Open questions', questions.map(each => task(each, about)).join('\n')),
    ...section('## Actions', actionTable(actions, about)),
    ...section('## Not decided yet', undecided.map(undecidedLine).join('\n')),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Nothing under a heading, no heading. */
const section = (heading: string, content: string): string[] => (content === '' ? [] : [heading, content]);

function meetingBlocks(
  { startedAt, endedAt, people, phases, votes, further, ...held }: Held,
  times: Times,
): string[] {
  const until = (to: number | null) => (to === null ? 'still going on' : times.time(to));
  const span = (from: number, to: number | null) => `${times.time(from)} – ${until(to)}`;
  return [
    `## Meeting of ${escaped(`${times.day(startedAt)}, ${span(startedAt, endedAt)}`)}`,
    ...section(
      '### Who was there',
      table(
        ['Name', 'Role', 'From – to'],
        people.map(({ who, role, stays }) => [
          escaped(who.name),
          role,
          escaped(stays.map(({ from, to }) => span(from, to)).join(', ')),
        ]),
      ),
    ),
    ...section(
      '### Phases',
      table(
        ['Phase', 'Planned', 'Held'],
        phases.map(phase => [escaped(phase.title), plannedOf(phase), escaped(heldOf(phase, span))]),
      ),
    ),
    ...section('### Decisions', decisions(held.decisions, times.time)),
    ...votes.flatMap(voteBlocks),
    ...section(
      '### What else happened',
      further.map(each => `- ${escaped(`${times.time(each.at)} ${each.text}`)}`).join('\n'),
    ),
  ];
}

const plannedOf = ({ planned, added }: HeldPhase): string =>
  [planned === null ? '' : `${planned} min`, added > 0 ? `+${added} min` : ''].filter(Boolean).join(' ') ||
  '–';

function heldOf(
  { startedAt, endedAt }: HeldPhase,
  span: (from: number, to: number | null) => string,
): string {
  if (startedAt === null) return 'skipped';
  const length = endedAt === null ? '' : ` (${Math.round((endedAt - startedAt) / 60_000)} min)`;
  return span(startedAt, endedAt) + length;
}

function decisions(all: readonly Decision[], time: (at: number) => string): string {
  const head = ({ ref, title }: Decision) => `- **${escaped(ref ? `${ref} ${title}` : title)}**`;
  return all
    .flatMap(each => [
      head(each),
      ...each.lines.map(({ at, text }) => `  - ${escaped(`${time(at)} ${text}`)}`),
    ])
    .join('\n');
}

function voteBlocks({ title, voters, closedAt, threats }: VoteResult): string[] {
  const count = closedAt === null ? 'still open' : `${counted(voters, 'person', 'people')} voted`;
  return [
    `### Vote: ${escaped(title)}`,
    `${count[0]!.toUpperCase()}${count.slice(1)}.`,
    ...section(
      '',
      table(
        ['Threat', 'Dots'],
        threats.map(threat => [escaped(`${threat.ref} ${threat.title}`), String(threat.dots)]),
      ),
    ).slice(1),
  ];
}

type About = Report['about'];

const task = (followup: Followup, about: About): string =>
  `- [${followup.done ? 'x' : ' '}] ${aboutText(followup, about)} (${escaped(followup.by.name)})`;

const actionTable = (actions: readonly Followup[], about: About): string =>
  table(
    ['Action', 'Owner', 'Due', 'Done'],
    actions.map(each => [
      aboutText(each, about),
      escaped(each.owner) || '–',
      escaped(each.due) || '–',
      each.done ? 'yes' : 'no',
    ]),
  );

const aboutText = ({ text, about: id }: Followup, about: About): string =>
  escaped(Object.hasOwn(about, id) ? `${text} (on ${about[id]})` : text);

const undecidedLine = ({ ref, title, status, owner }: Report['undecided'][number]): string => {
  const label = THREAT_STATUS[status as ThreatStatus] ?? status;
  return `- ${escaped(`${ref} ${title} (${[label.toLowerCase(), owner && `owner ${line(owner)}`].filter(Boolean).join(', ')})`)}`;
};

/** Cells are escaped already. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(columns), row(columns.map(() => '---')), ...rows.map(row)].join('\n');
}

const quote = (text: string): string =>
  cleanText(text)
    .trim()
    .split('\n')
    .map(each => `> ${escaped(each)}`.trimEnd())
    .join('\n');

/**
 * A text on one line, in which no sign means anything to Markdown (CommonMark, and GitHub's tables, tasks, links and formulas), to
 * HTML, or to the order of the letters.
 */
export const escaped = (text: string): string =>
  cleanText(line(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, ''))
    .replace(/[\\`*_[\]<>&|~#$^@]/g, '\\$&')
    // Addresses would become links by themselves.
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, each => `${each.slice(0, -1)}\\.`)
    // What begins a list or underlines a heading.
    .replace(/^([+=-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
