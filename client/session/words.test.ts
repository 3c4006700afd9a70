import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readModel } from '#shared/dfd/read-model.ts';
import { readRecords } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import type { CauseChange, SuggestionCause } from '#shared/document/threats.ts';
import { CATALOGUE, Catalogue } from '#shared/stride/catalogue.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { thingsOf } from './things.ts';
import { changeInWords, titleOf, type Words, whyHere } from './words.ts';

const doc = new Y.Doc();
Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Patch', method: 'per-crossing' }));
const things = thingsOf(readModel(readRecords(root(doc, 'board'))));

const BLUETOOTH = 'shape:f-bluetooth';
const SIGNAL = 'shape:f-signal';
const BOUNDARY = 'shape:b-sensor';

const why = (more: Partial<SuggestionCause> = {}) => ({
  target: 'shape:sensor',
  why: { part: 'endpoint' as const, flows: [], boundaries: [], facts: [], ...more },
});
const flat = (words: Words) => words.map(word => (typeof word === 'string' ? word : word.name)).join('');
const texts = (more: Partial<SuggestionCause>) => whyHere(why(more), things).map(flat);

describe('why something is suggested here', () => {
  test('is what was answered and what was not, in the labels of the vocabulary', () => {
    expect(
      texts({
        facts: [
          [BLUETOOTH, 'authenticated', 'unknown'],
          [BLUETOOTH, 'protocol', 'ble'],
          [BLUETOOTH, 'payload', 'telemetry,phi'],
        ],
      }),
    ).toEqual([
      'Measurements by Bluetooth: Authenticated – not answered',
      'Measurements by Bluetooth: Protocol – Bluetooth Low Energy',
      'Measurements by Bluetooth: Payload – Measurements, Patient data',
    ]);
  });

  test('names the boundaries that its flows cross, and each name leads to the thing', () => {
    const [crossing] = whyHere(why({ flows: [BLUETOOTH], boundaries: [BOUNDARY] }), things);
    expect(crossing).toEqual([
      { id: BLUETOOTH, name: 'Measurements by Bluetooth' },
      ' crosses ',
      { id: BOUNDARY, name: 'Wearable sensor' },
    ]);
  });

  test('is one line for several flows of which the same is known', () => {
    expect(
      texts({
        flows: [BLUETOOTH, SIGNAL],
        boundaries: [BOUNDARY],
        facts: [
          [BLUETOOTH, 'authenticated', 'no'],
          [SIGNAL, 'authenticated', 'no'],
        ],
      }),
    ).toEqual([
      'Measurements by Bluetooth, Physiological signal: Authenticated – No',
      'Measurements by Bluetooth, Physiological signal cross Wearable sensor',
    ]);
  });

  test('is the kind of thing when nothing else made it fire', () => {
    expect(texts({})).toEqual(['Sensor: asked of every process']);
  });

  test('a thing that is gone is named as such and leads nowhere', () => {
    expect(whyHere(why({ facts: [['shape:gone', 'encrypted', 'no']] }), things)).toEqual([
      [{ id: null, name: 'something deleted' }, ': encrypted – no'],
    ]);
  });
});

describe('what changed since something was judged', () => {
  const said = (change: CauseChange | null, flows = [BLUETOOTH]) =>
    flat(changeInWords({ ...why({ flows }), change }, things, CATALOGUE));

  test.each<[CauseChange | null, string]>([
    [{ what: 'gone' }, 'what it is about was deleted.'],
    [{ what: 'flow-gone' }, 'a data flow that it was suggested for was deleted.'],
    [
      { what: 'answered', on: BLUETOOTH, key: 'authenticated', was: 'unknown', is: 'yes' },
      'Measurements by Bluetooth: Authenticated was “not answered” and is now “Yes”.',
    ],
    [{ what: 'no-crossing' }, 'Measurements by Bluetooth crosses no trust boundary any more.'],
    [
      { what: 'specific', rule: 'GEN-T' },
      `something more specific is suggested in its place: ${CATALOGUE.title('GEN-T')}.`,
    ],
    [{ what: 'rule-off' }, 'its rule is switched off, or no longer in the catalogue.'],
    [{ what: 'method' }, 'the method of this session does not ask for it.'],
    [null, 'its cause is gone.'],
  ])('%o', (change, words) => expect(said(change)).toBe(words));

  test('several flows that cross nothing any more are all named', () => {
    expect(said({ what: 'no-crossing' }, [BLUETOOTH, SIGNAL])).toBe(
      'Measurements by Bluetooth, Physiological signal cross no trust boundary any more.',
    );
  });
});

test('a rule that the session switched off is still called by its title', () => {
  expect(titleOf('GEN-T', new Catalogue([]))).toBe(CATALOGUE.title('GEN-T'));
  expect(titleOf('OWN-1', new Catalogue([]))).toBe('OWN-1');
});
