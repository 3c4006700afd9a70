const NONE: ReadonlySet<never> = new Set();

/** Sets of things by a key that they share, like the bindings of an arrow. */
export class Groups<T> {
  private readonly groups = new Map<string, Set<T>>();

  of(key: string): ReadonlySet<T> {
    return this.groups.get(key) ?? NONE;
  }

  add(key: string, thing: T): void {
    const group = this.groups.get(key);
    if (group) group.add(thing);
    else this.groups.set(key, new Set<T>().add(thing));
  }

  delete(key: string, thing: T): void {
    const group = this.groups.get(key);
    if (group?.delete(thing) && group.size === 0) this.groups.delete(key);
  }
}
