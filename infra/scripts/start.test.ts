import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ROOT } from './prepare.mjs';

/** `npm start` on a free port with an empty database, until the server is there. */
async function start() {
  const dataDir = await mkdtemp(join(tmpdir(), 'strideboard-start-'));
  const child = spawn(process.execPath, ['infra/scripts/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  const url = await vi.waitFor(() => output.match(/Strideboard is on (\S+)/)![1]!, { timeout: 50_000 });
  const answers = async () =>
    fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    );
  return { child, answers, end: () => rm(dataDir, { recursive: true, force: true }) };
}

it.skipIf(process.platform === 'win32')(
  'npm start ends with its server when it is told to stop',
  async () => {
    const { child, answers, end } = await start();
    expect(await answers()).toBe(true);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await answers()).toBe(false);
    await end();
  },
);

it('a server whose npm start was killed goes too', async () => {
  const { child, answers, end } = await start();
  child.kill('SIGKILL');
  await vi.waitFor(async () => expect(await answers()).toBe(false), { timeout: 20_000, interval: 100 });
  await end();
});
