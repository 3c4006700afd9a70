/** The little of XML that draw.io files use: elements with attributes. No DOCTYPE, so no entities but the five of XML itself. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FormatError } from '../threat-model.ts';

export interface XmlElement {
  tag: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  /** Text directly inside, pieces joined. */
  text: string;
}

/** With `preserveOrder`: one key is the tag and holds the children; `:@` holds the attributes; `#text` is text. */
type Parsed = Record<string, unknown>;

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  // Decoded below: nothing that a file declares is ever expanded.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * @param where its place in the file, for messages
 * @returns the root element
 * @throws {FormatError} for what is not well-formed or has a DOCTYPE
 */
export function parseXml(text: string, where = ''): XmlElement {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new FormatError('The file has a document type declaration, which is not read for safety.', where);
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { msg, line } = valid.err;
    throw new FormatError(`The file is not valid XML: ${msg}`, where || `line ${line}`);
  }
  let parsed: Parsed[];
  try {
    parsed = PARSER.parse(text) as Parsed[];
  } catch (error) {
    throw new FormatError(`The file is not valid XML: ${(error as Error).message}`, where);
  }
  const root = parsed.map(elementOf).find(element => element !== null);
  if (!root) throw new FormatError('The file holds no XML element.', where);
  return root;
}

/** As deep as the parser lets them nest: a hundred. */
function elementOf(parsed: Parsed): XmlElement | null {
  const tag = Object.keys(parsed).find(key => key !== ':@');
  if (tag === undefined || tag === '#text') return null;
  const inside = (parsed[tag] ?? []) as Parsed[];
  const attributes = Object.entries((parsed[':@'] ?? {}) as Record<string, string>);
  return {
    tag,
    attributes: new Map(
      attributes.map(([name, value]) => [name, decode(String(value).replace(/[\t\n\r]/g, ' '))]),
    ),
    children: inside.map(elementOf).filter(element => element !== null),
    text: inside.map(each => ('#text' in each ? decode(String(each['#text'])) : '')).join(''),
  };
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Character references and the five names of XML, once. */
export const decode = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(amp|lt|gt|quot|apos));/gi, (_, hex, decimal, name) =>
    name ? NAMED[name.toLowerCase()]! : character(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );

export const character = (code: number): string =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';

/** Without what no XML file may hold: control characters and halves of pairs. */
export const clean = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** An attribute's value keeps its line breaks only as character references. */
const escapeValue = (text: string): string =>
  clean(text)
    .replace(/[&<>"]/g, sign => ESCAPES[sign]!)
    .replace(/[\t\n\r]/g, sign => `&#${sign.charCodeAt(0)};`);

/** An element as text; attributes that are undefined are left out. */
export function xml(
  tag: string,
  attributes: Record<string, string | number | undefined>,
  ...children: string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeValue(String(value))}"`)
    .join('');
  const inside = children.filter(child => child !== '');
  if (inside.length === 0) return `<${tag}${written}/>`;
  return `<${tag}${written}>\n${inside.join('\n')}\n</${tag}>`;
}
