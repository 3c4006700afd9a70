/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { AI } from './ai.ts';
import { GENERIC } from './generic.ts';
import { PEOPLE } from './people.ts';
import { REPUDIATION } from './repudiation.ts';
import { SUPPLY_CHAIN } from './supply-chain.ts';

export const RULES: readonly Rule[] = [...GENERIC, ...AI, ...PEOPLE, ...REPUDIATION, ...SUPPLY_CHAIN];
