import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LETTERS } from '#shared/stride/letters.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [light, dark] = css.split('.wa-dark {') as [string, string];

test.each([
  ['light', light],
  ['dark', dark],
])('every STRIDE letter reads with AA contrast in the %s theme', (_, theme) => {
  const ink = luminance(token(theme, 'on'));
  for (const letter of LETTERS) {
    const ground = luminance(token(theme, letter.toLowerCase()));
    const [low, high] = [ink, ground].sort((a, b) => a - b) as [number, number];
    expect((high + 0.05) / (low + 0.05), letter).toBeGreaterThanOrEqual(4.5);
  }
});

const token = (theme: string, name: string): string =>
  theme.match(new RegExp(`--stride-${name}: (#\\w{6})`))![1]!;

/** Relative luminance of a #rrggbb colour (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
