import { expect, test } from 'vitest';
import { RULES } from './catalogue/rules.ts';
import { conditionsOf } from './rule.ts';
import { inWords } from './words.ts';

test('a condition is told by the names of the questions and of the answers', () => {
  expect(
    inWords({
      crosses_boundary: true,
      asked: 'data_flow',
      'flow.protocol': ['ble', 'nfc', 'usb'],
      'flow.authenticated': ['no', 'unknown'],
      'source.kind': 'external_entity',
      'element.role': { not: ['patient', 'clinician'] },
    }),
  ).toEqual([
    'The data flow crosses a trust boundary',
    'It is asked about a data flow',
    'Data flow, Protocol: “Bluetooth Low Energy”, “NFC” or “USB”',
    'Data flow, Authenticated: “No” or not answered',
    'Source of the flow: an external entity',
    'Element, Role: anything but “Patient” or “Clinician or healthcare provider”',
  ]);
  expect(inWords({ crosses_boundary: false })).toEqual(['The data flow crosses no trust boundary']);
  expect(inWords({})).toEqual([]);
});

test('every rule of the catalogue is told without a key or a value that only the file format knows', () => {
  const words = RULES.flatMap(conditionsOf).flatMap(inWords).join('\n');
  expect(words).not.toMatch(/_|undefined|\bunknown\b/);
});
