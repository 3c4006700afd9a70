/** Whose view the window shows: its own, or that of somebody whom the person follows until they move by themselves. */
import type { Editor, TLInstancePresence } from 'tldraw';
import { isGesture } from './gesture.ts';
import { goToPage } from './pages.ts';
import type { Place } from './view.ts';

/** What tldraw calls this window's person, where it calls others by their Yjs client. */
export const ME = 'me';

/** The Yjs client that is followed, null for none. Reactive (tldraw signals). */
export function followingOf(editor: Editor): number | null {
  const { followingUserId } = editor.getInstanceState();
  return followingUserId === null ? null : Number(followingUserId);
}

/** Whose view is shown in the end: who is followed may follow somebody else. */
export function leaderOf(editor: Editor): TLInstancePresence | null {
  const others = new Map(editor.getCollaborators().map(other => [other.userId, other]));
  const seen = new Set<string>();
  let { followingUserId: next } = editor.getInstanceState();
  let leader: TLInstancePresence | null = null;
  while (next !== null && !seen.has(next) && others.has(next)) {
    seen.add(next);
    leader = others.get(next)!;
    next = leader.followingUserId;
  }
  return leader;
}

/** Nothing happens where the other is not on the board. */
export function follow(editor: Editor, client: number | null): void {
  if (client === followingOf(editor)) return;
  if (client === null) editor.stopFollowingUser();
  else editor.startFollowingUser(String(client));
}

/** States of tools in which a pointer is held down. */
const DRAWING = /\.(drawing|erasing|dragging|pointing|brushing|resizing|lasering)$/;

/** Whether the person is in the middle of something that a moving view would spoil. Reactive (tldraw signals). */
export const isBusy = (editor: Editor): boolean =>
  isGesture(editor) || editor.getEditingShapeId() !== null || DRAWING.test(editor.getPath());

/** Glides there: all that the other sees is seen, whatever the size of this window. */
export function showPlace(editor: Editor, { page, x, y, w, h }: Place): void {
  editor.stopFollowingUser();
  goToPage(editor, page);
  editor.zoomToBounds({ x, y, w, h }, { inset: 0, animation: { duration: 600 } });
}
