/** What can go wrong in the database that a caller can act on. Everything else is thrown as it came. */
import postgres from 'postgres';

/** Another process has the data directory open. */
export class DirectoryInUseError extends Error {
  override name = 'DirectoryInUseError';

  constructor(
    readonly directory: string,
    readonly pid: number,
    host: string,
    note: string,
  ) {
    super(
      `${directory} is in use by process ${pid} on ${host}. ` +
        `Stop it, or choose another DATA_DIR. If it is certainly gone, delete ${note}.`,
    );
  }
}

/** The Yjs client id belongs to another user. Nothing of the batch is stored. */
export class WriterConflictError extends Error {
  override name = 'WriterConflictError';

  constructor(
    readonly sessionId: string,
    readonly clientId: number,
  ) {
    super(`Client ${clientId} of session ${sessionId} belongs to another user.`);
  }
}

/** There is no session of that id (any more). */
export class UnknownSessionError extends Error {
  override name = 'UnknownSessionError';
}

/** A user has as many API tokens as they may. */
export class TooManyTokensError extends Error {
  override name = 'TooManyTokensError';
}

/** PostgreSQL's own error inside what Drizzle throws, or null. */
export function postgresError(error: unknown): postgres.PostgresError | null {
  if (error instanceof postgres.PostgresError) return error;
  return error instanceof Error && error.cause !== undefined ? postgresError(error.cause) : null;
}

/** Of the network, and of postgres.js for connections that are gone. */
const LOST = new Set(
  'CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT ECONNRESET ECONNREFUSED EPIPE'.split(
    ' ',
  ),
);

/** Whether the database could not be asked, or went while it was: the same may work in a moment. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // Classes 08, connection exception, and 57P, shut down or starting.
  if (typeof code === 'string' && (LOST.has(code) || /^(08|57P)/.test(code))) return true;
  return isUnreachable(error.cause);
}
