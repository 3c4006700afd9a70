import { describe, expect, it } from 'vitest';
import { freshDatabase } from '#db/testing/databases.ts';
import { freshDirectory } from '#db/testing/directories.ts';
import { Person, type ServerProcess, spawnServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { readSuggestions, root } from '#shared/document/document.ts';

const KILLS = 3;

describe.each(['embedded', 'postgres'])('P1 with the %s database', kind => {
  it('what a client was told is saved survives kill -9, and clients converge with what is stored', async () => {
    const { dataDir, remove } = await freshDirectory();
    const database = kind === 'postgres' ? await freshDatabase() : null;
    const env = {
      DATA_DIR: dataDir,
      DATABASE_URL: database?.url ?? '',
    };
    let server: ServerProcess = await spawnServer(env);
    const moderator = new Person(server.url);
    const { id } = await moderator.start();

    const connect = async (): Promise<StockClient> => {
      moderator.url = server.url;
      const client = stockClient(server.url, id, await moderator.ticket(id));
      await client.synced();
      return client;
    };
    for (let round = 1; round <= KILLS; round++) {
      const client = await connect();
      const shape = root(client.doc, 'board').get('shape:app')!;
      shape.set('at', [round, round]);
      await client.saved();
      // More is under way when the server dies.
      for (let i = 0; i < 50; i++) shape.set('props.name', `${round}.${i}`);
      await server.kill();
      const kept = client.doc;
      client.provider.destroy();

      server = await spawnServer(env);
      const other = await connect();
      expect(root(other.doc, 'board').get('shape:app')!.get('at')).toEqual([round, round]);
      expect(readSuggestions(other.doc).length).toBeGreaterThan(20);

      // The first comes back with what it had not saved yet.
      const back = stockClient(server.url, id, await moderator.ticket(id), kept);
      await back.synced();
      await back.saved();
      await expect.poll(() => root(other.doc, 'board').toJSON()).toEqual(root(back.doc, 'board').toJSON());
      expect(root(other.doc, 'board').get('shape:app')!.get('props.name')).toBe(`${round}.49`);
      back.destroy();
      other.destroy();
    }
    expect(await server.stop()).toBe(0);
    server = await spawnServer(env);
    const last = await connect();
    expect(root(last.doc, 'board').get('shape:app')!.get('at')).toEqual([KILLS, KILLS]);
    last.destroy();
    await server.stop();
    await database?.drop();
    await remove();
  }, 240_000);
});

describe('a data directory', () => {
  it('serves one process at a time: the second says who has it', async () => {
    const { dataDir, remove } = await freshDirectory();
    const server = await spawnServer({ DATA_DIR: dataDir });
    await expect(spawnServer({ DATA_DIR: dataDir })).rejects.toThrow('ended with 1');
    expect(await server.stop()).toBe(0);
    await remove();
  });
});
