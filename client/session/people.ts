/** Who is in the session now, from the awareness states, whose `user` the server vouches for. */
import type { Awareness } from 'y-protocols/awareness';
import { ROLES, type Role } from '#shared/document/roles.ts';
import { type Calls, callsOf, followedBy } from '../attention/attention.ts';
import { type Reaction, reactionOf } from '../attention/reactions.ts';
import { type Observable, Value } from './observable.ts';

export interface Person {
  id: string;
  name: string;
  role: Role;
  color: string;
  /** Yjs clients of their windows that show the board, the one under their pointer first. */
  clients: number[];
  /** The client whose view one of their windows shows. */
  following: number | null;
  reaction: Reaction | null;
}

/** The others, each once however many windows they have open, by name. */
export function peopleOf(states: Iterable<[client: number, state: unknown]>, myId: string): Person[] {
  const people = new Map<string, Person>();
  for (const [client, state] of states) {
    const { user, board, reaction } = (state ?? {}) as {
      user?: Partial<Person>;
      board?: { cursor?: unknown } | null;
      reaction?: unknown;
    };
    if (!user || typeof user.id !== 'string' || user.id === myId || !ROLES.includes(user.role as Role))
      continue;
    const { id, name = 'Somebody', color = '#5b6b7b' } = user;
    const role = user.role as Role;
    const known = people.get(id);
    const clients = known?.clients ?? [];
    people.set(id, {
      ...{ id, name, role, color },
      clients: !board ? clients : board.cursor ? [client, ...clients] : [...clients, client],
      following: known?.following ?? followedBy(state),
      reaction: known?.reaction ?? reactionOf(reaction),
    });
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

type AwarenessChange = Record<'added' | 'updated' | 'removed', number[]>;

export class PeopleSource extends Value<readonly Person[]> {
  /** Whose view somebody is asked to look at. */
  readonly calls: Observable<Calls>;

  private readonly callsValue: Value<Calls>;
  /** What counts here of each state, as text: pointers move far more often than people come. */
  private readonly seen = new Map<number, string>();

  constructor(
    private readonly awareness: Awareness,
    private readonly myId: string,
  ) {
    super([]);
    this.callsValue = new Value(callsOf(new Map(), this.me));
    this.calls = this.callsValue;
    awareness.on('change', this.onChange);
    this.onChange({ added: [...awareness.getStates().keys()], updated: [], removed: [] });
  }

  dispose(): void {
    this.awareness.off('change', this.onChange);
  }

  private get me() {
    return { client: this.awareness.clientID, id: this.myId };
  }

  private readonly onChange = ({ added, updated, removed }: AwarenessChange) => {
    // Every one of them, or a state that changed with another one would count as seen.
    const news = [...added, ...updated, ...removed].filter(client => this.isNews(client));
    if (news.length === 0) return;
    const states = this.awareness.getStates();
    this.set(peopleOf(states, this.myId));
    this.callsValue.set(callsOf(states, this.me));
  };

  private isNews(client: number): boolean {
    const state = this.awareness.getStates().get(client);
    if (!state) return this.seen.delete(client);
    const { user, board, attention, reaction } = state;
    const onBoard = board && [Boolean(board.cursor), board.following];
    const text = JSON.stringify([user, onBoard, attention, reaction]);
    if (text === this.seen.get(client)) return false;
    this.seen.set(client, text);
    return true;
  }
}
