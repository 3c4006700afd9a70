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
import { AI } from './ai.ts';
import { BUSES } from './buses.ts';
import { DIRECTORY } from './directory.ts';
import { GENERIC } from './generic.ts';
import { HEALTH_RECORDS } from './health-records.ts';
import { LOG_SERVERS } from './log-servers.ts';
import { MOVING_PARTS } from './moving-parts.ts';
import { PEOPLE } from './people.ts';
import { PROTOCOLS } from './protocols.ts';
import { REMOTE_ACCESS } from './remote-access.ts';
import { REPUDIATION } from './repudiation.ts';
import { SAFETY_DEVICES } from './safety-devices.ts';
import { STORES } from './stores.ts';
import { SUPPLY_CHAIN } from './supply-chain.ts';
import { THERAPY_PARTS } from './therapy-parts.ts';
import { WEB } from './web.ts';
import { WIRELESS_PARTS } from './wireless-parts.ts';

export const RULES: readonly Rule[] = [
  ...GENERIC,
  ...AI,
  ...BUSES,
  ...DIRECTORY,
  ...HEALTH_RECORDS,
  ...LOG_SERVERS,
  ...MOVING_PARTS,
  ...PEOPLE,
  ...PROTOCOLS,
  ...REMOTE_ACCESS,
  ...REPUDIATION,
  ...SAFETY_DEVICES,
  ...STORES,
  ...SUPPLY_CHAIN,
  ...THERAPY_PARTS,
  ...WEB,
  ...WIRELESS_PARTS,
];
