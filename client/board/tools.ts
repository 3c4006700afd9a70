/** The tools that place the four box symbols, and what happens once one is placed. */
import {
  BaseBoxShapeTool,
  type Editor,
  type StateNode,
  type TLShape,
  type TLStateNodeConstructor,
} from 'tldraw';
import { settleBoundary } from './contents.ts';
import { BOX_KINDS, type BoxKind } from './schema.ts';

/** The two states of every box tool; tldraw exports neither class. */
declare abstract class PointingState extends StateNode {
  complete(): void;
}

const [Idle, Pointing] = BaseBoxShapeTool.children() as unknown as [
  TLStateNodeConstructor,
  typeof PointingState,
];

/** tldraw tells a tool of a shape that was drawn by dragging, not of one that was placed by a click. */
class PlacingByClick extends Pointing {
  static override id = 'pointing';

  override complete() {
    super.complete();
    afterPlacing(this.editor);
  }
}

abstract class BoxTool extends BaseBoxShapeTool {
  static override children = () => [Idle, PlacingByClick as unknown as TLStateNodeConstructor];

  override onCreate(shape: TLShape | null) {
    this.editor.setCurrentTool('select.idle');
    if (shape) afterPlacing(this.editor);
  }
}

export const boxTools: TLStateNodeConstructor[] = BOX_KINDS.map(
  kind =>
    class extends BoxTool {
      static override id = kind;
      override shapeType: BoxKind = kind;
    },
);

/** Puts the new symbol in its place and asks for its name: the fastest way to a first diagram is to type on. */
export function afterPlacing(editor: Editor): void {
  const shape = editor.getOnlySelectedShape();
  if (!shape || editor.getIsReadonly()) return;
  if (shape.type === 'trust_boundary') settleBoundary(editor, shape.id);
  startNaming(editor, shape);
}

/** Opens the name of a shape for editing, as a step of its own. */
export function startNaming(editor: Editor, shape: TLShape): void {
  editor.markHistoryStoppingPoint('naming');
  editor.select(shape.id);
  editor.setEditingShape(shape.id);
  editor.setCurrentTool('select.editing_shape', { target: 'shape', shape });
}
