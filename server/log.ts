import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Ids and codes, never content: no titles, names, threats or tokens.
 * @param destination for tests; standard output otherwise
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, serializers: { error: describeError }, redact: ['token', 'ticket', 'headers'] };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * The parts of an error that are safe to keep. Drizzle puts a query's parameters into its message, and PostgreSQL the offending
 * row into its `detail`: titles, names and invitation tokens.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '', cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: name,
    message: message.split('\nparams:')[0],
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: stack
      .split('\n')
      .filter(line => /^\s+at /.test(line))
      .join('\n'),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
