/** What a moderator decided, through a file and back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Suggested {
  id: string;
  verdict: string | null;
  reason: string;
  stale: boolean;
}

it.each(['json', 'threat-dragon', 'otm', 'drawio'])(
  'verdicts stay when a session is exported as %s and the file comes back',
  async format => {
    const moderator = new Person(server.url);
    const { id } = await moderator.start({ template: 'wearable-sensor' });
    const base = `/api/sessions/${id}`;
    const suggestions = (): Promise<Suggested[]> => moderator.json(`${base}/suggestions`);
    await expect.poll(async () => (await suggestions()).length).toBeGreaterThan(10);
    const [one, two] = await suggestions();
    for (const { id } of [one!, two!]) {
      await moderator.json(`${base}/suggestions/${encodeURIComponent(id)}/verdict`, {
        method: 'PUT',
        body: { verdict: 'dismissed', reason: 'Sealed' },
      });
    }
    const before = await suggestions();
    expect(before.filter(({ verdict }) => verdict === 'dismissed')).toHaveLength(2);
    const response = await moderator.fetch(`${base}/export/${format}`);
    const file = new Uint8Array(await response.arrayBuffer());
    const back = await fetch(`${server.url}${base}/import`, {
      method: 'POST',
      body: file,
      headers: { cookie: moderator.cookie, 'content-type': 'text/plain' },
    });
    expect(back.status).toBe(200);
    const after = await suggestions();
    expect(after.filter(({ verdict }) => verdict === 'dismissed')).toEqual(
      before.filter(({ verdict }) => verdict === 'dismissed'),
    );
  },
);
