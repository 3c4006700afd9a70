import { describe, expect, test } from 'vitest';
import type { Threat } from '../document/threats.ts';
import { someThreat } from '../testing/threat.ts';
import { type Compared, likelyDuplicates } from './duplicates.ts';
import type { Letter } from './letters.ts';

let count = 0;
const threat = (title: string, stride: Letter[], target: string, more: Partial<Threat> = {}) => {
  count++;
  return someThreat({ id: `t${count}`, number: count, title, stride, target, at: count, ...more });
};

/** What a workshop on an insulin pump and its sensor might record. */
const RECORDED = [
  threat('A fake sensor feeds invented glucose readings to the phone app', ['S'], 'sensor'),
  threat('Measurements are overheard over Bluetooth', ['I'], 'ble'),
  threat('Attacker replays an old bolus command', ['T', 'S'], 'pump-link'),
  threat('Jamming the radio link stops alarms from arriving', ['D'], 'ble'),
  threat('Patient denies having confirmed a dose', ['R'], 'app'),
  threat('Unsigned firmware is installed on the pump', ['T', 'E'], 'pump'),
  threat('A nurse reads records of another ward’s patients', ['I', 'E'], 'web'),
  threat('Stolen phone gives access to the patient’s account', ['S', 'E'], 'app'),
  threat('Audit log is altered to hide a wrong dose', ['R', 'T'], 'log'),
  threat('Cloud outage leaves the clinician without data', ['D'], 'cloud'),
];

const like = (title: string, stride: Letter[], target: string, near: string[] = []): Compared => ({
  ...{ title, stride, target, near },
});
const found = (item: Compared, threats = RECORDED) => likelyDuplicates(item, threats).map(each => each.title);

describe('likely duplicates', () => {
  test.each([
    [like('Spoofed sensor sends false readings to the app', ['S'], 'sensor'), 0],
    [like('Someone pretends to be the sensor and forges glucose values', ['S'], 'ble', ['sensor', 'app']), 0],
    [like('Eavesdropping on Bluetooth measurements', ['I'], 'ble'), 1],
    [like('Glucose readings can be sniffed over the air', ['I'], 'ble'), 1],
    [like('Replay of recorded bolus commands', ['T'], 'pump-link'), 2],
    [like('Radio link is jammed', ['D'], 'ble'), 3],
    [like('Patient repudiates confirming the dose', ['R'], 'app'), 4],
    [like('Manipulated firmware installed on the pump', ['T'], 'pump'), 5],
    [like('Nurse can see patients of other wards', ['I'], 'web'), 6],
    [like('Theft of the phone gives access to the account', ['S'], 'app'), 7],
    [like('Someone edits the audit log', ['T'], 'log'), 8],
  ])('%o', (item, index) => {
    expect(found(item)[0]).toBe(RECORDED[index]!.title);
  });

  test.each([
    [like('Hard-coded password for the service port', ['E'], 'pump')],
    [like('Battery of the sensor is drained by repeated pairing', ['D'], 'sensor')],
    [like('Backup of the database is not encrypted', ['I'], 'cloud')],
    [like('Session stays open on a shared tablet', ['S'], 'web')],
    [like('Wrong patient is selected in the list', ['T'], 'web')],
    [like('', ['S'], 'sensor')],
    [like('The attacker could be someone', ['S'], 'sensor')],
  ])('none for another threat: %o', item => {
    expect(found(item)).toEqual([]);
  });

  test('the same words elsewhere and under another letter are none, unless nearly all agree', () => {
    expect(found(like('Patient denies a payment', ['R'], 'shop'))).toEqual([]);
    expect(found(like('Measurements are overheard over Bluetooth', ['T'], 'elsewhere'))).toHaveLength(1);
  });

  test('is never the threat itself, nor one that was rejected', () => {
    const [first] = RECORDED;
    expect(found({ ...like(first!.title, ['S'], 'sensor'), id: first!.id })).toEqual([]);
    expect(found(like(first!.title, ['S'], 'sensor'), [{ ...first!, status: 'rejected' }])).toEqual([]);
  });

  test('are the best three, nearest first', () => {
    const title = 'Readings are overheard over Bluetooth';
    const many = ['far', 'ble', 'sensor', 'app', 'ble'].map(target => threat(title, ['I'], target));
    const targets = likelyDuplicates(like(title, ['I'], 'ble', ['sensor', 'app']), many).map(
      ({ target }) => target,
    );
    expect(targets).toEqual(['ble', 'ble', 'sensor']);
  });

  test('are found among 1,000 threats within a frame', () => {
    const many = Array.from({ length: 1000 }, (_, i) =>
      threat(`${RECORDED[i % RECORDED.length]!.title} in ward ${i}`, ['S'], `shape:${i}`),
    );
    const item = like('Spoofed sensor sends false readings', ['S'], 'shape:20');
    likelyDuplicates(item, many);
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      likelyDuplicates(item, many);
      return performance.now() - start;
    }).sort((a, b) => a - b);
    expect(times[4]).toBeLessThan(16);
  });
});
