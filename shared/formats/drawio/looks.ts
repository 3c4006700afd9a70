/** How things look in draw.io: as its own shapes for threat modeling, or as in the drawing that they came from. */
import type { Kind } from '../../dfd/kinds.ts';
import { Style } from './style.ts';

const RED = 'strokeWidth=2;strokeColor=#FF3333;fontColor=#FF3333;';

export const LOOKS: Record<Kind, Style> = {
  external_entity: new Style('rounded=0;whiteSpace=wrap;html=1;'),
  process: new Style('ellipse;whiteSpace=wrap;html=1;'),
  data_store: new Style('shape=partialRectangle;whiteSpace=wrap;html=1;left=0;right=0;fillColor=none;'),
  trust_boundary: new Style(
    `rounded=1;absoluteArcSize=1;arcSize=20;whiteSpace=wrap;html=1;fillColor=none;dashed=1;${RED}fontStyle=1;align=left;verticalAlign=top;spacingLeft=4;container=1;collapsible=0;recursiveResize=0;`,
  ),
  data_flow: new Style('html=1;rounded=0;'),
};

export const BOUNDARY_LINE = new Style(`endArrow=none;html=1;rounded=0;dashed=1;${RED}`);
export const NOTE = new Style('text;html=1;align=left;verticalAlign=top;');

/** What a flow's style says of its course and its direction, which the drawing's geometry and the model say. */
const COURSE = Object.fromEntries(
  [
    'edgeStyle',
    'curved',
    'orthogonalLoop',
    'jettySize',
    'elbow',
    'startArrow',
    'endArrow',
    'startFill',
    'endFill',
  ]
    .concat(
      ['exit', 'entry'].flatMap(end => ['X', 'Y', 'Dx', 'Dy', 'Perimeter'].map(name => `${end}${name}`)),
    )
    .map(key => [key, null]),
);

/** The part of a style that is worth keeping: null where it is the usual one. */
export function keptStyle(kind: Kind, style: Style): string | null {
  const kept = style.with(kind === 'data_flow' ? COURSE : { rotation: null });
  return kept.text === LOOKS[kind].text || kept.text === ';' ? null : kept.text;
}
