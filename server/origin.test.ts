import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origin.ts';

const own = (headers: Record<string, string>, publicUrl?: string) =>
  isOwnOrigin(new Headers(headers), publicUrl);

describe('E4 a request is of this server’s own pages', () => {
  it.each([
    { host: 'threats.example.org' },
    { host: 'threats.example.org', origin: 'https://threats.example.org' },
    { host: 'Threats.Example.org:443', origin: 'https://threats.example.org' },
    { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' },
    { host: '[::1]:3000', origin: 'http://[::1]:3000' },
    {
      host: 'strideboard:3000',
      'x-forwarded-host': 'threats.example.org',
      origin: 'https://threats.example.org',
    },
    { host: 'strideboard:3000', 'x-forwarded-host': 'a.org, inner', origin: 'https://a.org' },
  ] as Record<string, string>[])('%j', headers => expect(own(headers)).toBe(true));

  it('when it comes from PUBLIC_URL, whatever the proxy makes of Host', () => {
    expect(own({ host: 'inner', origin: 'https://a.org' }, 'https://a.org')).toBe(true);
  });
});

describe('E4 a request is foreign', () => {
  it.each([
    { host: '127.0.0.1:3000', origin: 'https://evil.example' },
    { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3001' },
    { host: '127.0.0.1:3000', origin: 'http://localhost:3000' },
    { host: '127.0.0.1:3000', origin: 'null' },
    { host: '127.0.0.1:3000', origin: '' },
    { host: 'a.org', origin: 'https://a.org.evil.example' },
    { host: 'a.org', origin: 'a.org' },
    { host: 'a.org/evil.example', origin: 'https://evil.example' },
    { origin: 'https://evil.example' },
  ] as Record<string, string>[])('%j', headers => {
    expect(own(headers)).toBe(false);
    expect(own(headers, 'https://a.org')).toBe(false);
  });
});
