/**
 * The five DFD3 symbols (adamshostack/DFD3). The board's shape types carry the same names, but for the data flow, which is
 * tldraw's own arrow.
 */
export const ELEMENT_KINDS = ['external_entity', 'process', 'data_store'] as const;

export type ElementKind = (typeof ELEMENT_KINDS)[number];
export type Kind = ElementKind | 'data_flow' | 'trust_boundary';

export interface KindInfo {
  label: string;
  /** One sentence for a newcomer: what it stands for and how it is drawn. */
  meaning: string;
  /** Keyboard shortcut of its tool, free of tldraw's own. */
  shortcut: string;
  /** Width and height in board units when it is placed by a click. */
  size: readonly [number, number];
}

export const KINDS: Record<Kind, KindInfo> = {
  external_entity: {
    label: 'External entity',
    meaning: 'A person, device or service outside your control. Sharp-cornered rectangle.',
    shortcut: 'x',
    size: [180, 90],
  },
  process: {
    label: 'Process',
    meaning: 'Running code that you are responsible for. Rounded rectangle.',
    shortcut: 'p',
    size: [180, 90],
  },
  data_store: {
    label: 'Data store',
    meaning: 'Data at rest: a database, a file, a memory. Drum.',
    shortcut: 'b',
    size: [160, 110],
  },
  data_flow: {
    label: 'Data flow',
    meaning: 'Data on its way between two elements. Arrow with one head or two.',
    shortcut: 'a',
    size: [160, 0],
  },
  trust_boundary: {
    label: 'Trust boundary',
    meaning: 'Where control or trust changes hands. Closed dashed shape around what belongs together.',
    shortcut: 'g',
    size: [360, 260],
  },
};

export function isElementKind(type: string): type is ElementKind {
  return ELEMENT_KINDS.includes(type as ElementKind);
}
