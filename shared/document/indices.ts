/** Order keys of tldraw (fractional indexing, base 62) without tldraw: for whoever writes many records at once. */
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

/** Most digits of a whole number that are reckoned with: 62 to the power of 8 keys, more than anybody makes. */
const MOST_DIGITS = 8;

/** A key's whole number: a head that says how many digits follow, from `a` up and from `Z` down below zero. */
const WHOLE = /^([a-h]|[S-Z])([0-9A-Za-z]*)$/;

/** Whether it is a key that others can be put above and below. */
export function isIndex(key: string): boolean {
  const [, head, rest = ''] = WHOLE.exec(key) ?? [];
  return head !== undefined && rest.length >= digitsOf(head);
}

const digitsOf = (head: string): number => (head >= 'a' ? head.charCodeAt(0) - 96 : 91 - head.charCodeAt(0));

/** A key above another, or the first one; above what is no key (see {@link isIndex}) a longer one. */
export function indexAbove(key: string | undefined): string {
  if (!key) return indexAt(1);
  return isIndex(key) ? step(key, 1) : `${key}V`;
}

/** A key below another, or the first one; see {@link isIndex}. */
export const indexBelow = (key: string | undefined): string => (key ? step(key, -1) : indexAt(1));

function step(key: string, by: 1 | -1): string {
  const head = key[0]!;
  const length = digitsOf(head);
  const digits = [...key.slice(1, length + 1)].map(digit => DIGITS.indexOf(digit));
  for (let i = length - 1; i >= 0; i--) {
    const digit = digits[i]! + by;
    digits[i] = (digit + DIGITS.length) % DIGITS.length;
    if (digit >= 0 && digit < DIGITS.length) return head + digits.map(each => DIGITS[each]).join('');
  }
  // Through zero from one digit to one digit, else one digit more or less.
  const next = head === 'Z' && by === 1 ? 'a' : head === 'a' && by === -1 ? 'Z' : shifted(head, by);
  const count = digitsOf(next);
  if (count > MOST_DIGITS) return by === 1 ? `${key}V` : key;
  return next + (by === 1 ? DIGITS[0]! : DIGITS.at(-1)!).repeat(count);
}

const shifted = (letter: string, by: number): string => String.fromCharCode(letter.charCodeAt(0) + by);
