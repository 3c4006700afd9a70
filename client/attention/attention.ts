/**
 * Whose view the others are asked to look at: the awareness field `attention` of a moderator. Whoever is asked may decline, so
 * nothing here moves a view by itself.
 */
import type { Awareness } from 'y-protocols/awareness';
import { can } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import { isPlace, type Place } from '../board/view.ts';
import { type Reaction, reactionOf } from './reactions.ts';

/** A moderator's awareness field `attention`. */
export type Attention =
  /** Look here once. */
  | { kind: 'summons'; at: number; place: Place }
  /** Come along until it ends. */
  | { kind: 'spotlight'; at: number };

/** Who asks, and since when by their own clock: the two tell one call from another. */
export interface Call {
  client: number;
  name: string;
  color: string;
  at: number;
}

export interface Calls {
  /** The latest of somebody else. */
  summons: (Call & { place: Place }) | null;
  /** The latest, mine included: there is one light. */
  spotlight: Call | null;
  /** Whether the spotlight is on this window, also while a later one takes it over. */
  lit: boolean;
  reaction: Reaction | null;
  /** Who follows whom, by Yjs clients. */
  follows: ReadonlyMap<number, number>;
}

/** How long a summons stands, in ms: who comes later is left alone. */
const SUMMONS_STANDS = 15_000;

export function summon(awareness: Awareness, place: Place): void {
  const at = Date.now();
  call(awareness, { kind: 'summons', at, place });
  setTimeout(() => {
    if (attentionOf(awareness.getLocalState())?.at === at) call(awareness, null);
  }, SUMMONS_STANDS);
}

export const spotlight = (awareness: Awareness, on: boolean): void =>
  call(awareness, on ? { kind: 'spotlight', at: Date.now() } : null);

const call = (awareness: Awareness, attention: Attention | null): void =>
  awareness.setLocalStateField('attention', attention);

/** null for none, and for what makes no sense. */
function attentionOf(state: unknown): Attention | null {
  const { attention } = (state ?? {}) as { attention?: { kind?: unknown; at?: unknown; place?: unknown } };
  const { kind, at, place } = attention ?? {};
  if (typeof at !== 'number' || !Number.isFinite(at)) return null;
  if (kind === 'spotlight') return { kind, at };
  return kind === 'summons' && isPlace(place) ? { kind, at, place } : null;
}

/** Whom a window follows; null for nobody. */
export function followedBy(state: unknown): number | null {
  const following = (state as { board?: { following?: unknown } | null } | null)?.board?.following;
  return Number.isSafeInteger(following) ? (following as number) : null;
}

/** @param me this window, and the person whose other windows call nobody here */
export function callsOf(states: ReadonlyMap<number, unknown>, me: { client: number; id: string }): Calls {
  const follows = new Map<number, number>();
  let summons: Calls['summons'] = null;
  let spotlight: Calls['spotlight'] = null;
  for (const [client, state] of states) {
    const following = followedBy(state);
    if (following !== null) follows.set(client, following);
    const attention = attentionOf(state);
    if (!attention) continue;
    const mine = client === me.client;
    const { user } = state as { user?: Record<string, unknown> };
    // The server vouches for what the others are; who is no moderator any more calls nobody.
    if (!mine && (user?.id === me.id || !can.facilitate(user?.role as Role))) continue;
    const call = { client, name: String(user?.name), color: String(user?.color), at: attention.at };
    if (attention.kind === 'spotlight') spotlight = later(spotlight, call);
    else if (!mine) summons = later(summons, { ...call, place: attention.place });
  }
  const own = states.get(me.client);
  return {
    ...{ summons, spotlight, follows },
    lit: attentionOf(own)?.kind === 'spotlight',
    reaction: reactionOf((own as { reaction?: unknown } | undefined)?.reaction),
  };
}

const later = <T extends Call>(a: T | null, b: T): T =>
  !a || b.at > a.at || (b.at === a.at && b.client > a.client) ? b : a;

/** Whether who follows `from` sees in the end what `to` sees, whoever is between them. */
export function leadsTo(follows: ReadonlyMap<number, number>, from: number, to: number): boolean {
  const seen = new Set<number>();
  for (let at: number | undefined = from; at !== undefined && !seen.has(at); at = follows.get(at)) {
    if (at === to) return true;
    seen.add(at);
  }
  return false;
}

/** Windows that show what this one shows. */
export const followersOf = (follows: ReadonlyMap<number, number>, client: number): number[] =>
  [...follows.keys()].filter(each => each !== client && leadsTo(follows, each, client));
