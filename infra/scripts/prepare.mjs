/**
 * What npm start, npm test and npm run dev do first. Plain JavaScript on Node alone: it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** Prints one step of progress, with the seconds since the start. */
export function step(text) {
  process.stdout.write(`[${(performance.now() / 1000).toFixed(1).padStart(5)} s] ${text}\n`);
}

/** Ends the process with one sentence that says what to do. */
export function fail(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

/** Runs a command in the project's folder with its output shown; returns whether it succeeded. */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  return status === 0;
}

/** Installs the packages of the lockfile if they are not there as it says. */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`Strideboard needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  }
  const installed = modified(join(ROOT, 'node_modules/.package-lock.json'));
  if (installed >= modified(join(ROOT, 'package-lock.json'))) return;
  step('Installing packages (a minute or two the first time) ...');
  if (!run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' })) {
    fail(
      'npm could not install the packages; its message is above. A network that reaches the npm registry is needed once.',
    );
  }
}

export const buildClient = () => build('client', 'index.html', ['client', 'shared']);
export const buildServer = () => build('server', 'main.js', ['server', 'shared', 'db', 'infra/cli'], '--ssr');

/** The built command line. */
export const CLI = join(ROOT, 'dist/server/cli.js');

/**
 * What Node is told to run the built server. Its many small changes leave much garbage behind: with a young generation of more than
 * the usual 16 MB less of it is copied about, which costs a tenth less CPU under load and evens out the delays.
 */
export const SERVER = [
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
  join(ROOT, 'dist/server/main.js'),
];

/** Builds a part if one of its sources is newer than the last build. */
function build(part, result, sources, ...flags) {
  const built = modified(join(ROOT, 'dist', part, result));
  const inputs = [...sources, 'vite.config.ts', 'package-lock.json'].map(path => join(ROOT, path));
  if (built > Math.max(...inputs.map(newest))) return;
  step(`Building the ${part} ...`);
  rmSync(join(ROOT, 'dist', part), { recursive: true, force: true });
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  if (!run(process.execPath, [vite, 'build', ...flags, '--logLevel', 'warn']))
    fail(`The ${part} could not be built; the reason is above.`);
}

/** Latest change in a file or folder, in ms since 1970. */
function newest(path) {
  if (!statSync(path).isDirectory()) return modified(path);
  // The folder's own time tells of a file that was deleted.
  return Math.max(modified(path), ...readdirSync(path).map(name => newest(join(path, name))));
}

function modified(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}
