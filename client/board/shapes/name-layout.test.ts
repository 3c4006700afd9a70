import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINE_HEIGHT, layOutName } from './name-layout.ts';

const measure = (text: string) => text.length * 0.5;

describe('a name in its shape', () => {
  it('stands on one line at full size where it fits', () => {
    expect(layOutName('Pump', 100, 50, measure)).toEqual({ fontSize: 16, lines: ['Pump'] });
  });

  it('wraps between words', () => {
    expect(layOutName('Infusion pump controller', 100, 80, measure).lines).toEqual([
      'Infusion',
      'pump',
      'controller',
    ]);
  });

  it('shrinks before it breaks a word', () => {
    const { fontSize, lines } = layOutName('Electrocardiogram', 100, 80, measure);
    expect(lines).toEqual(['Electrocardiogram']);
    expect(fontSize).toBe(11);
  });

  it('keeps the line breaks that somebody typed', () => {
    expect(layOutName('a\nb', 100, 80, measure).lines).toEqual(['a', 'b']);
  });

  it('never loses a letter, and stays within the box unless even the smallest size is too large', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 20, max: 300 }), (name, width) => {
        const { fontSize, lines } = layOutName(name, width, 100, measure);
        expect(lines.join('').replace(/\s/g, '')).toBe(name.replace(/\s/g, ''));
        if (fontSize > 6) {
          expect(lines.length * fontSize * LINE_HEIGHT).toBeLessThanOrEqual(100);
          for (const line of lines) expect(measure(line) * fontSize).toBeLessThanOrEqual(width + 1e-6);
        }
      }),
    );
  });
});
