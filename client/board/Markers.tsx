/** What the board draws over the shapes: crossing markers, and the outlines of what is highlighted elsewhere. */
import { memo } from 'react';
import {
  stopEventPropagation,
  type TLShapeId,
  TldrawOverlays,
  useEditor,
  useEditorComponents,
  useValue,
} from 'tldraw';
import { CATEGORY, LETTERS } from '#shared/stride/letters.ts';
import { type Crossing, crossingPoints } from './crossings.ts';
import { useInputs } from './inputs.ts';
import { isOnCurrentPage } from './pages.ts';
import { LockSigns, Reactions } from './Signs.tsx';

/** Below this zoom a marker is a dot with the number of its letters. */
const READABLE_ZOOM = 0.5;

export function BoardOverlays() {
  return (
    <>
      <Highlights />
      <DistantSelections />
      <CrossingMarkers />
      <LockSigns />
      <TldrawOverlays />
      <Reactions />
    </>
  );
}

function Highlights() {
  const { highlighted } = useInputs();
  const editor = useEditor();
  const { ShapeIndicator } = useEditorComponents();
  const ids = useValue('highlighted', () => highlighted.get().filter(id => isOnCurrentPage(editor, id)), [
    editor,
    highlighted,
  ]);
  if (!ShapeIndicator) return null;
  // A thick line with a thin gap in it: a double outline, told apart without colour.
  return ids.map(id => (
    <div key={id} className="board-highlight">
      <ShapeIndicator shapeId={id as TLShapeId} className="board-highlight-outer" />
      <ShapeIndicator
        shapeId={id as TLShapeId}
        className="board-highlight-gap"
        color="var(--color-background)"
      />
    </div>
  ));
}

/** tldraw outlines what somebody selected only while their pointer is on the board, not while they type beside it. */
function DistantSelections() {
  const editor = useEditor();
  const { CollaboratorShapeIndicator } = useEditorComponents();
  const distant = useValue(
    'distant selections',
    () => editor.getCollaboratorsOnCurrentPage().filter(({ cursor }) => !cursor),
    [editor],
  );
  if (!CollaboratorShapeIndicator) return null;
  return distant.flatMap(({ userId, color, selectedShapeIds }) =>
    selectedShapeIds.map(id => (
      <CollaboratorShapeIndicator
        key={`${userId} ${id}`}
        className="tl-collaborator__shape-indicator"
        userId={userId}
        shapeId={id}
        color={color}
        opacity={0.5}
      />
    )),
  );
}

function CrossingMarkers() {
  const editor = useEditor();
  const { crossings } = useInputs();
  const list = useValue(
    'crossings of the page',
    () => crossings.get().filter(({ flow }) => isOnCurrentPage(editor, flow)),
    [editor, crossings],
  );
  const collapsed = useValue('markers collapsed', () => editor.getZoomLevel() < READABLE_ZOOM, [editor]);
  return list.map(crossing => <Marker key={crossing.flow} crossing={crossing} collapsed={collapsed} />);
}

const Marker = memo(function Marker({ crossing, collapsed }: { crossing: Crossing; collapsed: boolean }) {
  const editor = useEditor();
  const { onCrossing } = useInputs();
  const { flow, boundaries, letters, dots = 0, emphasised = false } = crossing;
  const points = useValue('crossing points', () => crossingPoints(editor, flow, boundaries), [
    editor,
    flow,
    boundaries,
  ]);
  const shown = LETTERS.filter(letter => letters.includes(letter));
  const voted = dots === 0 ? [] : [`${dots} ${dots === 1 ? 'dot' : 'dots'}`];
  const names = [...shown.map(letter => CATEGORY[letter].name), ...voted].join(', ');
  return points.map(({ at, upright }, i) => (
    <button
      key={i}
      type="button"
      tabIndex={-1}
      className="board-crossing"
      data-emphasised={emphasised}
      data-collapsed={collapsed}
      data-flow={flow}
      data-upright={upright}
      style={{ left: at.x, top: at.y }}
      title={names || 'Crosses a trust boundary'}
      aria-label={`Crossing of a trust boundary: ${names || 'no threats yet'}`}
      onPointerDown={stopEventPropagation}
      onClick={() => onCrossing(flow)}
    >
      <span className="board-crossing-dot">{collapsed && shown.length > 0 ? shown.length : ''}</span>
      {!collapsed && shown.length + dots > 0 && (
        <span className="board-crossing-letters">
          {shown.map(letter => (
            <span key={letter} className="board-letter" data-letter={letter}>
              {letter}
            </span>
          ))}
          {dots > 0 && <span className="board-dots">{`●${dots}`}</span>}
        </span>
      )}
    </button>
  ));
});
