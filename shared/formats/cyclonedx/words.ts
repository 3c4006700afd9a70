import { Ids } from '../ids.ts';

/** The draft wants names of at least one character. */
export const named = (name: string, kind: string): string => name || `Unnamed ${kind}`;

/** What the draft has no field for, as name and value pairs under our own prefix; several answers as several pairs. */
export function properties(values: Record<string, string | string[] | null | undefined>) {
  const list = Object.entries(values).flatMap(([key, value]) =>
    [value ?? []]
      .flat()
      .filter(each => each !== '')
      .map(each => ({ name: `strideboard:${key}`, value: each })),
  );
  return list.length > 0 ? { properties: list } : {};
}

/** References of one file, unique over everything in it. */
export class Refs {
  private readonly ids = new Ids();
  private readonly refs = new Map<string, string>();

  /** That of a thing, made when it is asked for first: its id, with what it is before it unless it is on the board. */
  of(what: string, id: string): string {
    const key = JSON.stringify([what, id]);
    const ref = this.refs.get(key) ?? this.ids.take(what === 'thing' ? id : `${what}:${id}`);
    this.refs.set(key, ref);
    return ref;
  }

  /** That of a thing if it is in the file. */
  get(what: string, id: string): string | undefined {
    return this.refs.get(JSON.stringify([what, id]));
  }
}
