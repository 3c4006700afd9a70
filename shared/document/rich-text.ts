/** Text of notes, as tldraw's labels hold it: a paragraph for each line. */
import type { Json } from './board.ts';

export function richText(text: string): Json {
  const paragraph = (line: string): Json => ({
    type: 'paragraph',
    ...(line !== '' && { content: [{ type: 'text', text: line }] }),
  });
  return { type: 'doc', content: text.split('\n').map(paragraph) };
}

/** The words alone, whatever people may have written there. */
export function plainText(value: Json | undefined): string {
  const listed = (node: Json | undefined): Json[] => {
    const content = node && typeof node === 'object' && !Array.isArray(node) ? node.content : undefined;
    return Array.isArray(content) ? content : [];
  };
  const wordsOf = (node: Json): string => {
    const text = node && typeof node === 'object' && !Array.isArray(node) ? node.text : undefined;
    return typeof text === 'string' ? text : '';
  };
  return listed(value)
    .map(paragraph => listed(paragraph).map(wordsOf).join(''))
    .join('\n')
    .trim();
}
