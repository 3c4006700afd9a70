/** Finds a Chromium for the browser tests, or gets one. */
import { existsSync } from 'node:fs';
import { fail, run, step } from './prepare.mjs';
import { commands, install, named, which } from './software.mjs';

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
const PACKAGES = { 'apt-get': 'chromium', dnf: 'chromium', apk: 'chromium' };

/** @returns the path of a Chromium that can be started; ends the process when there is none to be had */
export async function findChromium() {
  return (await present()) ?? (await fetched()) ?? missing();
}

async function present() {
  const found = named('CHROMIUM_PATH') ?? which(...NAMES) ?? PLACES.find(existsSync);
  return found ?? (await fromPlaywright());
}

/** Who may use a package manager takes its package; everybody else can take Playwright's build. */
async function fetched() {
  install('Chromium', PACKAGES);
  const path = which(...NAMES);
  if (path) return path;
  step('Installing Chromium (Playwright) ...');
  run('npx', ['playwright-core', 'install', 'chromium'], { shell: process.platform === 'win32' });
  return fromPlaywright();
}

async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

function missing() {
  return fail(
    `The browser tests need Chromium, and none could be found or installed. Install it (${commands(PACKAGES)}, or ` +
      'npx playwright-core install --with-deps chromium), or set CHROMIUM_PATH to one.',
  );
}
