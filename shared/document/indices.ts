/** Order keys of tldraw (fractional indexing, base 62) without tldraw: for whoever writes many records at once. */
/** All keys of one and two digits: more than a board has pages. */
const MOST_TRIED = 62 + 62 * 62;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The n-th key from zero: each sorts after the one before, and others fit between any two. */
export function indexAt(n: number): string {
  let rest = n;
  for (let length = 1; ; length++) {
    const keys = DIGITS.length ** length;
    if (rest < keys) return String.fromCharCode(96 + length) + inBase62(rest, length);
    rest -= keys;
  }
}

function inBase62(n: number, length: number): string {
  let text = '';
  for (let rest = n; text.length < length; rest = Math.floor(rest / DIGITS.length)) {
    text = DIGITS[rest % DIGITS.length] + text;
  }
  return text;
}

/** The first of the keys above that sorts after another; for one beyond them all, a longer one. */
export function indexAfter(last: string): string {
  for (let n = 0; n < MOST_TRIED; n++) if (indexAt(n) > last) return indexAt(n);
  return `${last}V`;
}
