/** Labels of draw.io are HTML where their style says `html=1`; names of things are plain text. */
/** Elements of HTML that start on a line of their own. */
const BLOCKS = new Set(
  'address article blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
/** What they hold is no text of the label. */
const SILENT = new Set(['script', 'style', 'template', 'title', 'iframe', 'noscript', 'textarea']);

/** The text that a browser would show for a piece of HTML. Linear in its length, whatever it holds. */
export function htmlToText(html: string): string {
  let text = '';
  let silent = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const words = html.slice(at, open < 0 ? undefined : open);
    if (!silent) text += words.replace(/[ \t\n\r\f]+/g, ' ');
    if (open < 0) break;
    const tag = /^<(!--|\/?[a-z][a-z0-9]*|[!?])/i.exec(html.slice(open, open + 40))?.[1]?.toLowerCase();
    if (tag === undefined) {
      if (!silent) text += '&lt;';
      at = open + 1;
      continue;
    }
    const end = tag === '!--' ? html.indexOf('-->', open + 4) + 2 : endOfTag(html, open);
    // A tag that never ends swallows the rest, as in a browser.
    if (end <= open) break;
    at = end + 1;
    const name = tag.replace('/', '');
    if (silent) {
      if (tag === `/${silent}`) silent = '';
    } else if (SILENT.has(tag)) silent = tag;
    else if (name === 'br' || BLOCKS.has(name)) text += name === 'br' ? '\n' : '\f';
  }
  return decodeHtml(
    text
      .replace(/ *([\n\f]) */g, '$1')
      .replace(/\f+/g, '\f')
      .replace(/^\f+|\f+$/g, '')
      .replace(/\n?\f/g, '\n')
      .replace(/^ +| +$/g, ''),
  );
}

/** Index of the `>` that ends a tag, quoted ones passed over; -1 without one. */
function endOfTag(html: string, open: number): number {
  let quote = '';
  for (let i = open + 1; i < html.length; i++) {
    const sign = html[i]!;
    if (quote) {
      if (sign === quote) quote = '';
    } else if (sign === '>') return i;
    else if ((sign === '"' || sign === "'") && html[i - 1] === '=') quote = sign;
  }
  return -1;
}

const NAMED: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®', trade: '™' },
  ...{ rarr: '→', larr: '←', harr: '↔', ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', euro: '€', times: '×' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', zwsp: '' },
};

const decodeHtml = (text: string): string =>
  text
    .replace(/\u00a0/g, ' ')
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
      if (name) return Object.hasOwn(NAMED, name) ? NAMED[name]! : whole;
      return character(hex ? Number.parseInt(hex, 16) : Number(decimal));
    });

const character = (code: number): string =>
  code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\u00a0': '&#160;' };

/** What {@link htmlToText} reads back as it was: a space that HTML would swallow is one that does not break. */
export const textToHtml = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[&<>\u00a0]/g, sign => SIGNS[sign]!)
    .replace(/[\t\f\v]/g, sign => `&#${sign.charCodeAt(0)};`)
    .replace(/ (?= )|^ | $/gm, '&nbsp;')
    .replace(/\n/g, '<br>');
