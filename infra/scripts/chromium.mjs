/** Finds a Chromium for the browser tests, or gets one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail, run, step } from './prepare.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns the path of a Chromium that can be started; ends the process when there is none to be had */
export async function findChromium() {
  return (await present()) ?? (await fetched()) ?? missing();
}

async function present() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : fail(`CHROMIUM_PATH names ${named}, which is not there.`);
  const found = NAMES.map(which).find(Boolean) ?? PLACES.find(existsSync);
  return found ?? (await fromPlaywright());
}

/** Debian and its kin as root have it as a package; everybody else can take Playwright's build. */
async function fetched() {
  const root = process.getuid?.() === 0;
  if (root && which('apt-get')) {
    step('Installing Chromium (apt-get) ...');
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    if (run('apt-get', ['update'], quiet) && run('apt-get', ['install', '-y', 'chromium'], quiet)) {
      const path = which('chromium');
      if (path) return path;
    }
  }
  step('Installing Chromium (Playwright) ...');
  run('npx', ['playwright-core', 'install', 'chromium'], { shell: process.platform === 'win32' });
  return fromPlaywright();
}

async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

function which(name) {
  const { status, stdout } = spawnSync(process.platform === 'win32' ? 'where' : 'which', [name], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.split('\n')[0].trim() : undefined;
}

function missing() {
  return fail(
    'The browser tests need Chromium, and none could be found or installed. Install it (on Debian: apt-get install chromium; ' +
      'elsewhere: npx playwright-core install --with-deps chromium), or set CHROMIUM_PATH to one.',
  );
}
