/** Symbolic names of a TM-BOM, unique in each list, and the ids that the things have here. */
import type { ElementKind } from '../../dfd/kinds.ts';

/** As references to data flow ends say it. */
export type Type = 'trust_zone' | 'actor' | 'component' | 'data_store' | 'data_flow';

/**
 * An actor is by its schema an "external entity that interacts with the application", a component a "building block of the
 * system": code; so is the kind of an element certain.
 */
export const TYPE_OF: Record<ElementKind, Type> = {
  external_entity: 'actor',
  process: 'component',
  data_store: 'data_store',
};

/** Names are unique in their list only (a zone and a component may share one), so the ids carry the type. */
export const idOf = (type: Type, name: string): string => `${type}:${name}`;

/** What a symbolic name may be. */
const NAME = /^[0-9a-z-]+$/;

/** The names of one list: a thing that came from a TM-BOM keeps its name, whatever else is in the list. */
export class Names {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** @param nameIn the name that an id carries, if it is one of this list's */
  constructor(ids: readonly string[], nameIn: (id: string) => string | null) {
    for (const id of ids) {
      const name = nameIn(id);
      if (name !== null && NAME.test(name)) this.set(id, name);
    }
    for (const id of ids) if (!this.names.has(id)) this.set(id, this.free(id));
  }

  /** @param id one of those given */
  of(id: string): string {
    return this.names.get(id)!;
  }

  has(id: string): boolean {
    return this.names.has(id);
  }

  /** A name for something that only this format has, and that may be there already from the last time. */
  free(wanted: string): string {
    const base = slug(wanted);
    let name = base;
    for (let n = 2; this.taken.has(name); n++) name = `${base}-${n}`;
    return name;
  }

  private set(id: string, name: string): void {
    this.names.set(id, name);
    this.taken.add(name);
  }
}

export const namesOf = (type: Type, ids: readonly string[]): Names =>
  new Names(ids, id => (id.startsWith(`${type}:`) ? id.slice(type.length + 1) : null));

export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'unnamed';
