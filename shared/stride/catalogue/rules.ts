/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { GENERIC } from './generic.ts';

export const RULES: readonly Rule[] = [...GENERIC];
