import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { DEFAULT_LIMITS } from './sync/limits.ts';

describe('the configuration', () => {
  it('has a default for everything that needs one', () => {
    expect(readConfig({})).toEqual({
      ...{ host: '127.0.0.1', port: 3000, dataDir: './data', logLevel: 'info' },
      limits: DEFAULT_LIMITS,
    });
  });
  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', AUTH_SECRET: ' ' }).port).toBe(3000);
  });
  it('reads what is set', () => {
    const env = {
      ...{ PORT: '0', PUBLIC_URL: 'https://threats.example.org/', MAX_QUEUE_BYTES: '1000' },
      ...{ DATABASE_URL: 'postgres://h/d', REDIS_URL: 'redis://h' },
    };
    expect(readConfig(env)).toMatchObject({
      ...{ port: 0, publicUrl: 'https://threats.example.org', limits: { queueBytes: 1000 } },
      ...{ databaseUrl: 'postgres://h/d', redisUrl: 'redis://h' },
    });
  });
  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '30.5'],
    ['DATABASE_URL', 'mysql://h/d'],
    ['PUBLIC_URL', 'threats.example.org'],
    ['PUBLIC_URL', 'https://example.org/threats'],
    ['PUBLIC_URL', 'ftp://example.org'],
    ['AUTH_SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['REDIS_URL', 'http://h'],
    ['MAX_DOCUMENT_BYTES', '0'],
    ['MAX_MESSAGES_PER_SECOND', 'many'],
  ])('refuses %s=%s in one sentence that names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be .+\\.$`));
  });
  it('refuses several nodes over the embedded database, where each would have its own sessions', () => {
    expect(() => readConfig({ REDIS_URL: 'redis://h' })).toThrow('REDIS_URL needs a DATABASE_URL');
  });
  it('does not repeat a secret that it refuses', () => {
    expect(() => readConfig({ AUTH_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
