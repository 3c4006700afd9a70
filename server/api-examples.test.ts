/** The commands of API.md do what it says that they do. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDirectory } from '#db/testing/directories.ts';
import { type ServerProcess, spawnServer } from '#infra/testing/server.ts';

const page = readFileSync(new URL('API.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);

/** Lines after `# -> `, in order. */
const promised = (block: string): string[] => [...block.matchAll(/^# -> (.*)$/gm)].map(([, line]) => line!);

const MARK = '--- block ---';

let server: ServerProcess;
let remove: () => Promise<void>;

beforeAll(async () => {
  const directory = await freshDirectory();
  remove = directory.remove;
  // In a process of its own: this one waits for the commands.
  server = await spawnServer({ DATA_DIR: directory.dataDir });
});
afterAll(async () => {
  await server?.stop();
  await remove();
});

it('finds curl and bash', () => {
  for (const tool of ['curl', 'bash']) {
    const { error } = spawnSync(tool, ['--version']);
    expect(
      error,
      `API.md’s examples need ${tool}: install it, for instance with apt-get install ${tool}`,
    ).toBeUndefined();
  }
});

it('every command of API.md prints what it says', () => {
  expect(blocks.length).toBeGreaterThan(5);
  const script = ['set -eu', ...blocks.flatMap(block => [block, `echo '${MARK}'`])].join('\n');
  const output = execFileSync('bash', ['--norc', '-c', script], {
    env: { PATH: process.env.PATH, SERVER: server.url },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  });
  const printed = output
    .split(`${MARK}\n`)
    .slice(0, -1)
    .map(text => text.split('\n').slice(0, -1));
  expect(printed).toEqual(blocks.map(promised));
});
