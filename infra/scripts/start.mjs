/** npm start: installs what is missing, builds what changed, serves. */
import { buildClient, installPackages, step } from './prepare.mjs';

installPackages();
buildClient();
step('Starting the server ...');
const { register } = await import('tsx/esm/api');
register();
await import('../../server/main.ts');
