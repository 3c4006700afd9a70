/** Which of tldraw's tools and actions this product has, under which keys. */
import type {
  Atom,
  Editor,
  TLUiActionsContextType,
  TLUiOverrides,
  TLUiToolItem,
  TLUiToolsContextType,
} from 'tldraw';
import { KINDS, type Kind } from '#shared/dfd/kinds.ts';
import { can } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import { deleteKeepingContents } from './contents.ts';
import { holdersOf, withGrouped } from './locks.ts';

/** tldraw's tools that stay, with the keys that the DFD symbols leave to them. */
const KEPT_TOOLS = { select: 'v', hand: 'h', laser: 'k', note: 'n', text: 't', draw: 'd', eraser: 'e' };

/**
 * tldraw's actions that stay. Left out is what has no meaning here (pages, frames, embeds, media, export: the app has its
 * own), what would break a convention (styles, flips, rotation) and what would leave the product (links, bookmarks).
 */
const KEPT_ACTIONS = [
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'duplicate',
  'delete',
  'select-all',
  'select-none',
  'group',
  'ungroup',
  'align-left',
  'align-center-horizontal',
  'align-right',
  'align-top',
  'align-center-vertical',
  'align-bottom',
  'distribute-horizontal',
  'distribute-vertical',
  'stretch-horizontal',
  'stretch-vertical',
  'stack-horizontal',
  'stack-vertical',
  'pack',
  'bring-to-front',
  'bring-forward',
  'send-backward',
  'send-to-back',
  'toggle-lock',
  'zoom-in',
  'zoom-in-on-cursor',
  'zoom-out',
  'zoom-out-on-cursor',
  'zoom-to-100',
  'zoom-to-fit',
  'zoom-to-selection',
  'select-zoom-tool',
  'back-to-content',
  'stop-following',
  'exit-pen-mode',
  'toggle-auto-size',
  'toggle-snap-mode',
  'a11y-open-context-menu',
  'a11y-repeat-shape-announce',
  'enlarge-shapes',
  'shrink-shapes',
];

/** @param role what the person is in the session */
export const overridesFor = (role: Atom<Role>): TLUiOverrides => ({
  tools(editor, tools) {
    const point = () => void (can.point(role.get()) && editor.setCurrentTool('laser'));
    return { ...keptTools({ ...tools, laser: { ...tools.laser!, onSelect: point } }), ...dfdTools(editor) };
  },
  actions(editor, actions) {
    const kept = Object.fromEntries(KEPT_ACTIONS.flatMap(id => (actions[id] ? [[id, actions[id]]] : [])));
    return {
      ...kept,
      delete: { ...actions.delete!, onSelect: () => deleteSelected(editor) },
      'toggle-lock': {
        ...actions['toggle-lock']!,
        onSelect: () => can.lock(role.get()) && toggleLock(editor),
      },
    } as TLUiActionsContextType;
  },
  // In the app's own words where tldraw's would name something else.
  translations: { en: { 'tool.arrow': KINDS.data_flow.label } },
});

function keptTools(tools: TLUiToolsContextType): TLUiToolsContextType {
  return Object.fromEntries(
    Object.entries(KEPT_TOOLS).flatMap(([id, kbd]) => (tools[id] ? [[id, { ...tools[id], kbd }]] : [])),
  );
}

function dfdTools(editor: Editor): TLUiToolsContextType {
  const item = (kind: Kind, id: string): TLUiToolItem => ({
    id,
    label: KINDS[kind].label as TLUiToolItem['label'],
    icon: 'tool-pointer',
    kbd: KINDS[kind].shortcut,
    onSelect: () => void editor.setCurrentTool(id),
  });
  return Object.fromEntries(
    (Object.keys(KINDS) as Kind[]).map(kind => {
      const id = kind === 'data_flow' ? 'arrow' : kind;
      return [id, item(kind, id)];
    }),
  );
}

function deleteSelected(editor: Editor): void {
  if (!editor.isIn('select') || editor.getSelectedShapeIds().length === 0) return;
  editor.markHistoryStoppingPoint('delete');
  deleteKeepingContents(editor, editor.getSelectedShapeIds());
}

function toggleLock(editor: Editor): void {
  editor.markHistoryStoppingPoint('locking');
  const ids = withGrouped(editor, editor.getSelectedShapeIds());
  const locks = ids.some(id => !editor.getShape(id)?.isLocked);
  editor.toggleLock(locks ? [...ids, ...holdersOf(editor, ids)] : ids);
}
