/** The minutes as a timeline: groups of what happened in one phase, with those who came or left at once in one line. */
import type { Minute } from '#shared/meeting/minutes.ts';
import { subjectOf, type ThreatsById, type Told, tell, text } from '#shared/meeting/words.ts';

export interface Row {
  id: string;
  /** Milliseconds since 1970, by the server's clock, as all times here. */
  at: number;
  /** One, or several who came or left. */
  who: string[];
  told: Told;
  /** Says who came and went, which few read. */
  aside: boolean;
}

export interface Group {
  /** Of its first line. */
  id: string;
  /** `phase` has a title; the others are called by their kind. */
  kind: 'meeting' | 'phase' | 'between';
  title: string;
  startedAt: number;
  /** null while it goes on. */
  endedAt: number | null;
  rows: Row[];
}

export function grouped(minutes: readonly Minute[], threats: ThreatsById): Group[] {
  const groups: Group[] = [];
  const open = ({ id, at }: Minute, kind: Group['kind'], title = '') => {
    end(at);
    groups.push({ id, kind, title, startedAt: at, endedAt: null, rows: [] });
  };
  const end = (at: number) => {
    const last = groups.at(-1);
    if (last) last.endedAt ??= at;
  };
  for (const minute of minutes) {
    const last = groups.at(-1);
    if (minute.what === 'meeting-started') open(minute, 'meeting');
    else if (minute.what === 'phase-started') {
      open(minute, 'phase', text(minute.title));
      continue;
    } else if (!last || (last.kind !== 'between' && last.endedAt !== null)) open(minute, 'between');
    const told = tell(minute, threats);
    if (told) add(groups.at(-1)!.rows, minute, told);
    if (minute.what === 'meeting-ended') end(minute.at);
  }
  return groups;
}

/** Several who came, or left, in a row are one line. */
function add(rows: Row[], minute: Minute, told: Told): void {
  const { id, at, what } = minute;
  const who = subjectOf(minute);
  const aside = what === 'came' || what === 'left';
  const last = rows.at(-1);
  if (!aside) rows.push({ id, at, who: [who], told, aside });
  else if (last?.aside && last.told[0] === what) last.who.push(who);
  else rows.push({ id, at, who: [who], told: [what], aside });
}
