/** What a cell's style says: `ellipse;whiteSpace=wrap;html=1;` names shapes first, then gives properties. */
import type { ElementKind } from '../../dfd/kinds.ts';

export class Style {
  readonly names: readonly string[];
  private readonly properties: ReadonlyMap<string, string>;

  constructor(readonly text: string) {
    const parts = text.split(';').map(part => part.trim());
    this.names = parts.filter(part => part !== '' && !part.includes('='));
    this.properties = new Map(
      parts.flatMap(part => {
        const at = part.indexOf('=');
        return at > 0 ? [[part.slice(0, at), part.slice(at + 1)] as const] : [];
      }),
    );
  }

  get(key: string): string {
    return this.properties.get(key) ?? '';
  }

  is(key: string): boolean {
    return this.get(key) === '1';
  }

  /** Degrees, 0 for none. */
  get rotation(): number {
    const degrees = Number(this.get('rotation'));
    return Number.isFinite(degrees) ? ((degrees % 360) + 360) % 360 : 0;
  }

  /** In small letters; empty for the plain rectangle. */
  get shape(): string {
    const shape = this.get('shape') || this.names.find(name => SHAPES.has(name)) || '';
    return shape === 'rect' || shape === 'rectangle' || shape === 'rounded' || shape === 'ext'
      ? ''
      : shape.toLowerCase();
  }

  /** The same without some properties and with others. */
  with(changes: Record<string, string | null>): Style {
    const kept = this.text.split(';').filter(part => {
      const key = part.split('=')[0]!.trim();
      return key !== '' && !(part.includes('=') && Object.hasOwn(changes, key));
    });
    const added = Object.entries(changes).flatMap(([key, value]) =>
      value === null ? [] : `${key}=${value}`,
    );
    return new Style(`${[...kept, ...added].join(';')};`);
  }
}

/** Shapes that draw.io names without `shape=`. */
const SHAPES = new Set(
  'ellipse rhombus triangle hexagon cloud actor cylinder image label line swimlane group text edgeLabel icon'.split(
    ' ',
  ),
);

/** What a shape is by its look alone. `picture` is one of the thousands that no data flow diagram has. */
export type Look = ElementKind | 'note' | 'line' | 'table' | 'part' | 'picture';

export function lookOf(style: Style): Look {
  const { shape } = style;
  if (/^(text|edgelabel|note2?)$/.test(shape) || style.names.includes('text')) return 'note';
  if (shape === 'requiredinterface' || shape === 'line') return 'line';
  if (/^table/.test(shape) || /^(stack|table)Layout$/.test(style.get('childLayout'))) return 'table';
  if (shape === 'partialrectangle') return partialLook(style);
  if (/cylinder|data_?store|database|stored_data|direct_data|internalstorage|dfd\.archive/.test(shape))
    return 'data_store';
  if (/actor$|external_?(entity|interactor)?$/.test(shape)) return 'external_entity';
  if (/ellipse$|(^|[._])process$/.test(shape)) return 'process';
  if (!/^(label|swimlane|group)?$/.test(shape)) return 'picture';
  if (style.get('strokeColor') === 'none' && style.get('fillColor') === 'none') return 'note';
  return style.is('rounded') ? 'process' : 'external_entity';
}

/** Two horizontal lines are a data store, with one side or without; all four a rectangle; less is part of something. */
function partialLook(style: Style): Look {
  const side = (name: string) => style.get(name) !== '0';
  if (!side('top') || !side('bottom')) return 'part';
  return side('left') && side('right') ? 'external_entity' : 'data_store';
}

/** Whether it is made to hold others: not by what it holds. */
export const isContainer = (style: Style): boolean =>
  style.shape === 'swimlane' || style.shape === 'group' || style.is('container') || /group/.test(style.shape);

const STORES =
  /\b(databases?|db|storage|buckets?|s3|dynamo\w*|rds|aurora|redis|cache|postgres\w*|mysql|mongo\w*|sql\w*|volume|disk|blob|files?)\b/;
const ENTITIES =
  /\b(users?|actors?|person|people|clients?|customers?|patients?|clinicians?|doctors?|nurses?|browsers?|mobile|laptop|phone|smartphone|internet|third party|external)\b/;

/** The likeliest kind of a picture that flows reach: by the words of its shape and of its label. */
export function guessKind(style: Style, label: string): ElementKind {
  const names = ['shape', 'resIcon', 'prIcon', 'grIcon'].map(key => style.get(key));
  const picture = style.get('image').startsWith('data:') ? '' : style.get('image');
  const words = [...names, picture, label]
    .join(' ')
    .toLowerCase()
    .replace(/[_./-]+/g, ' ');
  if (STORES.test(words)) return 'data_store';
  return ENTITIES.test(words) ? 'external_entity' : 'process';
}

/** Red of any shade, as boundaries are drawn. */
export function isRed(style: Style): boolean {
  const colour = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(style.get('strokeColor'));
  if (!colour) return style.get('strokeColor') === 'red';
  const [red, green, blue] = colour.slice(1).map(part => Number.parseInt(part, 16)) as [
    number,
    number,
    number,
  ];
  return red > 150 && green < 110 && blue < 110;
}

/** Whether an end of an edge has an arrowhead; the end that says nothing has one, the start has none. */
export function hasHead(style: Style, end: 'startArrow' | 'endArrow'): boolean {
  const head = style.get(end) || (end === 'endArrow' ? 'classic' : 'none');
  return !/^(none|oval|circle|dash|baseDash|ERmandOne)$/.test(head);
}
