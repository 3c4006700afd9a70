import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything that needs one', () => {
    expect(readConfig({})).toEqual({ host: '127.0.0.1', port: 3000, dataDir: './data', logLevel: 'info' });
  });
  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', AUTH_SECRET: ' ' }).port).toBe(3000);
  });
  it('reads what is set', () => {
    const env = { PORT: '0', PUBLIC_URL: 'https://threats.example.org/', DATABASE_URL: 'postgres://h/d' };
    expect(readConfig(env)).toMatchObject({
      port: 0,
      publicUrl: 'https://threats.example.org',
      databaseUrl: 'postgres://h/d',
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
  ])('refuses %s=%s in one sentence that names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be .+\\.$`));
  });
  it('does not repeat a secret that it refuses', () => {
    expect(() => readConfig({ AUTH_SECRET: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
