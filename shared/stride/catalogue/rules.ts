/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { AI } from './ai.ts';
import { BUSES } from './buses.ts';
import { DIRECTORY } from './directory.ts';
import { GENERIC } from './generic.ts';
import { PEOPLE } from './people.ts';
import { REMOTE_ACCESS } from './remote-access.ts';
import { REPUDIATION } from './repudiation.ts';
import { SUPPLY_CHAIN } from './supply-chain.ts';

export const RULES: readonly Rule[] = [
  ...GENERIC,
  ...AI,
  ...BUSES,
  ...DIRECTORY,
  ...PEOPLE,
  ...REMOTE_ACCESS,
  ...REPUDIATION,
  ...SUPPLY_CHAIN,
];
