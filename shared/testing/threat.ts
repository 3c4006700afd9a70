import type { Threat } from '../document/threats.ts';

/** A threat of which only what matters to a test is said. */
export const someThreat = (more: Partial<Threat> = {}): Threat => ({
  id: 't',
  number: 1,
  title: 'T',
  description: '',
  stride: ['S'],
  category: '',
  target: 'shape:f-bluetooth',
  status: 'open',
  severity: null,
  justification: '',
  mitigation: '',
  foreign: {},
  by: { id: 'u', name: 'U' },
  at: 1,
  suggestion: '',
  tags: [],
  owner: '',
  into: '',
  ...more,
});
