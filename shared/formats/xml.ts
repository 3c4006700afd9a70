/** XML that somebody brought, as a plain tree: no document type, no entities but the five of XML itself, no deep nesting. */
import { XMLParser } from 'fast-xml-parser';
import { FormatError } from './threat-model.ts';

export interface XmlElement {
  /** Without the prefix of its namespace, like the names of its attributes. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** All text directly in it, untrimmed. */
  text: string;
}

/** Deepest nesting, in elements: real files stay under 30. */
const MAX_DEPTH = 100;
const CDATA = '#cdata';
const TEXT = '#text';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: CDATA,
  maxNestedTags: MAX_DEPTH,
});

/** What stands before the root element: a declaration, instructions, comments, a document type. */
const PROLOG = /\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->/y;
const DOCTYPE = /<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)/y;
const START = /<(?:[\w.-]+:)?([\w.-]+)/y;

/** Name of the root element, found without parsing the rest; null when there is none. */
export function rootName(text: string): string | null {
  const at = skipProlog(text);
  return nameAt(DOCTYPE, text, at) ?? nameAt(START, text, at);
}

/** @throws {FormatError} for what is not well formed, has a document type, or is nested too deeply */
export function parseXml(text: string): XmlElement {
  if (nameAt(DOCTYPE, text, skipProlog(text)) !== null)
    throw new FormatError('The file has a document type (DOCTYPE), which may hide entities: it is not read.');
  let nodes: unknown;
  try {
    nodes = parser.parse(text, true);
  } catch (error) {
    throw new FormatError(wordsOf(error as Error));
  }
  const [root] = elementsOf(nodes).children;
  if (!root) throw new FormatError('The file is not valid XML: it has no root element.');
  return root;
}

function skipProlog(text: string): number {
  PROLOG.lastIndex = 0;
  let at = 0;
  while (PROLOG.test(text)) at = PROLOG.lastIndex;
  return at;
}

function nameAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[1] ?? null;
}

/** The parser's message names every open tag of a file that was cut off. */
function wordsOf({ message }: Error): string {
  if (message.includes('nested tags')) return `The file is nested more than ${MAX_DEPTH} levels deep.`;
  return `The file is not valid XML: ${message.length > 200 ? `${message.slice(0, 200)}…` : message}`;
}

/** The parser's nodes are objects with one key: the name, or one of ours. */
function elementsOf(nodes: unknown): Pick<XmlElement, 'children' | 'text'> {
  const children: XmlElement[] = [];
  let text = '';
  for (const node of nodes as Record<string, unknown>[]) {
    const name = Object.keys(node).find(key => key !== ATTRIBUTES);
    if (name === undefined) continue;
    const value = node[name];
    if (name === TEXT) text += decodeEntities(String(value));
    else if (name === CDATA) text += (value as { [TEXT]: unknown }[]).map(part => part[TEXT] ?? '').join('');
    else children.push({ name, attributes: attributesOf(node[ATTRIBUTES]), ...elementsOf(value) });
  }
  return { children, text };
}

const attributesOf = (attributes: unknown): Map<string, string> =>
  new Map(Object.entries(attributes ?? {}).map(([key, value]) => [key, decodeEntities(String(value))]));

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Decodes once; what is no entity of XML itself stays as it is written. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (all, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : all;
    },
  );
}

/** Its first child of that name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find(candidate => candidate.name === name);

/** Text of its first child of that name, trimmed; empty when there is none. */
export const textOf = (element: XmlElement | undefined, name: string): string =>
  child(element, name)?.text.trim() ?? '';
