/** The pages of a draw.io file, compressed or not. */
import { Inflate, strFromU8 } from 'fflate';
import { FormatError } from '../threat-model.ts';
import { child, parseXml, rootName, type XmlElement } from '../xml.ts';

/** Most that a file's compressed pages may hold together, in bytes: real ones stay under one megabyte. */
const MAX_INFLATED = 10 * 1024 * 1024;
/** How much is unpacked at a time: one piece grows to at most a thousand times its size. */
const PIECE = 1024;

export interface Page {
  /** As in the file, empty where it has none. */
  id: string;
  name: string;
  /** The `root` element that holds the cells. */
  root: XmlElement;
}

export const isDrawio = (text: string): boolean =>
  /^(mxfile|mxGraphModel|mxlibrary)$/.test(rootName(text) ?? '');

/** @throws {FormatError} */
export function readPages(text: string): Page[] {
  const file = parseXml(text);
  if (file.name === 'mxlibrary')
    throw new FormatError('This is a library of shapes for draw.io, not a drawing: open a drawing instead.');
  if (file.name === 'mxGraphModel') return [{ id: '', name: '', root: rootOf(file, '') }];
  let left = MAX_INFLATED;
  const pages = file.children.filter(({ name }) => name === 'diagram');
  if (pages.length === 0) throw new FormatError('The file has no pages.', 'mxfile');
  return pages.map((diagram, n) => {
    const where = `diagram[${n}]`;
    let model = child(diagram, 'mxGraphModel');
    if (!model) {
      const content = diagram.text.trim();
      const unpacked = content.startsWith('<') || content === '' ? content : unpack(content, left, where);
      left -= unpacked.length;
      model = unpacked === '' ? EMPTY : parseXml(unpacked);
    }
    return {
      id: diagram.attributes.get('id') ?? '',
      name: (diagram.attributes.get('name') ?? '').trim(),
      root: rootOf(model, where),
    };
  });
}

const EMPTY_ROOT: XmlElement = { name: 'root', attributes: new Map(), children: [], text: '' };
const EMPTY: XmlElement = { ...EMPTY_ROOT, name: 'mxGraphModel', children: [EMPTY_ROOT] };

function rootOf(model: XmlElement, where: string): XmlElement {
  const root = child(model, 'root');
  if (model.name !== 'mxGraphModel' || !root) throw new FormatError('A page holds no drawing.', where);
  return root;
}

/** A compressed page: URI-encoded, deflated, then in base64. */
function unpack(content: string, limit: number, where: string): string {
  let packed: Uint8Array;
  try {
    packed = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
  } catch {
    throw new FormatError('A page is neither XML nor compressed XML.', where);
  }
  const text = strFromU8(inflate(packed, limit, where));
  if (text.startsWith('<')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new FormatError('A compressed page is damaged.', where);
  }
}

function inflate(packed: Uint8Array, limit: number, where: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Inflate((piece, final) => {
    pieces.push(piece);
    size += piece.length;
    ended ||= final;
  });
  for (let at = 0; at < packed.length && !ended; at += PIECE) {
    try {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch {
      throw new FormatError('A compressed page is damaged.', where);
    }
    if (size > limit) throw new FormatError('A compressed page is too large.', where);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
