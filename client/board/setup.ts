/** Makes a fresh tldraw editor the editor of this board. */
import {
  ArrowShapeArrowheadEndStyle,
  ArrowShapeArrowheadStartStyle,
  DefaultColorStyle,
  DefaultDashStyle,
  DefaultFillStyle,
  DefaultFontStyle,
  DefaultSizeStyle,
  type Editor,
  react,
  type TLNoteShape,
  type TLShape,
} from 'tldraw';
import { ARROW_STYLE, NOTE_COLOR } from './styles.ts';

/** New shapes look as `shared/document/defaults.ts` says, so that a fresh one stores almost nothing. */
export function setStyles(editor: Editor): void {
  editor.run(
    () => {
      editor.setStyleForNextShapes(DefaultDashStyle, ARROW_STYLE.dash);
      editor.setStyleForNextShapes(DefaultSizeStyle, ARROW_STYLE.size);
      editor.setStyleForNextShapes(DefaultFontStyle, ARROW_STYLE.font);
      editor.setStyleForNextShapes(DefaultColorStyle, ARROW_STYLE.color);
      editor.setStyleForNextShapes(DefaultFillStyle, ARROW_STYLE.fill);
      editor.setStyleForNextShapes(ArrowShapeArrowheadStartStyle, ARROW_STYLE.arrowheadStart);
      editor.setStyleForNextShapes(ArrowShapeArrowheadEndStyle, ARROW_STYLE.arrowheadEnd);
    },
    { history: 'ignore' },
  );
}

/** tldraw has one colour for everything that is drawn next; notes have their own here. */
export function colourNotes(editor: Editor): () => void {
  return editor.sideEffects.registerBeforeCreateHandler('shape', (shape, source) =>
    source === 'user' && isBlackNote(shape)
      ? { ...shape, props: { ...shape.props, color: NOTE_COLOR } }
      : shape,
  );
}

const isBlackNote = (shape: TLShape): shape is TLNoteShape =>
  shape.type === 'note' && (shape as TLNoteShape).props.color === 'black';

/**
 * The board's keys work while the keyboard is on it, or on nothing: typing into a field beside it draws nothing.
 * @returns what stops it.
 */
export function followFocus(editor: Editor): () => void {
  const container = editor.getContainer();
  const focus = () => void editor.focus({ focusContainer: !container.contains(document.activeElement) });
  const onFocusIn = ({ target }: FocusEvent) => {
    if (container.contains(target as Node)) focus();
    else editor.blur({ blurContainer: false });
  };
  document.addEventListener('focusin', onFocusIn);
  container.addEventListener('pointerdown', focus, { capture: true });
  if (document.activeElement === document.body) focus();
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    container.removeEventListener('pointerdown', focus, { capture: true });
  };
}

/** Below this zoom names are smaller than anyone can read, and drawing them is what panning a large board waits for. */
const LEGIBLE_ZOOM = 0.3;

/** Tells the style sheet when the board is seen from afar. @returns what stops it. */
export function followZoom(editor: Editor): () => void {
  return react('zoom of the board', () => {
    editor.getContainer().toggleAttribute('data-far', editor.getZoomLevel() < LEGIBLE_ZOOM);
  });
}
