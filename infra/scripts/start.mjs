/** npm start: installs what is missing, builds what changed, serves. */
import { fork } from 'node:child_process';
import { buildClient, buildServer, installPackages, SERVER, step } from './prepare.mjs';

installPackages();
buildClient();
buildServer();
step('Starting the server ...');
const [entry, ...flags] = SERVER.toReversed();
const server = fork(entry, { execArgv: flags });
// The server stops when it is let go of. A signal to it as well, as Ctrl-C sends one to both, would be its second: stop at once.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.connected && server.disconnect());
server.on('exit', code => process.exit(code ?? 1));
