import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSound } from '../testing/sound.ts';
import { FormatError, type Reading } from '../threat-model.ts';
import { bytesOf, readText, SMALL } from './testing.ts';

describe('what is no sound model of the Microsoft Threat Modeling Tool', () => {
  it.each([
    ['a template', '<?xml version="1.0"?>\n<KnowledgeBase><Manifest name="x"/></KnowledgeBase>', 'template'],
    ['an entity bomb', '<!DOCTYPE ThreatModel [<!ENTITY a "a">]><ThreatModel>&a;</ThreatModel>', 'DOCTYPE'],
    ['a model without diagrams', '<ThreatModel/>', 'no diagrams'],
    ['another XML', '<svg/>', 'no threat model of a known format'],
    ['deep nesting', `<ThreatModel>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</ThreatModel>`, 'levels deep'],
  ])('is refused in words: %s', (_, text, words) => {
    expect(() => readText(text)).toThrow(FormatError);
    expect(() => readText(text)).toThrow(words);
  });

  it('is refused wherever it was cut off', () => {
    const whole = bytesOf(SMALL);
    const end = new TextDecoder().decode(whole).trimEnd().length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end - 1 }), length => {
        expect(() => readText(whole.subarray(0, length))).toThrow(FormatError);
      }),
      { numRuns: 100 },
    );
  });

  it.each(['MTMT_example', 'MTMT_nested_tz', 'SDL_all_components'])(
    'is refused when %s was cut off',
    name => {
      const whole = bytesOf(name);
      for (const part of [0.001, 0.02, 0.5, 0.999])
        expect(() => readText(whole.subarray(0, Math.floor(whole.length * part)))).toThrow(FormatError);
    },
  );

  it('gives a sound model or a FormatError, whatever was changed', () => {
    const whole = new TextDecoder().decode(bytesOf(SMALL));
    const pieces = [
      '',
      '<',
      '>',
      '"',
      '&',
      '/',
      '<a>',
      '</a>',
      '\u0000',
      '9'.repeat(400),
      '-',
      '__proto__',
      '<a:Value/>',
    ];
    const change = fc.tuple(fc.nat(whole.length), fc.nat(60), fc.constantFrom(...pieces));
    const tokens = [...new Set(whole.match(/[\w.-]{3,}/g))];
    const swap = fc.tuple(
      fc.constantFrom(...tokens),
      fc.constantFrom(...tokens, '', '-1', 'NaN', 'toString'),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 2 }), fc.array(swap, { maxLength: 3 }), (changes, swaps) => {
        let text = whole;
        for (const [from, to] of swaps) text = text.replaceAll(`>${from}<`, `>${to}<`);
        for (const [at, length, piece] of changes) text = text.slice(0, at) + piece + text.slice(at + length);
        let reading: Reading;
        try {
          reading = readText(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        expectSound(reading.model);
      }),
      { numRuns: 200 },
    );
  });
});
