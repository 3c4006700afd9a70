/** The server's process: reads the environment, serves until it is told to stop. */
import { DirectoryInUseError } from '#db/errors.ts';
import { ConfigError, readConfig } from './config.ts';
import { startServer } from './start.ts';

try {
  const config = readConfig(process.env);
  const server = await startServer(config);
  const database = config.databaseUrl ? 'PostgreSQL' : `the embedded database in ${config.dataDir}`;
  process.stdout.write(`Strideboard is on ${server.url} (${database})\n`);

  const stop = async () =>
    process.exit(
      await server.close().then(
        () => 0,
        () => 1,
      ),
    );
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => (++signals > 1 ? process.exit(1) : stop()));
  }
  // By the process that started it, which was told to stop or is gone.
  process.on('disconnect', stop);
  if (process.connected === false) void stop();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** One line for what a person can mend; the whole error for what they can't. */
function explain(error: unknown): string {
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Set PORT to another.`;
  if (error instanceof ConfigError || error instanceof DirectoryInUseError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
