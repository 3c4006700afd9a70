/** Every rule of the project. */
import type { Rule } from '../rule.ts';
import { AI } from './ai.ts';
import { APPS } from './apps.ts';
import { BLE } from './ble.ts';
import { BUSES } from './buses.ts';
import { CLOUD } from './cloud.ts';
import { COMMANDS } from './commands.ts';
import { CONTROLS_THAT_FAIL } from './controls-that-fail.ts';
import { DIRECTORY } from './directory.ts';
import { GENERIC } from './generic.ts';
import { HARDWARE } from './hardware.ts';
import { HEALTH_RECORDS } from './health-records.ts';
import { HOSPITAL } from './hospital.ts';
import { IMAGING } from './imaging.ts';
import { IMPLANTS } from './implants.ts';
import { LOG_SERVERS } from './log-servers.ts';
import { MOVING_PARTS } from './moving-parts.ts';
import { NETWORK } from './network.ts';
import { PEOPLE } from './people.ts';
import { PROTOCOLS } from './protocols.ts';
import { REMOTE_ACCESS } from './remote-access.ts';
import { REPUDIATION } from './repudiation.ts';
import { SAFETY_DEVICES } from './safety-devices.ts';
import { SOFTWARE } from './software.ts';
import { STORAGE_AND_LOGS } from './storage-and-logs.ts';
import { STORES } from './stores.ts';
import { SUPPLY_CHAIN } from './supply-chain.ts';
import { THERAPY_PARTS } from './therapy-parts.ts';
import { UPDATES } from './updates.ts';
import { WEB_PAGES } from './web-pages.ts';
import { WEB_SERVICES } from './web-services.ts';
import { WIRELESS_PARTS } from './wireless-parts.ts';

export const RULES: readonly Rule[] = [
  ...GENERIC,
  ...CONTROLS_THAT_FAIL,
  ...AI,
  ...APPS,
  ...BLE,
  ...BUSES,
  ...CLOUD,
  ...COMMANDS,
  ...DIRECTORY,
  ...HARDWARE,
  ...HEALTH_RECORDS,
  ...HOSPITAL,
  ...IMAGING,
  ...IMPLANTS,
  ...LOG_SERVERS,
  ...MOVING_PARTS,
  ...NETWORK,
  ...PEOPLE,
  ...PROTOCOLS,
  ...REMOTE_ACCESS,
  ...REPUDIATION,
  ...SAFETY_DEVICES,
  ...SOFTWARE,
  ...STORAGE_AND_LOGS,
  ...STORES,
  ...SUPPLY_CHAIN,
  ...THERAPY_PARTS,
  ...UPDATES,
  ...WEB_PAGES,
  ...WEB_SERVICES,
  ...WIRELESS_PARTS,
];
