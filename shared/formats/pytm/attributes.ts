/** What classes, controls and data of pytm say in our vocabulary. */

import type { Kind } from '../../dfd/kinds.ts';
import { answered, both } from '../answers.ts';
import { isLoose } from '../loose.ts';
import { type Fields, fieldOf, lineOf, memberOf } from './values.ts';

/** By name in lower case, for values that can be no other. */
const PROTOCOLS = new Map<string, string>([
  ...['ble', 'nfc', 'usb', 'serial', 'can', 'https', 'http', 'mqtt', 'dicom', 'fhir', 'ssh', 'rdp'].map(
    name => [name, name] as const,
  ),
  ['bluetooth low energy', 'ble'],
  ['wi-fi', 'wifi'],
  ['wifi', 'wifi'],
  ['hl7 v2', 'hl7v2'],
  ['hl7v2', 'hl7v2'],
  ['smtp', 'email'],
  ['email', 'email'],
]);

/** Whether the file is what pytm wrote: every field is there then, and a false one says nothing. */
export type Dump = boolean;

/** Answers that are certain. @param carries the data that it carries or keeps, as far as the file describes it */
export function attributesFor(
  kind: Kind,
  fields: Fields,
  carries: Fields[],
  dump: Dump,
): Record<string, string | string[]> {
  const controls = fieldOf(fields, 'controls');
  const yesNo = (name: string): string | undefined => {
    const value = (isLoose(controls) ? fieldOf(controls, name) : undefined) ?? fieldOf(fields, name);
    if (value === true) return 'yes';
    return value === false && !dump ? 'no' : undefined;
  };
  switch (kind) {
    case 'data_flow': {
      const tls = memberOf(fields, 'tlsVersion');
      const secret = carries.some(data => fieldOf(data, 'isCredentials') === true);
      return answered({
        protocol: PROTOCOLS.get(lineOf(fields, 'protocol').toLowerCase()),
        payload: secret ? ['credentials'] : undefined,
        encrypted: yesNo('isEncrypted') ?? (/^(SSL|TLS)v/.test(tls) ? 'yes' : undefined),
        integrity: yesNo('providesIntegrity'),
        authenticated: both(yesNo('authenticatesSource'), yesNo('authenticatesDestination')),
      });
    }
    case 'trust_boundary':
      return {};
    default: {
      const store = kind === 'data_store';
      const technology = [memberOf(fields, 'type').replace(/^UNKNOWN$/, ''), lineOf(fields, 'OS')];
      return answered({
        role: lineOf(fields, '__class__') === 'LLM' ? 'ai_model' : undefined,
        technology: technology.filter(text => text !== '').join(', ') || undefined,
        ...(store && {
          encrypted: yesNo('isEncryptedAtRest'),
          stores: yesNo('storesLogData') === 'yes' ? ['logs'] : undefined,
        }),
        ...(kind === 'process' && { authenticates_users: yesNo('implementsAuthenticationScheme') }),
      });
    }
  }
}
