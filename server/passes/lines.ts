/**
 * The lines of the minutes that are still being written: what somebody does about one thing within two minutes is one line, as it stands
 * in the end, and none when it was taken back.
 */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import { type Happening, record } from '#shared/meeting/minutes.ts';

/** How long after its last change a line is still written on, in ms. */
export const ONE_LINE = 2 * 60_000;

interface Line<State> {
  id: string;
  /** Of its last change, in ms since 1970. */
  at: number;
  /** What it changed, as that was before. */
  before: Partial<State>;
}

export interface Step<State> {
  /** What it is about, and who did it: of both there is one line at a time. */
  about: string;
  who: string | null;
  /** null where the name is not known. */
  by: Author | null;
  /** What changed, as it was before, and everything as it is now. */
  before: Partial<State>;
  after: State;
  /** What the whole line tells; null for nothing. */
  tell(before: State, after: State): Happening | null;
}

export class Lines<State extends Record<string, Json>> {
  private readonly open = new Map<string, Map<string | null, Line<State>>>();

  constructor(
    private readonly doc: Y.Doc,
    private readonly now: () => number,
  ) {}

  /** @returns the id of the line that tells of it; null when none does */
  write({ about, who, by, before, after, tell }: Step<State>): string | null {
    const at = this.now();
    const lines = this.open.get(about) ?? new Map<string | null, Line<State>>();
    this.open.set(about, lines);
    const known = lines.get(who);
    const going = known && at - known.at < ONE_LINE ? known : null;
    const line = { id: going?.id ?? nanoid(10), at, before: { ...before, ...going?.before } };
    const isBack = Object.entries(line.before).every(([key, value]) => after[key] === value);
    const happening = isBack ? null : tell({ ...after, ...line.before }, after);
    if (isBack) lines.delete(who);
    else lines.set(who, line);
    if (happening) record(this.doc, line.id, { at, by }, happening);
    else root(this.doc, 'minutes').delete(line.id);
    return happening && line.id;
  }

  /** Whose line about something goes on, the last of several; undefined when none does. */
  going(about: string): string | null | undefined {
    const lines = [...(this.open.get(about) ?? [])].filter(([, { at }]) => this.now() - at < ONE_LINE);
    return lines.sort(([, a], [, b]) => a.at - b.at).at(-1)?.[0];
  }

  /** What it was about is gone: lines that go on are taken back, the others stay. */
  drop(about: string): void {
    for (const { id, at } of this.open.get(about)?.values() ?? []) {
      if (this.now() - at < ONE_LINE) root(this.doc, 'minutes').delete(id);
    }
    this.open.delete(about);
  }
}
