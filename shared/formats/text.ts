/** Text of a file, as the board takes it over. */

/**
 * Without what nobody sees: control characters, except for tabs and new lines, and halves of a surrogate pair, which can't be
 * stored.
 */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');

/** At most so many UTF-16 units, never half a character; an ellipsis says that there was more. */
export function trimText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A name or title: one line. */
export const line = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** A text of several lines. */
export const block = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, ' ')
    .trim();

/** A count of things in words: `1 abuse case`, `2 abuse cases`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
