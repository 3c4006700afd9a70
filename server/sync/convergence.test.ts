import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freshDatabase } from '#db/testing/databases.ts';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import { readRecords } from '#shared/document/board.ts';
import { putEntry, readSuggestions, root } from '#shared/document/document.ts';
import { suggest } from '#shared/stride/suggest.ts';

const CLIENTS = 4;
const SHAPES = ['shape:app', 'shape:sensor', 'shape:b-cloud', 'shape:f-upload', 'shape:n1', 'shape:n2'];
let server: TestServer;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startTestServer({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const step = fc.record({
  who: fc.nat(CLIENTS - 1),
  action: fc.constantFrom(
    'move',
    'move',
    'rename',
    'nest',
    'add',
    'delete',
    'disconnect',
    'connect',
    'reload',
    'wait',
  ),
  shape: fc.constantFrom(...SHAPES),
  other: fc.constantFrom(...SHAPES),
  n: fc.integer({ min: -300, max: 1500 }),
});

it('C1 C3 stock clients with random edits, disconnects and reloads converge, and so do the store and the suggestions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async steps => {
      const moderator = new Person(server.url);
      const { id, invites } = await moderator.start();
      const people = [moderator];
      for (let i = 1; i < CLIENTS; i++) {
        const person = new Person(server.url);
        await person.join(invites.participant, `P${i}`);
        people.push(person);
      }
      const connect = async (i: number) => stockClient(server.url, id, await people[i]!.ticket(id));
      const clients: StockClient[] = await Promise.all(people.map((_, i) => connect(i)));
      await Promise.all(clients.map(client => client.synced()));

      for (const { who, action, shape, other, n } of steps) {
        const client = clients[who]!;
        const board = root(client.doc, 'board');
        const entry = board.get(shape);
        if (action === 'move') entry?.set('at', [n, who * 100]);
        else if (action === 'rename') entry?.set('props.name', `${who} ${n}`);
        else if (action === 'nest') entry?.set('place', [other, 'a1']);
        else if (action === 'add')
          putEntry(board, shape, { type: 'process', at: [n, n], place: ['page:page', 'a1'] });
        else if (action === 'delete') board.delete(shape);
        else if (action === 'disconnect') client.provider.disconnect();
        else if (action === 'connect') client.provider.connect();
        else if (action === 'wait') await new Promise(resolve => setTimeout(resolve, 5));
        else if (client.provider.wsconnected) {
          // A page that reloads after everything was saved starts with an empty document.
          await client.saved();
          client.destroy();
          clients[who] = await connect(who);
          await clients[who]!.synced();
        }
      }
      for (const client of clients) {
        client.provider.connect();
        await client.synced();
        await client.saved();
      }
      const content = (client: StockClient) => ({
        board: root(client.doc, 'board').toJSON(),
        suggestions: root(client.doc, 'suggestions').toJSON(),
      });
      const fresh = await connect(0);
      await fresh.synced();
      const wanted = (client: StockClient) =>
        suggest(readModel(readRecords(root(client.doc, 'board'))), 'per-crossing').map(
          suggestion => suggestion.id,
        );
      await vi.waitFor(
        () => {
          for (const client of clients) expect(content(client)).toEqual(content(fresh));
          expect(readSuggestions(fresh.doc).map(suggestion => suggestion.id)).toEqual(wanted(fresh));
        },
        { timeout: 5000, interval: 20 },
      );
      for (const client of [...clients, fresh]) client.destroy();
    }),
    { numRuns: 12 },
  );
}, 120_000);
