/** npm test: installs what is missing, checks types and style, and runs every test; arguments go to vitest. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildClient, buildServer, installPackages, ROOT, run, step } from './prepare.mjs';
import { findRedis } from './redis.mjs';

installPackages();
const { findChromium } = await import('./chromium.mjs');
const env = { ...process.env, CHROMIUM_PATH: await findChromium(), REDIS_SERVER_PATH: findRedis() };
const tool = (path, ...args) => run(process.execPath, [join(ROOT, 'node_modules', path), ...args], { env });

step('Checking types ...');
const typed = tool('typescript/bin/tsc', '--noEmit');
step('Checking style ...');
const styled = tool('@biomejs/biome/bin/biome', 'check', '.');
buildClient();
buildServer();

step('Running the tests ...');
const report = join(ROOT, '.cache/test-report.json');
mkdirSync(join(ROOT, '.cache'), { recursive: true });
rmSync(report, { force: true });
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const finished = tool('vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2));

const { success, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
  readFileSync(report, 'utf8'),
);
// The exit code and the report must both say so: a hook of some dependency can spoil the one, a crash the other.
const green = finished && success;
// A file that fails to load, a type error or a style error counts as one failure each: never "0 failed" with a red run.
const broken = Number(!typed) + Number(!styled) + Number(!green && numFailedTests === 0);
process.stdout.write(
  `\n${numPassedTests} passed, ${numFailedTests + broken} failed, ${numPendingTests + numTodoTests} skipped\n`,
);
process.exit(green && broken === 0 ? 0 : 1);
