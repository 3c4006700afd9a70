/** What the operator sets: environment variables, read once. README.md lists them for people. */
import { z } from 'zod';
import { DEFAULT_LIMITS, type Limits } from './sync/limits.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const limit = (name: keyof Limits) =>
  [z.coerce.number().int().min(1).default(DEFAULT_LIMITS[name]), 'a whole number above 0'] as const;

/** Each variable with the end of the sentence "NAME must be ..." for when it is not. */
const VARIABLES = {
  HOST: [z.string().default('127.0.0.1'), 'a host name or address to listen on'],
  PORT: [z.coerce.number().int().min(0).max(65_535).default(3000), 'a port number from 0 to 65535'],
  DATA_DIR: [z.string().default('./data'), 'a folder'],
  DATABASE_URL: [
    z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    'the address of a PostgreSQL, like postgres://user:password@host/database',
  ],
  REDIS_URL: [
    z
      .string()
      .regex(/^rediss?:\/\//)
      .optional(),
    'the address of a Redis or Valkey, like redis://host:6379',
  ],
  PUBLIC_URL: [
    z
      .string()
      .refine(isOrigin)
      .transform(url => new URL(url).origin)
      .optional(),
    'the address people use, like https://threats.example.org, without a path',
  ],
  AUTH_SECRET: [z.string().min(32).optional(), 'at least 32 characters long'],
  RULES_FILE: [z.string().optional(), 'a YAML file of rules'],
  LOG_LEVEL: [z.enum(LOG_LEVELS).default('info'), `one of ${LOG_LEVELS.join(', ')}`],
  MAX_FRAME_BYTES: limit('frameBytes'),
  MAX_MESSAGES_PER_SECOND: limit('messagesPerSecond'),
  MAX_QUEUE_BYTES: limit('queueBytes'),
  MAX_CONNECTIONS_PER_SESSION: limit('connectionsPerSession'),
  MAX_CONNECTIONS_PER_ADDRESS: limit('connectionsPerAddress'),
  MAX_DOCUMENT_BYTES: limit('documentBytes'),
} as const satisfies Record<string, readonly [z.ZodType, string]>;

export interface Config {
  host: string;
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** Without it the embedded database is used. */
  databaseUrl?: string | undefined;
  /** Over which several nodes hear each other; they share the database of `databaseUrl`. */
  redisUrl?: string | undefined;
  /** An origin, without a slash at its end. Set, it also says that a proxy stands in front: see addressOf in origin.ts. */
  publicUrl?: string | undefined;
  /** Without it one is made once and kept in the database. */
  authSecret?: string | undefined;
  /** Rules for every session beside the project's. */
  rulesFile?: string | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
  limits: Limits;
}

/** A variable that can't be used; the message is one sentence that names it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * @param env usually `process.env`; an empty variable counts as not set
 * @throws {ConfigError} on the first variable that can't be used
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const read = <Name extends keyof typeof VARIABLES>(name: Name) => {
    const [schema, what] = VARIABLES[name];
    const result = schema.safeParse(env[name]?.trim() || undefined);
    // The value is not repeated: it may be a password.
    if (!result.success) throw new ConfigError(`${name} must be ${what}.`);
    return result.data as z.output<(typeof VARIABLES)[Name][0]>;
  };
  const databaseUrl = read('DATABASE_URL');
  const redisUrl = read('REDIS_URL');
  // Several nodes over the embedded database would each have their own sessions.
  if (redisUrl && !databaseUrl) throw new ConfigError('REDIS_URL needs a DATABASE_URL that the nodes share.');
  return {
    host: read('HOST'),
    port: read('PORT'),
    dataDir: read('DATA_DIR'),
    databaseUrl,
    redisUrl,
    publicUrl: read('PUBLIC_URL'),
    authSecret: read('AUTH_SECRET'),
    rulesFile: read('RULES_FILE'),
    logLevel: read('LOG_LEVEL'),
    limits: {
      frameBytes: read('MAX_FRAME_BYTES'),
      messagesPerSecond: read('MAX_MESSAGES_PER_SECOND'),
      queueBytes: read('MAX_QUEUE_BYTES'),
      connectionsPerSession: read('MAX_CONNECTIONS_PER_SESSION'),
      connectionsPerAddress: read('MAX_CONNECTIONS_PER_ADDRESS'),
      documentBytes: read('MAX_DOCUMENT_BYTES'),
    },
  };
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash;
}
