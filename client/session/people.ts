/** Who is in the session now, from the awareness states, whose `user` the server vouches for. */
import type { Awareness } from 'y-protocols/awareness';
import { ROLES, type Role } from '#shared/document/roles.ts';
import { Value } from './observable.ts';

export interface Person {
  id: string;
  name: string;
  role: Role;
  color: string;
}

/** The others, each once however many windows they have open, by name. */
export function peopleOf(states: Iterable<unknown>, myId: string): Person[] {
  const people = new Map<string, Person>();
  for (const state of states) {
    const user = (state as { user?: Partial<Person> } | null)?.user;
    if (!user || typeof user.id !== 'string' || user.id === myId || !ROLES.includes(user.role as Role))
      continue;
    const { id, name = 'Somebody', color = '#5b6b7b' } = user;
    const role = user.role as Role;
    people.set(id, { id, name, role, color });
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

export class PeopleSource extends Value<readonly Person[]> {
  private readonly onChange = () => {
    const people = peopleOf(this.awareness.getStates().values(), this.myId);
    if (JSON.stringify(people) !== JSON.stringify(this.get())) this.set(people);
  };

  constructor(
    private readonly awareness: Awareness,
    private readonly myId: string,
  ) {
    super([]);
    awareness.on('change', this.onChange);
    this.onChange();
  }

  dispose(): void {
    this.awareness.off('change', this.onChange);
  }
}
