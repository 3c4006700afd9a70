/** Texts of files, fit to be shown: no control characters, lines that end alike. */

/** A name or title: one line. */
export const line = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** A text of several lines. */
export const block = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, ' ')
    .trim();
