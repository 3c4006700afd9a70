/** Installs the peers' packages beside them, when they are not there as their lockfile says; y-websocket's LevelDB is optional and unused. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const changed = (path: string) => (existsSync(FOLDER + path) ? statSync(FOLDER + path).mtimeMs : 0);

export function installPeers(): void {
  if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
  process.stdout.write('Installing the peers (a few seconds the first time) ...\n');
  execFileSync('npm', ['ci', '--prefix', FOLDER, '--omit=optional', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  });
}

/** Name and version of each package that a peer is made of. */
export function peerVersions(): Record<string, string> {
  return JSON.parse(readFileSync(`${FOLDER}package.json`, 'utf8')).dependencies;
}
