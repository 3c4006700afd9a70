/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { BLE } from './ble.ts';
import { COMMANDS } from './commands.ts';
import { GENERIC } from './generic.ts';
import { HARDWARE } from './hardware.ts';
import { IMPLANTS } from './implants.ts';
import { NETWORK } from './network.ts';
import { UPDATES } from './updates.ts';

export const RULES: readonly Rule[] = [
  ...GENERIC,
  ...BLE,
  ...COMMANDS,
  ...HARDWARE,
  ...IMPLANTS,
  ...NETWORK,
  ...UPDATES,
];
