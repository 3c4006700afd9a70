/** Somebody who works while others attack: edits what is theirs, and remembers what it must be. */
import { Person } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { putEntry, root } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';

const THREATS = 3;

export class Honest {
  /** Titles of own threats, and places of own shapes, by id. */
  readonly expected = { threats: {} as Record<string, string>, shapes: {} as Record<string, number[]> };
  /** Times from a change to the word that it is saved, in ms. */
  readonly roundTrips: number[] = [];
  private edits = 0;
  private readonly lost: Promise<never>;

  private constructor(
    readonly client: StockClient,
    readonly me: Author,
  ) {
    this.lost = new Promise((_, reject) => {
      client.provider.on('connection-close', event => {
        if (event) reject(new Error(`${me.name} was closed with ${event.code} ${event.reason}`));
      });
    });
    this.lost.catch(() => {});
  }

  static async enter(url: string, sessionId: string, invite: string, name: string): Promise<Honest> {
    const person = new Person(url);
    await person.join(invite, name);
    const { me } = await person.json(`/api/sessions/${sessionId}`);
    const client = stockClient(url, sessionId, await person.ticket(sessionId));
    await client.synced();
    // Stock clients overlook the first state of others, which has no content.
    client.provider.awareness.setLocalState({});
    return new Honest(client, { id: me.id, name: me.name });
  }

  /**
   * One change, and how long it takes to be saved.
   * @throws when the connection was lost
   */
  async work(): Promise<void> {
    const { doc } = this.client;
    const n = ++this.edits;
    const started = performance.now();
    doc.transact(() => {
      const threat = `t-${this.me.id}-${n % THREATS}`;
      const title = `Edit ${n}`;
      const threats = root(doc, 'threats');
      const by = { ...this.me };
      if (threats.has(threat)) threats.get(threat)!.set('title', title);
      else
        putEntry(threats, threat, {
          title,
          stride: ['S'],
          target: 'shape:app',
          status: 'proposed',
          by,
          at: n,
        });
      this.expected.threats[threat] = title;

      const shape = `shape:of-${this.me.id}`;
      const board = root(doc, 'board');
      if (board.has(shape)) board.get(shape)!.set('at', [n, n]);
      else putEntry(board, shape, { type: 'process', at: [n, n], place: ['page:page', 'a1'] });
      this.expected.shapes[shape] = [n, n];
    });
    await Promise.race([this.client.saved(), this.lost]);
    this.roundTrips.push(performance.now() - started);
  }
}
