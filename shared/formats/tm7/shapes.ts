import type { ElementKind } from '../../dfd/kinds.ts';
import { textOf, type XmlElement } from '../xml.ts';
import type { KnowledgeBase } from './knowledge.ts';
import { typeOf } from './properties.ts';

/** What a drawn thing is: an element, a boundary as a box or a line, a flow, or a text. */
export type Shape = ElementKind | 'box' | 'line' | 'flow' | 'note';

/** Class of the tool that draws it. */
const DRAWN = new Map<string, Shape>([
  ['StencilRectangle', 'external_entity'],
  ['StencilEllipse', 'process'],
  ['StencilParallelLines', 'data_store'],
  ['BorderBoundary', 'box'],
  ['LineBoundary', 'line'],
  ['Connector', 'flow'],
]);

/** Generic type of the tool's own templates; those of other templates are guids. */
const GENERIC = new Map<string, Shape>([
  ['GE.EI', 'external_entity'],
  ['GE.P', 'process'],
  ['GE.DS', 'data_store'],
  ['GE.TB.B', 'box'],
  ['GE.TB.L', 'line'],
  ['GE.DF', 'flow'],
  ['GE.A', 'note'],
]);

const STENCILS: readonly (Shape | undefined)[] = ['external_entity', 'process', 'data_store', 'note'];

/** By the way it is drawn, and among the stencils by its generic type where that is known: a text is a rectangle, too. */
export function shapeOf(value: XmlElement, { types }: KnowledgeBase): Shape | undefined {
  const id = textOf(value, 'GenericTypeId');
  const generic = types.get(id)?.representation === 'Annotation' ? 'note' : GENERIC.get(id);
  const drawn = DRAWN.get(typeOf(value));
  if (!drawn) return generic;
  return STENCILS.includes(drawn) && generic && STENCILS.includes(generic) ? generic : drawn;
}
