/**
 * What one person did to a session, and how much of it the server promised to keep. Nobody else writes what stands in a journal, so
 * the check is exact: counters only grow, kept entries are never deleted, and deleted ones never come back.
 */
import type * as Y from 'yjs';
import { type Root, root } from '#shared/document/document.ts';

export type Change =
  | { kind: 'add' | 'delete'; root: Root; entry: string }
  | { kind: 'count'; root: Root; entry: string; register: string; n: number };

interface Line {
  change: Change;
  /** `dropped`: not promised yet when its author threw their copy away, so it may be there or not. */
  state: 'open' | 'promised' | 'dropped';
}

export class Journal {
  private readonly lines: Line[] = [];

  record(change: Change): void {
    this.lines.push({ change, state: 'open' });
  }

  /** How many changes there are: what a question to the server is about. */
  get length(): number {
    return this.lines.length;
  }

  /** How many are promised. */
  get kept(): number {
    return this.lines.filter(({ state }) => state === 'promised').length;
  }

  /** How many still wait for a promise. */
  get open(): number {
    return this.lines.filter(({ state }) => state === 'open').length;
  }

  /** The server said that everything before `length` is saved. */
  promise(length: number): void {
    for (let i = length - 1; i >= 0 && this.lines[i]!.state !== 'promised'; i--) {
      if (this.lines[i]!.state === 'open') this.lines[i]!.state = 'promised';
    }
  }

  drop(): void {
    for (const line of this.lines) if (line.state === 'open') line.state = 'dropped';
  }

  /** The changes promised so far. Take them before you read a document, and look for them in it afterwards. */
  promised(): Change[] {
    return this.lines.filter(({ state }) => state === 'promised').map(({ change }) => change);
  }

  /** Which of `promised` are not in the document, in words. */
  missing(promised: Change[], doc: Y.Doc): string[] {
    const deleted = new Set(
      this.lines.flatMap(({ change }) => (change.kind === 'delete' ? [change.entry] : [])),
    );
    return promised.flatMap(change => {
      const value = root(doc, change.root).get(change.entry);
      const where = `${change.root}/${change.entry}`;
      if (change.kind === 'count') {
        const n = Number(value?.get(change.register) ?? Number.NaN);
        return n >= change.n ? [] : [`${where}/${change.register} was ${change.n} and is ${n}`];
      }
      if (change.kind === 'delete') return value ? [`${where} was deleted and is there`] : [];
      return value || deleted.has(change.entry) ? [] : [`${where} was added and is missing`];
    });
  }
}
