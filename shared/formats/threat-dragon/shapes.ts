/**
 * Threat Dragon's cells: which shapes there are, and what each looks like when nobody changed it. From its entity defaults and the
 * styles that it gives a cell on every change (td.vue/src/service, release 2.3).
 */

import type { Kind } from '../../dfd/kinds.ts';
import type { Loose } from '../loose.ts';

export type CellKind = Kind | 'note';

/** What a cell is, by its shape; the second words of a line are from releases 2.0 and later than 2.5. */
const KIND_OF_SHAPE = new Map<unknown, CellKind>([
  ['actor', 'external_entity'],
  ['process', 'process'],
  ['agent', 'process'],
  ['agent-tool', 'process'],
  ['store', 'data_store'],
  ['flow', 'data_flow'],
  ['trust-boundary-box', 'trust_boundary'],
  ['trust-boundary-curve', 'trust_boundary'],
  ['trust-broundary-curve', 'trust_boundary'],
  ['trust-boundary', 'trust_boundary'],
  ['td-text-block', 'note'],
  ['text', 'note'],
]);

const KIND_OF_TYPE = new Map<unknown, CellKind>([
  ['tm.Actor', 'external_entity'],
  ['tm.Process', 'process'],
  ['tm.Store', 'data_store'],
  ['tm.Flow', 'data_flow'],
  ['tm.BoundaryBox', 'trust_boundary'],
  ['tm.Boundary', 'trust_boundary'],
  ['tm.Text', 'note'],
]);

/** By its shape, which is what it draws; else by the type in its data. */
export const kindOf = (shape: unknown, type: unknown): CellKind | undefined =>
  KIND_OF_SHAPE.get(shape) ?? KIND_OF_TYPE.get(type);

export const SHAPES = {
  external_entity: { shape: 'actor', type: 'tm.Actor' },
  process: { shape: 'process', type: 'tm.Process' },
  data_store: { shape: 'store', type: 'tm.Store' },
  data_flow: { shape: 'flow', type: 'tm.Flow' },
  box: { shape: 'trust-boundary-box', type: 'tm.BoundaryBox' },
  curve: { shape: 'trust-boundary-curve', type: 'tm.Boundary' },
  note: { shape: 'td-text-block', type: 'tm.Text' },
} as const;

export type Look = keyof typeof SHAPES;

/** Widths and heights of new cells. */
export const SIZES: Record<Exclude<Look, 'data_flow' | 'curve'>, readonly [number, number]> = {
  external_entity: [150, 80],
  process: [100, 100],
  data_store: [150, 75],
  box: [500, 400],
  note: [190, 80],
};

const SCOPE = { outOfScope: false, reasonOutOfScope: '' };

const DATA: Record<Look, Loose> = {
  external_entity: { isTrustBoundary: false, ...SCOPE, providesAuthentication: false },
  process: {
    isTrustBoundary: false,
    ...SCOPE,
    handlesCardPayment: false,
    handlesGoodsOrServices: false,
    isWebApplication: false,
    privilegeLevel: '',
  },
  data_store: {
    isTrustBoundary: false,
    ...SCOPE,
    isALog: false,
    isEncrypted: false,
    isSigned: false,
    storesCredentials: false,
    storesInventory: false,
  },
  data_flow: {
    isTrustBoundary: false,
    ...SCOPE,
    isBidirectional: false,
    isEncrypted: false,
    isPublicNetwork: false,
    protocol: '',
  },
  box: { isTrustBoundary: true },
  curve: { isTrustBoundary: true },
  note: {},
};

const Z_INDEX: Record<Look, number> = {
  external_entity: 0,
  process: 0,
  data_store: 0,
  data_flow: 10,
  box: -50,
  curve: 10,
  note: 0,
};

/** Where flows may be fastened, shown when the pointer is over the node. */
const PORT = {
  attrs: {
    circle: {
      r: 4,
      magnet: true,
      stroke: '#5F95FF',
      strokeWidth: 1,
      fill: '#fff',
      style: { visibility: 'hidden' },
    },
  },
};
const SIDES = ['top', 'right', 'bottom', 'left'] as const;
const PORTS = {
  groups: Object.fromEntries(SIDES.map(side => [side, { position: side, ...PORT }])),
  items: SIDES.map(side => ({ group: side, id: side })),
};

