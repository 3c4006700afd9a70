/**
 * Deepest nesting of YAML that is read at all, in levels. The parser calls itself for each level, and the engine ends the whole
 * process, past every `catch`, when it runs out of stack at a bad moment: so depth is judged before anything is parsed.
 */
const MOST_DEEP = 100;

/** Dashes, question marks and colons of block collections that begin on one line. */
const ON_ONE_LINE = /^[ \t]*(?:[-?:][ \t]+){100}/m;

/**
 * Whether a text may be nested too deeply to be parsed. It looks at brackets and indentation alone, wherever they stand: a text
 * with a hundred unclosed brackets in its words is refused as well.
 */
export function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth > 0) depth--;
    if (depth > MOST_DEEP) return true;
  }
  if (ON_ONE_LINE.test(text)) return true;
  // Each level of a block that spans lines is indented further.
  return indentsOf(text) > MOST_DEEP;
}

/** How many different indentations stand inside of each other at most. */
function indentsOf(text: string): number {
  const open: number[] = [];
  let most = 0;
  for (const [indent] of text.matchAll(/^ +(?=\S)/gm)) {
    while (open.length > 0 && open.at(-1)! >= indent.length) open.pop();
    open.push(indent.length);
    most = Math.max(most, open.length);
  }
  return most;
}
