/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { APPS } from './apps.ts';
import { GENERIC } from './generic.ts';
import { SOFTWARE } from './software.ts';

export const RULES: readonly Rule[] = [...GENERIC, ...APPS, ...SOFTWARE];
