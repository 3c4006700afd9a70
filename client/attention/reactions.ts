/** The few signs by which people say something without a word, for a moment: the awareness field `reaction`. */
import type { Awareness } from 'y-protocols/awareness';
import type { IconName } from '../theme/icons.ts';

export const REACTIONS = {
  agree: { label: 'Thumbs up', icon: 'thumb' },
  applause: { label: 'Applause', icon: 'applause' },
  surprised: { label: 'Surprised', icon: 'surprised' },
  thinking: { label: 'Thinking', icon: 'thinking' },
  heart: { label: 'Heart', icon: 'heart' },
} as const satisfies Record<string, { label: string; icon: IconName }>;

export type ReactionKind = keyof typeof REACTIONS;

export type Reaction = {
  kind: ReactionKind;
  /** Tells it from the one before: milliseconds since 1970 by the clock of who reacts. */
  at: number;
};

/** How long one is shown, in ms. */
const SHOWN_FOR = 4_000;

/** Shows it to everybody, and takes it back after a moment. */
export function react(awareness: Awareness, kind: ReactionKind): void {
  const at = Date.now();
  awareness.setLocalStateField('reaction', { kind, at } satisfies Reaction);
  setTimeout(() => {
    if (reactionOf(awareness.getLocalState()?.reaction)?.at === at)
      awareness.setLocalStateField('reaction', null);
  }, SHOWN_FOR);
}

/** null for none, and for what makes no sense. */
export function reactionOf(value: unknown): Reaction | null {
  const { kind, at } = (value ?? {}) as Partial<Reaction>;
  return typeof kind === 'string' && Object.hasOwn(REACTIONS, kind) && Number.isFinite(at)
    ? { kind, at: at! }
    : null;
}
