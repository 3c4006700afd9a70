import type { Suggestion } from '../document/threats.ts';

/** A suggestion of which only what matters to a test is said. */
export const someSuggestion = (more: Partial<Suggestion> = {}): Suggestion => ({
  id: 'GEN-T/shape:f-bluetooth',
  rule: 'GEN-T',
  target: 'shape:f-bluetooth',
  stride: 'T',
  why: { part: 'flow', flows: [], boundaries: [], facts: [] },
  rank: 1,
  stale: false,
  change: null,
  ...more,
});
