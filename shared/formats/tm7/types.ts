/** What the types and properties of the tool's own templates and its medical device template say in our vocabulary. */

import type { Kind } from '../../dfd/kinds.ts';
import { answered, both } from '../answers.ts';
import type { Properties } from './properties.ts';

/** By name of the type, in lower case. */
const ROLES: Record<string, string> = {
  'mobile client': 'mobile_app',
  sensor: 'sensor',
  'pharmaceutical pump': 'infusion_pump',
  'cloud storage': 'cloud_storage',
  'azure storage': 'cloud_storage',
  'iot field gateway': 'gateway',
  pacs: 'pacs',
  'third party emr interface': 'ehr',
};

/** Types that say nothing of what something is built on. */
const NO_TECHNOLOGY = /^(generic\b|human user$|device$|megaservice$|free text)/i;

const PROTOCOLS: Record<string, string> = {
  http: 'http',
  https: 'https',
  'hl7 classic': 'hl7v2',
  'hl7 fhir': 'fhir',
  ssh: 'ssh',
  dicom: 'dicom',
  'dicom tls': 'dicom',
  canbus: 'can',
};

/** Bluetooth isn't here: the tool doesn't say which of the two. */
const CHANNELS: Record<string, string> = { 'wi-fi': 'wifi', '2g-4g': 'cellular' };

const lookUp = (table: Record<string, string>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/**
 * Answers that are certain: a list that nobody touched says nothing.
 * @param typeId as in "SE.DF.TMCore.HTTPS": tells the protocol where the type has no name
 */
export function attributesFor(
  kind: Kind,
  typeId: string,
  { header, others }: Properties,
): Record<string, string | string[]> {
  const type = header.toLowerCase();
  const given = (name: string): string | undefined =>
    others.find(property => property.name === name && property.given)?.value.toLowerCase();
  const yesNo = (name: string): string | undefined => {
    const value = given(name);
    return value === 'yes' || value === 'no' ? value : undefined;
  };
  switch (kind) {
    case 'data_flow':
      return answered({
        protocol:
          lookUp(PROTOCOLS, type || (typeId.split('.').at(-1) ?? '').toLowerCase()) ??
          lookUp(CHANNELS, given('channel') ?? ''),
        encrypted: yesNo('providesConfidentiality'),
        integrity: yesNo('providesIntegrity'),
        authenticated: both(yesNo('authenticatesSource'), yesNo('authenticatesDestination')),
      });
    case 'trust_boundary':
      return {};
    default: {
      const role = lookUp(ROLES, type);
      const stores = [
        ...(yesNo('storesCredentials') === 'yes' ? ['credentials'] : []),
        ...(yesNo('storesLogData') === 'yes' ? ['logs'] : []),
      ];
      return answered({
        role,
        technology: role === undefined && header !== '' && !NO_TECHNOLOGY.test(header) ? header : undefined,
        ...(kind === 'data_store' && {
          stores: stores.length > 0 ? stores : undefined,
          encrypted: yesNo('Encrypted'),
        }),
        ...(kind === 'process' && { authenticates_users: yesNo('implementsAuthenticationScheme') }),
      });
    }
  }
}
