/** What is left of tldraw's own chrome: the context menu, zoom at the bottom left, toasts. The watermark is not ours to touch. */
import { memo } from 'react';
import {
  ArrangeMenuSubmenu,
  ClipboardMenuGroup,
  DefaultContextMenu,
  GroupMenuItem,
  ReorderMenuSubmenu,
  SelectAllMenuItem,
  type TLComponents,
  type TLScribbleProps,
  type TLUiContextMenuProps,
  TldrawHandles,
  TldrawScribble,
  TldrawSelectionForeground,
  TldrawShapeIndicators,
  TldrawUiMenuActionItem,
  TldrawUiMenuGroup,
  TldrawUiMenuItem,
  TldrawUiToolbar,
  TldrawUiToolbarButton,
  ToggleAutoSizeMenuItem,
  UngroupMenuItem,
  useActions,
  useEditor,
  useValue,
} from 'tldraw';
import { can } from '#shared/document/rights.ts';
import { useInputs } from './inputs.ts';
import { BoardOverlays } from './Markers.tsx';

function ContextMenu(props: TLUiContextMenuProps) {
  return (
    <DefaultContextMenu {...props}>
      <ContextMenuContent />
    </DefaultContextMenu>
  );
}

function ContextMenuContent() {
  const editor = useEditor();
  const { role } = useInputs();
  const selecting = useValue('selecting', () => editor.getCurrentToolId() === 'select', [editor]);
  const locking = useValue('locking', () => can.lock(role.get()), [role]);
  if (!selecting) return null;
  return (
    <>
      <TldrawUiMenuGroup id="history">
        <TldrawUiMenuActionItem actionId="undo" />
        <TldrawUiMenuActionItem actionId="redo" />
      </TldrawUiMenuGroup>
      <TldrawUiMenuGroup id="modify">
        <GroupMenuItem />
        <UngroupMenuItem />
        <ToggleAutoSizeMenuItem />
        {locking && <LockMenuItem />}
        <ArrangeMenuSubmenu />
        <ReorderMenuSubmenu />
      </TldrawUiMenuGroup>
      <ClipboardMenuGroup />
      <TldrawUiMenuGroup id="select-all">
        <SelectAllMenuItem />
      </TldrawUiMenuGroup>
    </>
  );
}

function LockMenuItem() {
  const editor = useEditor();
  const lock = useActions()['toggle-lock'];
  const locked = useValue('selection locked', () => {
    const shapes = editor.getSelectedShapes();
    return shapes.length > 0 ? shapes.every(({ isLocked }) => isLocked) : null;
  }, [editor]);
  if (locked === null || !lock) return null;
  return (
    <TldrawUiMenuItem
      id="toggle-lock"
      label={locked ? 'Unlock' : 'Lock'}
      kbd={lock.kbd}
      onSelect={lock.onSelect}
    />
  );
}

const ZoomBar = memo(function ZoomBar() {
  const editor = useEditor();
  const actions = useActions();
  const zoom = useValue('zoom', () => `${Math.round(editor.getZoomLevel() * 100)}%`, [editor]);
  const run = (id: string) => () => void actions[id]?.onSelect('navigation-zone');
  return (
    <div className="tlui-navigation-panel board-zoom">
      <TldrawUiToolbar className="tlui-buttons__horizontal" label="Zoom">
        <TldrawUiToolbarButton type="icon" title="Zoom out" onClick={run('zoom-out')}>
          −
        </TldrawUiToolbarButton>
        <TldrawUiToolbarButton type="icon" title="Zoom to 100 %" onClick={run('zoom-to-100')}>
          <span className="board-zoom-level">{zoom}</span>
        </TldrawUiToolbarButton>
        <TldrawUiToolbarButton type="icon" title="Zoom in" onClick={run('zoom-in')}>
          +
        </TldrawUiToolbarButton>
        <TldrawUiToolbarButton type="icon" title="Show everything" onClick={run('zoom-to-fit')}>
          ⤢
        </TldrawUiToolbarButton>
      </TldrawUiToolbar>
    </div>
  );
});

/** As bright as one's own: whose it is, the name at its end tells. */
const LaserTrail = (props: TLScribbleProps) => <TldrawScribble {...props} color={undefined} opacity={0.8} />;

export const components: TLComponents = {
  Scribble: TldrawScribble,
  CollaboratorScribble: LaserTrail,
  ShapeIndicators: TldrawShapeIndicators,
  SelectionForeground: TldrawSelectionForeground,
  Handles: TldrawHandles,
  Overlays: BoardOverlays,
  ContextMenu,
  NavigationPanel: ZoomBar,
  ActionsMenu: null,
  CursorChatBubble: null,
  DebugMenu: null,
  DebugPanel: null,
  HelperButtons: null,
  HelpMenu: null,
  ImageToolbar: null,
  KeyboardShortcutsDialog: null,
  MainMenu: null,
  MenuPanel: null,
  Minimap: null,
  PageMenu: null,
  QuickActions: null,
  SharePanel: null,
  StylePanel: null,
  Toolbar: null,
  TopPanel: null,
  VideoToolbar: null,
  ZoomMenu: null,
};
