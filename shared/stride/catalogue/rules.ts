/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { APPS } from './apps.ts';
import { CLOUD } from './cloud.ts';
import { GENERIC } from './generic.ts';
import { SOFTWARE } from './software.ts';
import { WEB } from './web.ts';

export const RULES: readonly Rule[] = [...GENERIC, ...APPS, ...CLOUD, ...SOFTWARE, ...WEB];
