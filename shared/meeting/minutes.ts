/** The record of a session, written by the server as things happen. */
import type * as Y from 'yjs';
import { putEntry, root } from '../document/document.ts';
import type { Role } from '../document/roles.ts';
import type { Author, Severity, ThreatStatus } from '../document/threats.ts';
import type { PhaseKind } from './agenda.ts';

export type Happening =
  | { what: 'meeting-started' | 'meeting-ended' }
  | { what: 'phase-started' | 'phase-skipped'; title: string; kind: PhaseKind }
  | { what: 'phase-extended'; title: string; minutes: number }
  /** `by` came or left. */
  | { what: 'came'; role: Role }
  | { what: 'left' }
  | { what: 'role-changed'; who: Author; role: Role }
  | { what: 'removed'; who: Author }
  | { what: 'round-opened' }
  | { what: 'round-revealed'; drafts: number; people: number; named: boolean }
  | { what: 'round-dropped'; drafts: number }
  | { what: 'vote-opened'; vote: string; title: string }
  | { what: 'vote-closed'; vote: string; title: string; voters: number }
  /** What a moderator decided about a threat, as it stood afterwards. */
  | {
      what: 'threat-decided';
      threat: string;
      title: string;
      status: ThreatStatus;
      severity: Severity | null;
      owner: string;
      reason: string;
      /** Id of the threat that it was merged into, or empty. */
      into: string;
    }
  | { what: 'suggestion-dismissed'; suggestion: string; title: string; reason: string }
  | { what: 'suggestion-accepted'; suggestion: string; threat: string; title: string }
  | { what: 'reopened'; about: string; title: string };

export type Minute = {
  id: string;
  /** Milliseconds since 1970, by the server's clock. */
  at: number;
  /** Who did it; null where that is the server, or can't be told. */
  by: Author | null;
} & Happening;

/** Writes one line into the record. Only the server may. */
export function record(
  doc: Y.Doc,
  id: string,
  { at, by }: Pick<Minute, 'at' | 'by'>,
  happening: Happening,
): void {
  putEntry(root(doc, 'minutes'), id, { at, by, ...happening });
}
