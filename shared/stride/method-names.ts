/** The ways to walk a model, the default first. */
export const METHOD_NAMES = [
  'per-crossing',
  'per-flow',
  'per-interaction',
  'per-element',
  'per-workflow',
] as const;

export type Method = (typeof METHOD_NAMES)[number];

export const DEFAULT_METHOD: Method = 'per-crossing';

export const isMethod = (name: string): name is Method => METHOD_NAMES.includes(name as Method);
