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
import { APPS } from './apps.ts';
import { CLOUD } from './cloud.ts';
import { GENERIC } from './generic.ts';
import { HOSPITAL } from './hospital.ts';
import { IMAGING } from './imaging.ts';
import { SOFTWARE } from './software.ts';
import { STORAGE_AND_LOGS } from './storage-and-logs.ts';
import { WEB } from './web.ts';

export const RULES: readonly Rule[] = [
  ...GENERIC,
  ...APPS,
  ...CLOUD,
  ...HOSPITAL,
  ...IMAGING,
  ...SOFTWARE,
  ...STORAGE_AND_LOGS,
  ...WEB,
];
