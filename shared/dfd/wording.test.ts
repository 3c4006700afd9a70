import { describe, expect, it } from 'vitest';
import type { Attributes } from './attributes.ts';
import { isVague, seemsToCarry } from './wording.ts';

const flow = (name: string, payload?: string[]) => ({
  ...{
    id: 'f',
    page: 'p',
    name,
    description: '',
    source: 'a',
    target: 'b',
    bidirectional: false,
    crosses: [],
  },
  attributes: (payload ? { payload } : {}) as Attributes,
});

describe('a claim of protection', () => {
  it.each(['Encrypted upload', 'Secure channel', 'Hash check', 'Signed firmware', 'Verified update'])(
    '“%s” does not say how',
    name => expect(isVague({ name, description: '' })).toBe(true),
  );
  it.each([
    ['Upload over TLS 1.3', ''],
    ['Encrypted upload', 'AES-256-GCM, key per device'],
    ['Signed firmware (ECDSA P-256)', ''],
    ['Measurements', ''],
    ['Security officer', ''],
    ['Checkout desk', ''],
  ])('“%s” %s claims nothing, or says how', (name, description) =>
    expect(isVague({ name, description })).toBe(false),
  );
});

describe('a flow of high value', () => {
  it.each([
    ['Login', 'credentials'],
    ['Set point', 'commands'],
    ['Firmware update', 'firmware'],
    ['Patient data', 'phi'],
    ['Alarms', 'alarms'],
    ['Restore from backup', 'backup'],
  ])('“%s” ought to be marked', (name, payload) => {
    expect(seemsToCarry(flow(name))).toContain(payload);
    expect(seemsToCarry(flow(name, [payload]))).toBeNull();
    expect(seemsToCarry(flow(name, ['time']))).toContain(payload);
  });
  it('one of no such words is none', () => expect(seemsToCarry(flow('Status display'))).toBeNull());
  it('one of two such words needs both marks', () => {
    expect(seemsToCarry(flow('Login and alarms', ['credentials']))).toEqual(['alarms']);
    expect(seemsToCarry(flow('Login and alarms', ['credentials', 'alarms']))).toBeNull();
  });
});
