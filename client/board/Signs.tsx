/** Small signs over the shapes: that something is locked, and what somebody feels about it. */
import { useEditor, useValue } from 'tldraw';
import { REACTIONS, reactionOf } from '../attention/reactions.ts';
import { type IconName, strokeOf } from '../theme/icons.ts';
import { useInputs } from './inputs.ts';

const Icon = ({ name }: { name: IconName }) => (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d={strokeOf(name)} />
  </svg>
);

/** On what is locked, while it is selected or pointed at. */
export function LockSigns() {
  const editor = useEditor();
  const { lockedUnder } = useInputs();
  const ids = useValue('locked in sight', () => {
    const under = editor.getCurrentPageShapes().find(({ id }) => id === lockedUnder.get());
    const shapes = [...editor.getSelectedShapes(), ...(under ? [under] : [])];
    return [...new Set(shapes.filter(({ isLocked }) => isLocked).map(({ id }) => id))];
  }, [editor, lockedUnder]);
  return ids.map(id => {
    const shape = editor.getShape(id);
    const bounds = editor.getShapePageBounds(id);
    if (!shape || !bounds) return null;
    // The corner of the box around a flow lies nowhere near it.
    const at = shape.type === 'arrow' ? bounds.center : { x: bounds.maxX, y: bounds.minY };
    return (
      <div
        key={id}
        className="board-sign board-lock"
        style={{ left: at.x, top: at.y }}
        title="Locked: only moderators change it"
      >
        <Icon name="lock" />
      </div>
    );
  });
}

/** Beside the pointer of who reacts. */
export function Reactions() {
  const editor = useEditor();
  const people = useValue('collaborators', () => editor.getCollaboratorsOnCurrentPage(), [editor]);
  return people.map(({ userId, color, cursor, meta }) => {
    const reaction = reactionOf(meta.reaction);
    if (!reaction || !cursor) return null;
    return (
      <div
        key={`${userId} ${reaction.at}`}
        className="board-sign board-reaction"
        style={{ left: cursor.x, top: cursor.y, background: color }}
      >
        <Icon name={REACTIONS[reaction.kind].icon} />
      </div>
    );
  });
}
