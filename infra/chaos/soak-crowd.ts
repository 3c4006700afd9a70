/** People of many sessions who come, draw and go at random. */
import * as prng from 'lib0/prng';
import { Person } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { root } from '#shared/document/document.ts';

const MOST_PER_ROOM = 5;
/** Chances per room and tick. Rooms empty for longer than the server keeps them, so some unload and load again on the way. */
const CHANCE = { join: 0.01, leave: 0.012 };

interface Room {
  sessionId: string;
  cookie: string;
  clients: StockClient[];
}

export class Crowd {
  /** Time between two ticks, in ms: each person changes something in each. */
  readonly pace = 500;
  joins = 0;
  changes = 0;
  private rooms: Room[] = [];

  constructor(
    private readonly random: prng.PRNG,
    private readonly url: string,
  ) {}

  async openRooms(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const moderator = new Person(this.url);
      const { id } = await moderator.start();
      this.rooms.push({ sessionId: id, cookie: moderator.cookie, clients: [] });
    }
  }

  tick(): void {
    for (const room of this.rooms) {
      // An empty room is the rarer, the fuller the crowd is meant to be.
      const wanted = room.clients.length < MOST_PER_ROOM && this.chance(CHANCE.join * MOST_PER_ROOM);
      if (wanted) this.join(room);
      if (this.chance(CHANCE.leave * room.clients.length)) room.clients.shift()!.destroy();
      for (const client of room.clients) this.draw(client);
    }
  }

  leave(): void {
    for (const room of this.rooms) for (const client of room.clients.splice(0)) client.destroy();
  }

  private join(room: Room): void {
    this.joins++;
    room.clients.push(stockClient(this.url, room.sessionId, { cookie: room.cookie }));
  }

  private draw({ doc, provider }: StockClient): void {
    const shape = provider.synced && root(doc, 'board').get('shape:app');
    if (!shape) return;
    const [x, y] = [prng.uint32(this.random, 0, 900), prng.uint32(this.random, 0, 900)];
    shape.set('at', [x, y]);
    provider.awareness.setLocalStateField('board', { cursor: [x, y] });
    this.changes++;
  }

  private chance = (probability: number): boolean => prng.real53(this.random) < probability;
}
