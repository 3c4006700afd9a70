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
    ['Secure element', ''],
    ['Secure boot', 'part of the chip'],
    ['Encryption keys', ''],
    ['Health check', ''],
    ['Self check', 'at each start'],
    ['Self-check', ''],
    ['Check-in', ''],
  ])('“%s” %s claims nothing, or says how', (name, description) =>
    expect(isVague({ name, description })).toBe(false),
  );
});

describe('a thing that is named with such a word', () => {
  it.each([
    ['Secure element', 'signed and verified'],
    ['Encrypted encryption keys', ''],
    ['Secure check-in', ''],
  ])('does not excuse the claim beside it: “%s” %s', (name, description) =>
    expect(isVague({ name, description })).toBe(true),
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
  it.each(['Remote control', 'Control commands', 'Control signals'])('“%s” speaks of commands', name =>
    expect(seemsToCarry(flow(name))).toContain('commands'),
  );
  it.each(['Status display', 'Status updates', 'status-update', 'Quality control', 'Access control list'])(
    '“%s” has no such word',
    name => expect(seemsToCarry(flow(name))).toBeNull(),
  );
  it('updates of another kind than the status are asked about', () =>
    expect(seemsToCarry(flow('Status and software updates'))).toEqual(['firmware']));
  it('one of two such words needs one of their marks', () => {
    expect(seemsToCarry(flow('Login and alarms'))).toEqual(['credentials', 'alarms']);
    expect(seemsToCarry(flow('Login and alarms', ['time']))).toEqual(['credentials', 'alarms']);
    expect(seemsToCarry(flow('Login and alarms', ['credentials']))).toBeNull();
    expect(seemsToCarry(flow('Login and alarms', ['alarms']))).toBeNull();
  });
});
