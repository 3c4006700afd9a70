import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI } from '#infra/scripts/prepare.mjs';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';

const DRAGON = 'shared/formats/testing/models/threat-dragon-v2/v2-threat-model.json';

let server: TestServer;
let folder: string;
let token = '';

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'strideboard-cli-'));
  const post = (path: string, body: object, cookie = '') =>
    fetch(new URL(path, server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, cookie },
      body: JSON.stringify(body),
    });
  const started = await post('/api/sessions', { title: 'Own' });
  const cookie = started.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ');
  ({ token } = await (await post('/api/tokens', { name: 'CLI' }, cookie)).json());
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command against the test's server. */
function strideboard(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const env = { ...process.env, STRIDEBOARD_SERVER: server.url, STRIDEBOARD_TOKEN: token };
  return new Promise(resolve => {
    execFile(process.execPath, [CLI, ...args], { env }, (error, out, errors) =>
      resolve({ code: error ? Number(error.code) : 0, out, errors }),
    );
  });
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('files', () => {
  it('are converted, and what is lost is said', async () => {
    const out = join(folder, 'model.otm');
    const { code } = await strideboard('convert', DRAGON, 'otm', '--out', out);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(out, 'utf8')).otmVersion).toBe('0.2.0');
    const csv = await strideboard('convert', DRAGON, 'csv');
    expect(csv.out.split('\n').length).toBeGreaterThan(14);
    expect(csv.errors).toContain('not represented');
  });

  it('fail a check when a flow across a boundary has no threat, and pass it when every one has', async () => {
    const without = JSON.parse(await readFile(DRAGON, 'utf8'));
    for (const { cells } of without.detail.diagrams)
      for (const { data } of cells) if (data?.threats) data.threats = [];
    const bare = await strideboard('check', await file('bare.json', without));
    expect(bare.code).toBe(1);
    expect(bare.out).toMatch(/no threat: .+ \(.+ to .+\)/);
    const all = JSON.parse(await readFile(DRAGON, 'utf8'));
    for (const { cells } of all.detail.diagrams) {
      for (const { id, data } of cells) {
        if (data?.type === 'tm.Flow')
          data.threats = [
            {
              id: `t-${id}`,
              title: 'Seen',
              type: 'Tampering',
              status: 'Open',
              severity: 'High',
              modelType: 'STRIDE',
            },
          ];
      }
    }
    expect((await strideboard('check', await file('all.json', all))).code).toBe(0);
  });

  it('are compared thing by thing', async () => {
    expect((await strideboard('diff', DRAGON, DRAGON)).code).toBe(0);
    const newer = JSON.parse(await readFile(DRAGON, 'utf8'));
    newer.detail.diagrams[0].cells.find(
      (each: { data?: { type?: string } }) => each.data?.type === 'tm.Process',
    ).data.name = 'Renamed';
    const { code, out } = await strideboard('diff', DRAGON, await file('newer.json', newer));
    expect(code).toBe(1);
    expect(out).toMatch(/~ element "Renamed" \(.+\): name/);
    expect(out).toContain('0 added, 1 changed, 0 removed');
  });

  it('that are none end with a sentence and exit code 2', async () => {
    const { code, errors } = await strideboard('check', await file('letter.txt', 'Dear team,'));
    expect([code, errors.split('\n').length]).toEqual([2, 2]);
    expect(errors).toContain('no threat model of a known format');
  });
});

describe('sessions', () => {
  it('start from a file, take a newer one, and leave as a file', async () => {
    const started = await strideboard('import', DRAGON, '--json');
    expect(started.code).toBe(0);
    const { id, counts } = JSON.parse(started.out);
    expect(counts).toMatchObject({ elements: 7, flows: 10, threats: 14 });

    const again = await strideboard('import', DRAGON, '--session', id, '--preview');
    expect(again.errors).toBe('');
    expect(again.out).toContain('0 would be added, 0 would be changed');

    const out = join(folder, 'session.json');
    expect((await strideboard('export', id, 'threat-dragon', '--out', out)).code).toBe(0);
    expect((await strideboard('diff', DRAGON, out)).out).toContain('0 added, 0 changed, 0 removed');
    expect((await strideboard('diff', DRAGON, id)).code).toBe(0);
  });

  it('are told apart from those that are not there, and from a server that is not', async () => {
    const missing = await strideboard('export', 'nothing', 'csv');
    expect([missing.code, missing.errors]).toEqual([2, 'There is no such session, or you are not in it.\n']);
    const off = await strideboard('export', 'x', 'csv', '--server', 'http://127.0.0.1:9');
    expect(off.code).toBe(2);
    expect(off.errors).toContain('can’t be reached');
  });
});

it('a command that is not there, or misses something, says how to ask for help', async () => {
  for (const args of [['fly'], ['check'], ['check', '--nonsense']]) {
    const { code, errors } = await strideboard(...args);
    expect(code).toBe(2);
    expect(errors).not.toContain('    at ');
  }
  expect((await strideboard('help')).out).toContain('strideboard <command>');
});
