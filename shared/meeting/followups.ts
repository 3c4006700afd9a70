/** What remains after the talk: questions that are open, and actions that somebody takes. */
import type { Author } from '../document/threats.ts';

export const FOLLOWUP_KINDS = ['question', 'action'] as const;

export type Followup = {
  id: string;
  kind: (typeof FOLLOWUP_KINDS)[number];
  text: string;
  /** Who takes care of it, as the team calls them; empty while nobody does. */
  owner: string;
  /** `2027-01-31`, or empty. */
  due: string;
  done: boolean;
  /** Id of the threat, element or flow that it is about, or empty. */
  about: string;
  by: Author;
  /** Milliseconds since 1970, by the author's clock. */
  at: number;
};
