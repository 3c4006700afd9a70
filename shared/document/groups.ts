/** Most things that are kept in a list: most groups hold one or two, and a set for each costs a large board more than all the rest. */
const FEW = 8;

/** Things by a key that they share, like the bindings of an arrow; each once. */
export class Groups<T> {
  private readonly groups = new Map<string, T[] | Set<T>>();

  of(key: string): Iterable<T> {
    return this.groups.get(key) ?? [];
  }

  add(key: string, thing: T): void {
    const group = this.groups.get(key);
    if (!group) this.groups.set(key, [thing]);
    else if (!Array.isArray(group)) group.add(thing);
    else if (group.includes(thing)) return;
    else if (group.length < FEW) group.push(thing);
    else this.groups.set(key, new Set(group).add(thing));
  }

  delete(key: string, thing: T): void {
    const group = this.groups.get(key);
    if (!group) return;
    if (!Array.isArray(group)) {
      if (group.delete(thing) && group.size === 0) this.groups.delete(key);
      return;
    }
    const at = group.indexOf(thing);
    if (at < 0) return;
    // Who walks it meanwhile keeps what it was.
    if (group.length === 1) this.groups.delete(key);
    else this.groups.set(key, group.toSpliced(at, 1));
  }
}