const LABEL = {
  markup: [
    { tagName: 'ellipse', selector: 'labelBody' },
    { tagName: 'text', selector: 'labelText' },
  ],
  attrs: {
    labelText: { text: '', textAnchor: 'middle', textVerticalAnchor: 'middle' },
    labelBody: { ref: 'labelText', refRx: '50%', refRy: '60%', fill: '#fff', strokeWidth: 0 },
  },
  position: { distance: 0.5, args: { keepGradient: true, ensureLegibility: true } },
};
export const STANDARD_LABEL: Loose = LABEL;

/** What every cell of this look has as long as nobody changed it; name, place and colours come on top. */
export function standardCell(look: Look): Loose {
  const { shape, type } = SHAPES[look];
  const common = { shape, zIndex: Z_INDEX[look], data: { type, ...DATA[look] } };
  switch (look) {
    case 'data_flow':
    case 'curve':
      return { ...common, width: 200, height: 100, connector: 'smooth' };
    case 'box':
    case 'note':
      return { ...common, visible: true };
    default:
      return { ...common, visible: true, ports: PORTS };
  }
}

/** Of every value that a cell of any look may have, one of its type. */
export const EXAMPLE_CELL: Loose = {
  visible: true,
  zIndex: -1,
  connector: 'smooth',
  ports: { groups: {}, items: [] },
  attrs: { text: {}, label: {}, body: {}, line: {}, topLine: {}, bottomLine: {} },
  data: Object.assign({ type: '' }, ...Object.values(DATA)),
};

/** What the name and the state of a cell make of it: no news to anybody who reads it. */
export const DERIVED: readonly string[] = [
  'attrs.text.text',
  'attrs.label.text',
  ...['body', 'line', 'topLine', 'bottomLine'].flatMap(part =>
    ['stroke', 'strokeWidth', 'strokeDasharray', 'sourceMarker', 'targetMarker'].map(
      attribute => `attrs.${part}.${attribute}`,
    ),
  ),
  'data.hasOpenThreats',
  'data.trustBoundaryIds',
  'data.containedElements',
  'data.crossingFlows',
  'trustBoundaryIds',
];

/** Paths of the drawn parts that a look does not have: its schema wants such a part whole or not at all. */
export function strangePartsOf(look: Look): string[] {
  const own = attrsFor(look, { name: '', open: false, outOfScope: false, bidirectional: false, width: 0 });
  return ['body', 'line'].filter(part => !Object.hasOwn(own, part)).map(part => `attrs.${part}`);
}

export interface State {
  name: string;
  open: boolean;
  outOfScope: boolean;
  bidirectional: boolean;
  /** Of the room for its name, in page units. */
  width: number;
}

/** How Threat Dragon draws a cell in this state. */
export function attrsFor(look: Look, { name, open, outOfScope, bidirectional, width }: State): Loose {
  const line = {
    stroke: open ? 'red' : '#333333',
    strokeWidth: open ? 2.5 : 1.5,
    strokeDasharray: outOfScope ? '4 3' : null,
  };
  const boundary = { stroke: '#333333', strokeWidth: 3, strokeDasharray: '10 5' };
  const text = { text: wrapped(name, width) };
  switch (look) {
    case 'data_flow':
      return {
        line: {
          ...line,
          targetMarker: { name: 'block' },
          sourceMarker: { name: bidirectional ? 'block' : '' },
        },
      };
    case 'curve':
      return { line: { ...boundary, sourceMarker: '', targetMarker: '' } };
    case 'box':
      return { body: boundary, label: { text: name } };
    case 'note':
      return { text: { text: name } };
    case 'data_store':
      return { text, topLine: line, bottomLine: line };
    default:
      return { text, body: line };
  }
}

export const labelFor = (name: string): Loose => ({
  ...LABEL,
  attrs: { ...LABEL.attrs, labelText: { ...LABEL.attrs.labelText, text: wrapped(name, LABEL_WIDTH) } },
});

const LABEL_WIDTH = 180;
/** Of a letter in its 14-pixel sans serif, on average, in page units. */
const LETTER_WIDTH = 7;

/** Its labels break no lines by themselves. */
export function wrapped(name: string, width: number): string {
  const room = Math.max(8, Math.floor(width / LETTER_WIDTH));
  return name
    .split('\n')
    .flatMap(line => {
      const lines = [''];
      for (const word of line.split(' ')) {
        const last = lines.at(-1)!;
        if (last !== '' && last.length + 1 + word.length > room) lines.push(word);
        else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
      }
      return lines;
    })
    .join('\n');
}
