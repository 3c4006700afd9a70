/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { BLE } from './ble.ts';
import { GENERIC } from './generic.ts';
import { IMPLANTS } from './implants.ts';

export const RULES: readonly Rule[] = [...GENERIC, ...BLE, ...IMPLANTS];
