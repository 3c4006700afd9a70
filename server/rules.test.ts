import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import { RULES } from '#shared/stride/catalogue/rules.ts';
import { ownRule } from '#shared/testing/own-rule.ts';
import { serverCatalogue } from './rules.ts';

let server: TestServer;
let file: string;
let moderator: Person;
let participant: Person;
let base: string;

beforeAll(async () => {
  const folder = await startTestServer();
  file = join(folder.dataDir, '..', `rules-${process.pid}.yaml`);
  await folder.close();
  await writeFile(file, ownRule('SITE-1'));
  server = await startTestServer({ RULES_FILE: file });
  moderator = new Person(server.url);
  const { id, invites } = await moderator.start({ template: 'wearable-sensor' });
  base = `/api/sessions/${id}`;
  participant = new Person(server.url);
  await participant.join(invites.participant, 'Pat');
});
afterAll(() => server.close());

const suggested = async () => {
  const list: { rule: string; title: string; also: string[] }[] = await moderator.json(`${base}/suggestions`);
  return list;
};
const ofRule = async (rule: string) => (await suggested()).filter(each => each.rule === rule);
const put = (body: object, who = moderator) => who.fetch(`${base}/rules`, { method: 'PUT', body });

describe('a server with rules of its own', () => {
  it('suggests from them beside those of the product, with their words', async () => {
    await expect
      .poll(() => ofRule('SITE-1'))
      .toEqual([
        expect.objectContaining({
          title: 'The cradle charges whatever is put into it (SITE-1)',
          also: ['T'],
        }),
      ]);
    const rules = await participant.json(`${base}/rules`);
    expect(rules).toHaveLength(RULES.length + 1);
    expect(await participant.json(`${base}/rules?origin=server`)).toEqual([
      expect.objectContaining({ id: 'SITE-1', origin: 'server', off: false }),
    ]);
  });

  it('does not start with a file of which a rule is none, and says each line', async () => {
    await writeFile(`${file}.bad`, `${ownRule('SITE-2')}${ownRule('BLE-01')}\n- id: x\n`);
    await expect(serverCatalogue(`${file}.bad`)).rejects.toThrow(/line \d+: there is a rule BLE-01 already/);
    await expect(serverCatalogue(`${file}.none`)).rejects.toThrow(/RULES_FILE must be a file/);
  });
});

describe('a session with rules of its own', () => {
  it('takes them from a moderator, and suggests from them', async () => {
    expect((await put({ text: ownRule('OWN-1') })).status).toBe(200);
    await expect.poll(async () => (await ofRule('OWN-1')).length).toBe(1);
    expect((await put({ text: '' })).status).toBe(200);
    await expect.poll(async () => (await ofRule('OWN-1')).length).toBe(0);
  });

  it('refuses those that are none, line by line, and keeps what it had', async () => {
    const response = await put({ text: ownRule('OWN-2').replace('authorises: [no', 'authorizes: [no') });
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toMatch(/^Line 7: .*element\.authorizes/);
    expect(await participant.json(`${base}/rules?origin=session`)).toEqual([]);
  });

  it('takes none from a participant', async () => {
    expect((await put({ off: ['GEN-S'] }, participant)).status).toBe(403);
  });

  it('does not suggest what it switched off', async () => {
    const [first] = await suggested();
    expect((await put({ off: [first!.rule] })).status).toBe(200);
    await expect.poll(async () => (await ofRule(first!.rule)).length).toBe(0);
    const rules: { id: string; off: boolean }[] = await moderator.json(`${base}/rules`);
    expect(rules.filter(({ off }) => off).map(({ id }) => id)).toEqual([first!.rule]);
    expect((await put({ off: [] })).status).toBe(200);
    await expect.poll(async () => (await ofRule(first!.rule)).length).toBeGreaterThan(0);
  });
});
