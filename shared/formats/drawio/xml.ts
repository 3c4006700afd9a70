/** XML as draw.io reads it. */

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
