/**
 * The agenda of a meeting: phases with time boxes, in their order. What a phase opens to participants is written into the session when
 * it starts (the board lock, and whether threats may be proposed), and a moderator may change it from there.
 */
import type { Json } from '../document/board.ts';

interface PhaseKindInfo {
  label: string;
  /** How long it lasts unless the agenda says otherwise. */
  minutes: number;
  /** Participants may draw. */
  draws: boolean;
  /** Participants may propose threats. */
  proposes: boolean;
  /** What happens in it, for who has never taken part in one. */
  purpose: string;
  /** What a participant does now. */
  todo: string;
  /** What the moderator does now. */
  lead: string;
}

/** After what published guides for threat-modelling workshops and for remote ideation have in common; two hours at the most. */
export const PHASE_KINDS = {
  scope: {
    label: 'Scope and assumptions',
    minutes: 10,
    draws: false,
    proposes: true,
    purpose: 'Agree on what is looked at today, what is not, and what is taken for granted.',
    todo: 'Read the scope below and say what is missing or wrong.',
    lead: 'Read the scope aloud, write down what the team adds, and say what is out of scope.',
  },
  diagram: {
    label: 'Walk through the diagram',
    minutes: 20,
    draws: true,
    proposes: true,
    purpose:
      'Make the diagram show the device as it is: who uses it, what it stores, what flows where, and where trust ends.',
    todo: 'Draw what is missing and correct what is wrong. Select something to say more about it.',
    lead: 'Follow one piece of data from end to end, and ask at each step what else happens here.',
  },
  brainstorm: {
    label: 'Boundary by boundary',
    minutes: 30,
    draws: false,
    proposes: true,
    purpose: 'Ask of every flow that crosses a trust boundary what could go wrong there.',
    todo: 'Look at the highlighted flow and write down what could go wrong: one threat at a time, no wrong answers.',
    lead: 'Step through the crossings. Let everybody write in silence first, then reveal and talk.',
  },
  cluster: {
    label: 'Cluster',
    minutes: 10,
    draws: false,
    proposes: false,
    purpose: 'Bring together what was said twice, and give every threat its letters.',
    todo: 'Help to find threats that mean the same. The moderator merges them.',
    lead: 'Work through the queue: accept, merge, dismiss with a reason.',
  },
  vote: {
    label: 'Vote',
    minutes: 5,
    draws: false,
    proposes: false,
    purpose: 'Find out which threats the team thinks matter most.',
    todo: 'Give your dots to the threats that worry you most. Nobody sees them until the vote is closed.',
    lead: 'Open a vote, and close it when everybody is done.',
  },
  decide: {
    label: 'Decide',
    minutes: 20,
    draws: false,
    proposes: false,
    purpose:
      'For each threat: eliminate, mitigate, accept or transfer it, who takes care of it, and until when.',
    todo: 'Say what would be done about the threat on the screen, and take the actions that are yours.',
    lead: 'Go through the threats with the most dots first: status, severity, owner, action.',
  },
  gaps: {
    label: 'Gap check',
    minutes: 10,
    draws: true,
    proposes: true,
    purpose: 'Did we do a good job? Look for elements that nobody asked about and for questions left open.',
    todo: 'Look at what is still empty, and add what was forgotten. Note what remains open.',
    lead: 'Go through the empty cells and the open questions; each gets a threat, a reason or an owner.',
  },
} as const satisfies Record<string, PhaseKindInfo>;

export type PhaseKind = keyof typeof PHASE_KINDS;

export const PHASE_NAMES = Object.keys(PHASE_KINDS) as [PhaseKind, ...PhaseKind[]];

export type Phase = {
  id: string;
  kind: PhaseKind;
  title: string;
  /** Its time box. */
  minutes: number;
};

/** Most phases of an agenda, and the longest of one, in minutes. */
export const MOST_PHASES = 30;
export const MOST_MINUTES = 480;

/** For a session whose moderators have not written one. */
export const DEFAULT_AGENDA: readonly Phase[] = PHASE_NAMES.map(kind => {
  const { label, minutes } = PHASE_KINDS[kind];
  return { id: kind, kind, title: label, minutes };
});

/** Whether a value is a whole agenda, with an id for each phase. */
export function isAgenda(value: Json | undefined): value is Phase[] {
  if (!Array.isArray(value) || value.length > MOST_PHASES || !value.every(isPhase)) return false;
  return new Set(value.map(({ id }) => id)).size === value.length;
}

export const readAgenda = (value: Json | undefined): readonly Phase[] =>
  isAgenda(value) ? value : DEFAULT_AGENDA;

function isPhase(value: Json | undefined): value is Phase {
  const { id, kind, title, minutes, ...more } = (value ?? {}) as Partial<Phase>;
  return (
    Object.keys(more).length === 0 &&
    isText(id, 40) &&
    isText(title, 120) &&
    PHASE_NAMES.includes(kind as PhaseKind) &&
    typeof minutes === 'number' &&
    minutes >= 1 &&
    minutes <= MOST_MINUTES
  );
}

const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= most;
