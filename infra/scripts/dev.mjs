/** npm run dev: the client reloads by Vite on the usual address, the server restarts on change behind it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installPackages, ROOT, step } from './prepare.mjs';

installPackages();
const port = Number(process.env.PORT ?? 3000);
const serverPort = port + 1;
const env = { ...process.env, PORT: String(serverPort), STRIDEBOARD_DEV_SERVER: String(serverPort) };
const bin = path => join(ROOT, 'node_modules', path);
const start = (...args) => spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });

step(`Client on http://127.0.0.1:${port} (reloads), server behind it on ${serverPort} (restarts)`);
const children = [
  start(bin('tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'server/main.ts'),
  start(bin('vite/bin/vite.js'), '--host', '127.0.0.1', '--port', String(port), '--strictPort'),
];
const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
for (const child of children) child.on('exit', stop);
