/** What the rest of the client does with the board, without knowing what draws it. */
import type { Kind } from '#shared/dfd/kinds.ts';
import type { Place } from './view.ts';

export type BoardTool = 'select' | 'hand' | 'laser' | 'note' | 'text' | 'draw' | 'eraser' | Kind;

export interface BoardPage {
  id: string;
  name: string;
}

export interface BoardController {
  /** False until the board is on the screen; until then nothing below has an effect. */
  readonly ready: boolean;
  readonly tool: BoardTool;
  selectTool(tool: BoardTool): void;
  /** Ids of the selected shapes. */
  readonly selection: readonly string[];
  /** Selects shapes; on the page of the first of them; `reveal` pans to them where they are out of sight, `edit` opens the name of a single one. */
  select(ids: readonly string[], options?: { reveal?: boolean; edit?: boolean }): void;
  /**
   * Moves the view until shapes lie in its middle, without selecting them; not while the person is drawing or typing there, or
   * follows somebody.
   */
  glideTo(ids: readonly string[]): void;
  /** The pages, in their order; nobody else sees which of them this person looks at. */
  readonly pages: readonly BoardPage[];
  /** Id of the page that is shown; empty until the board is on the screen. */
  readonly page: string;
  /** Shows a page, also one that was added to the document just now. */
  showPage(id: string): void;
  /** What the window shows; null until the board is on the screen. */
  readonly place: Place | null;
  /** Glides to what somebody else's window shows, once. */
  showPlace(place: Place): void;
  /** The Yjs client whose view the window shows, until the person moves by themselves; null for none. */
  readonly following: number | null;
  /** Follows a client that is on the board, or nobody. */
  follow(client: number | null): void;
  /** Whether the person draws, drags or types on the board: a moving view would spoil it. */
  readonly busy: boolean;
  /**
   * Places a symbol in the middle of the view: the path without a pointer. A data flow joins the two selected elements, in
   * the order in which they were selected.
   * @returns the id of the new shape, null where nothing may be drawn.
   */
  insert(kind: Kind): string | null;
  /** Deletes the selected shapes; what is in a deleted boundary stays. */
  deleteSelection(): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomToFit(): void;
  /** The diagram as SVG text, in black on white whatever the theme; undefined when it is empty. */
  toSvg(): Promise<string | undefined>;
  /** Moves the keyboard to the canvas. */
  focus(): void;
  /** Tells of every change of tool, selection, pages, page, following, busy, canUndo and canRedo. */
  subscribe(listener: () => void): () => void;
}
