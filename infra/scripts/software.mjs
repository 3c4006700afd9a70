/** Programs that the tests stand on and npm does not bring: found, or installed with the machine's package manager. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail, run, step } from './prepare.mjs';

/** How each package manager installs a package without asking; all but brew want root. */
const MANAGERS = {
  'apt-get': ['install', '-y'],
  dnf: ['install', '-y'],
  apk: ['add'],
  brew: ['install'],
};

/** @returns the path of the first of these programs that is on the PATH, if one is */
export function which(...names) {
  const command = process.platform === 'win32' ? 'where' : 'which';
  for (const name of names) {
    const { status, stdout } = spawnSync(command, [name], { encoding: 'utf8' });
    if (status === 0) return stdout.split('\n')[0].trim();
  }
}

/** @returns the path that an environment variable names, if it is set */
export function named(variable) {
  const path = process.env[variable];
  if (path && !existsSync(path)) fail(`${variable} names ${path}, which is not there.`);
  return path || undefined;
}

/**
 * Installs a program with the machine's package manager, when it has one of these and this user may use it.
 * @param packages the package's name with each manager
 */
export function install(title, packages) {
  const manager = Object.keys(packages).find(name => which(name));
  if (!manager || (manager !== 'brew' && process.getuid?.() !== 0)) return;
  step(`Installing ${title} (${manager}) ...`);
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  if (manager === 'apt-get') run(manager, ['update'], quiet);
  run(manager, [...MANAGERS[manager], packages[manager]], quiet);
}

/** The commands of `install`, for a person. */
export const commands = packages =>
  Object.entries(packages)
    .map(([manager, name]) => `${manager} ${MANAGERS[manager][0]} ${name}`)
    .join(', ');
