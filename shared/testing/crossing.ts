import { boundary, element, flow } from '../document/build.ts';

/** A process in a trust boundary, an external entity outside, and the flow between them that crosses it. */
export const box = boundary({ id: 'box', name: 'Box', box: [0, 0, 300, 300], index: 'a1' });
export const inside = element('process', {
  id: 'in',
  name: 'In',
  box: [50, 50, 100, 100],
  index: 'a1',
  parent: box,
});
export const outside = element('external_entity', {
  id: 'out',
  name: 'Out',
  box: [500, 50, 100, 100],
  index: 'a1',
});
export const crossing = flow({ id: 'f', name: 'F', from: inside, to: outside, index: 'a1' });
