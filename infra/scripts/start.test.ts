import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { type Directory, emptyDirectory, freshDirectory } from '#db/testing/directories.ts';
import { ROOT } from './prepare.mjs';

/** `npm start` on a free port, until the server is there. */
async function start({ dataDir, remove }: Directory) {
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
  return { child, answers, end: remove };
}

it.skipIf(process.platform === 'win32')(
  'npm start makes its database, and ends with its server when it is told to stop',
  async () => {
    const { child, answers, end } = await start(await emptyDirectory());
    expect(await answers()).toBe(true);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await answers()).toBe(false);
    await end();
  },
);

it('a server whose npm start was killed goes too', async () => {
  const { child, answers, end } = await start(await freshDirectory());
  child.kill('SIGKILL');
  await vi.waitFor(async () => expect(await answers()).toBe(false), { timeout: 20_000, interval: 100 });
  await end();
});
