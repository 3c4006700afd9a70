import { gridLayout } from '../layout/grid.ts';
import { treeOf } from '../layout/tree.ts';
import type { Diagram } from '../threat-model.ts';

/** A place for everything of a diagram of which the file that it came from says none; the diagram itself when every place is known. */
export function placed(diagram: Diagram): Diagram {
  const { elements, boundaries } = diagram;
  if (elements.every(({ box }) => box) && boundaries.every(({ box, line }) => box ?? line)) return diagram;
  const places = gridLayout(treeOf(diagram));
  return {
    ...diagram,
    elements: elements.map(element => ({ ...element, box: places.get(element.id)! })),
    boundaries: boundaries.map(each => (each.line ? each : { ...each, box: places.get(each.id)! })),
  };
}
