/** Finds a Redis or Valkey server for the tests of several nodes, or gets one. */
import { fail } from './prepare.mjs';
import { commands, install, named, which } from './software.mjs';

const NAMES = ['redis-server', 'valkey-server'];
const PACKAGES = { 'apt-get': 'redis-server', dnf: 'valkey', apk: 'valkey', brew: 'valkey' };

/**
 * The service that a package may start with it does not matter: the tests start their own server, on a free port.
 * @returns the path of a server that can be started, undefined when REDIS_URL_TEST names a running one; ends the process when
 * there is none to be had
 */
export function findRedis() {
  if (process.env.REDIS_URL_TEST) return;
  return named('REDIS_SERVER_PATH') ?? which(...NAMES) ?? installed() ?? missing();
}

function installed() {
  install('Redis', PACKAGES);
  return which(...NAMES);
}

function missing() {
  return fail(
    'The tests of several nodes need a Redis or Valkey server, and none could be found or installed. Install one ' +
      `(${commands(PACKAGES)}), or set REDIS_SERVER_PATH to its program, or REDIS_URL_TEST to a running one that tests may use.`,
  );
}
