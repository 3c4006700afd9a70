/** What the element's properties say, as signals: a change draws only what depends on it. */
import { createContext, useContext } from 'react';
import { type Atom, atom } from 'tldraw';
import type { Role } from '#shared/document/roles.ts';
import type { Crossing } from './crossings.ts';

export interface BoardInputs {
  crossings: Atom<readonly Crossing[]>;
  highlighted: Atom<readonly string[]>;
  /** What the person is in the session. */
  role: Atom<Role>;
  /** The locked shape under the pointer, which tldraw takes no notice of. */
  lockedUnder: Atom<string | null>;
  /**
   * The shape whose name is edited. Of its own, not read from the editor by every shape: there it is part of a record that
   * changes with each shape under the pointer, and two thousand shapes would look it up every time.
   */
  editing: Atom<string | null>;
  onCrossing(flow: string): void;
}

export const createInputs = (onCrossing: BoardInputs['onCrossing']): BoardInputs => ({
  crossings: atom<readonly Crossing[]>('board crossings', []),
  highlighted: atom<readonly string[]>('board highlights', []),
  role: atom<Role>('board role', 'observer'),
  lockedUnder: atom<string | null>('board locked under pointer', null),
  editing: atom<string | null>('board editing', null),
  onCrossing,
});

const InputsContext = createContext<BoardInputs | null>(null);

export const InputsProvider = InputsContext.Provider;

export function useInputs(): BoardInputs {
  const inputs = useContext(InputsContext);
  if (!inputs) throw new Error('the board draws inside of its InputsProvider');
  return inputs;
}
