/**
 * Whose each Yjs client id is: the first who used it. Else somebody could write under another's id, and the victim's next change would
 * be dropped as already known.
 */
import type { LogEntry } from './store.ts';

/** Owner of what the servers write themselves; no user has this id. */
export const SERVER = 'server';
/** Owner of what stands in the document and whose owner nobody knows any more, like the seed's. */
const NOBODY = 'nobody';

/** Client ids under which one person may write in a session, each for ever in every state vector: one for each page load of years. */
const MAX_CLIENTS = 5_000;

export class Owners {
  private readonly owners: Map<number, string>;
  /** Client ids whose owner is in the store or on its way there. */
  private readonly recorded: Set<number>;
  /** How many of these each user has. */
  private readonly written = new Map<string, number>();
  private unstored: LogEntry['writers'] = [];

  /** @param present client ids that the document has something of */
  constructor(stored: ReadonlyMap<number, string>, present: Iterable<number>) {
    this.owners = new Map(stored);
    for (const client of present) if (!stored.has(client)) this.owners.set(client, NOBODY);
    this.recorded = new Set(stored.keys());
    for (const userId of stored.values()) this.written.set(userId, (this.written.get(userId) ?? 0) + 1);
  }

  /** Id of the user whose a client id is, {@link SERVER} for what the servers write; null when nobody knows. */
  of(client: number): string | null {
    const owner = this.owners.get(client) ?? NOBODY;
    return owner === NOBODY ? null : owner;
  }

  /** @returns whether the user may use the client id; from then on nobody else may */
  claim(client: number, userId: string): boolean {
    const owner = this.owners.get(client) ?? userId;
    if (owner !== userId) return false;
    this.owners.set(client, userId);
    return true;
  }

  /** Like {@link claim}, for writing under all of these or none: the owner is stored before what is written. */
  claimToWrite(clients: readonly number[], userId: string): 'claimed' | 'foreign' | 'too many' {
    if (clients.some(client => (this.owners.get(client) ?? userId) !== userId)) return 'foreign';
    const fresh = clients.filter(client => !this.recorded.has(client));
    const count = (this.written.get(userId) ?? 0) + fresh.length;
    if (fresh.length > 0 && count > MAX_CLIENTS && userId !== SERVER) return 'too many';
    this.written.set(userId, count);
    for (const client of fresh) {
      this.owners.set(client, userId);
      this.recorded.add(client);
      this.unstored.push({ clientId: client, userId });
    }
    return 'claimed';
  }

  /** Takes over what other nodes stored. */
  learn(stored: Iterable<[client: number, userId: string]>): void {
    for (const [client, userId] of stored) {
      this.owners.set(client, userId);
      this.recorded.add(client);
    }
  }

  /** Drops a claim under which nothing was written. */
  forget(client: number): void {
    if (!this.recorded.has(client)) this.owners.delete(client);
  }

  /** The owners that the next log entry must store. */
  takeUnstored(): LogEntry['writers'] {
    const taken = this.unstored;
    this.unstored = [];
    return taken;
  }
}
