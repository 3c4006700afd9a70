import postgres from 'postgres';
import { expect, it, vi } from 'vitest';
import { freshDatabase } from '#db/testing/databases.ts';
import { Person, startTestServer } from '#infra/testing/server.ts';

it('a database whose connections go is told as such, and asked again', async () => {
  const database = await freshDatabase();
  const server = await startTestServer({ DATABASE_URL: database.url });
  const person = new Person(server.url);
  const { id } = await person.start();
  const admin = postgres(database.url, { max: 1 });
  try {
    const statuses = new Set<number>();
    for (let round = 0; round < 5; round++) {
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => person.fetch(i % 2 ? '/api/sessions' : `/api/sessions/${id}`)),
      );
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses].filter(status => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses).toContain(503);
    await vi.waitFor(async () => expect((await person.fetch(`/api/sessions/${id}`)).status).toBe(200), {
      timeout: 10_000,
    });
  } finally {
    await admin.end();
    await server.close();
    await database.drop();
  }
});
