/**
 * The property values that a board record has when its document does not say otherwise. They are part of the stored
 * format: changing one changes every board that was ever saved, so add, never edit. `client/board` checks them
 * against tldraw's schema.
 */
import type { Json } from './board.ts';

/** The look of a data flow and of free drawings: solid, thin, sans; dashes belong to trust boundaries alone. */
const INK = { color: 'black', size: 's', scale: 1 };
const LETTERING = { font: 'sans' };

const ELEMENT = { w: 180, h: 90, name: '' };

export const SHAPE_DEFAULTS: Record<string, Record<string, Json>> = {
  external_entity: ELEMENT,
  process: ELEMENT,
  data_store: { ...ELEMENT, w: 160, h: 110 },
  trust_boundary: { w: 360, h: 260, name: '' },
  boundary_line: { name: '' },
  arrow: {
    ...INK,
    ...LETTERING,
    kind: 'arc',
    dash: 'solid',
    fill: 'none',
    labelColor: 'black',
    arrowheadStart: 'none',
    arrowheadEnd: 'arrow',
    bend: 0,
    start: { x: 0, y: 0 },
    end: { x: 2, y: 0 },
    text: '',
    labelPosition: 0.5,
    elbowMidPoint: 0.5,
  },
  note: {
    ...INK,
    ...LETTERING,
    color: 'yellow',
    align: 'middle',
    verticalAlign: 'middle',
    labelColor: 'black',
    growY: 0,
    fontSizeAdjustment: 0,
    url: '',
  },
  text: { ...INK, ...LETTERING, textAlign: 'start', autoSize: true },
  draw: { ...INK, fill: 'none', dash: 'solid', isComplete: false, isClosed: false, isPen: false },
  group: {},
};

export const ARROW_DEFAULTS: Record<string, Json> = {
  isPrecise: false,
  isExact: false,
  normalizedAnchor: { x: 0.5, y: 0.5 },
  snap: 'none',
};
