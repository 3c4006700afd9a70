import type { Editor, TLContent } from 'tldraw';
import { describe, expect, it } from 'vitest';
import { withKnownShapes } from './external-content.ts';
import { binding, shape } from './testing/peers.ts';

const editor = { shapeUtils: { process: {}, arrow: {} } } as unknown as Editor;

describe('what is pasted from elsewhere', () => {
  it('comes without the shapes that the board does not know, their contents and what was bound to them', () => {
    const content = {
      rootShapeIds: ['shape:p', 'shape:frame', 'shape:f'],
      shapes: [
        shape('p', 'process'),
        shape('frame', 'frame'),
        shape('inside', 'process', { parentId: 'shape:frame' }),
        shape('f', 'arrow'),
      ],
      bindings: [binding('1', 'f', 'p', 'start'), binding('2', 'f', 'inside', 'end')],
      assets: [],
    } as unknown as TLContent;
    const known = withKnownShapes(editor, content);
    expect(known.shapes.map(({ id }) => id)).toEqual(['shape:p', 'shape:f']);
    expect(known.rootShapeIds).toEqual(['shape:p', 'shape:f']);
    expect(known.bindings?.map(({ id }) => id)).toEqual(['binding:1']);
  });
});
