#!/usr/bin/env node
/** The command line, built when it is not: `npx strideboard help`. */
import { spawnSync } from 'node:child_process';
import { buildServer, CLI, installPackages } from '../scripts/prepare.mjs';

installPackages();
buildServer();
const { status } = spawnSync(process.execPath, [CLI, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
