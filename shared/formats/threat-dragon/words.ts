/** Threat Dragon's words for what a threat model says in ours, and back. Exact only: what has no certain counterpart has none. */

import { attributesOf } from '../../dfd/attributes.ts';
import type { Kind } from '../../dfd/kinds.ts';
import { SEVERITY, type Severity, THREAT_STATUS, type ThreatStatus } from '../../document/threats.ts';
import { CATEGORY, LETTERS, type Letter } from '../../stride/letters.ts';
import type { Loose } from '../loose.ts';
import { textOf } from './json.ts';

/** Letters and digits only, in lower case: `Not Applicable`, `NotApplicable` and `HTTP/S`, `https` are the same. */
const plain = (text: unknown): string =>
  textOf(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What it calls a status; an avoided risk is one whose cause was taken away. */
const STATUSES = new Map<string, ThreatStatus>([
  ...(Object.keys(THREAT_STATUS) as ThreatStatus[]).map(status => [status, status] as const),
  ['notapplicable', 'rejected'],
  ['na', 'rejected'],
  ['avoided', 'eliminated'],
]);

export const statusOf = (word: unknown): ThreatStatus => {
  const status = STATUSES.get(plain(word)) ?? 'open';
  return status === 'proposed' ? 'open' : status;
};

export function wordForStatus(status: ThreatStatus): string {
  if (status === 'rejected') return 'NotApplicable';
  return THREAT_STATUS[status === 'proposed' ? 'open' : status];
}

const SEVERITIES = new Map(Object.keys(SEVERITY).map(severity => [severity, severity as Severity]));

/** null for what is still to be decided: TBD, TBA. */
export const severityOf = (word: unknown): Severity | null => SEVERITIES.get(plain(word)) ?? null;

export const wordForSeverity = (severity: Severity | null): string => (severity ? SEVERITY[severity] : 'TBD');

/** It writes a category in the language of its user interface: Japanese has words of its own, Spanish ones follow the English. */
const JAPANESE = ['なりすまし', '改竄', '否認', '情報漏洩', 'サービス拒否', '特権の昇格'];

const LETTER_OF = new Map<string, Letter>(
  LETTERS.flatMap((letter, n) => [
    [plain(CATEGORY[letter].name), letter],
    [plain(JAPANESE[n]), letter],
  ]),
);

const letterOf = (type: unknown): Letter | undefined =>
  LETTER_OF.get(plain(type)) ?? LETTER_OF.get(plain(textOf(type).split(' / ')[0]));

/** Methods whose categories sound like ours at times but mean something else: their words stay words. */
const OTHER_METHODS = new Set(['cia', 'die', 'ciadie', 'linddun', 'plot4ai', 'eop']);

/** @param type of a threat, and the method that it belongs to */
export function categoryOf(type: unknown, method: unknown): { stride: Letter[]; category: string } {
  const letter = OTHER_METHODS.has(plain(method)) ? undefined : letterOf(type);
  return letter ? { stride: [letter], category: '' } : { stride: [], category: textOf(type).trim() };
}

const METHOD_OF = new Map<string, string>([
  ...['Confidentiality', 'Integrity', 'Availability'].map(type => [plain(type), 'CIA'] as const),
  ...['Distributed', 'Immutable', 'Ephemeral'].map(type => [plain(type), 'DIE'] as const),
  ...[
    'Linkability',
    'Identifiability',
    'Non-repudiation',
    'Detectability',
    'Disclosure of information',
    'Unawareness',
    'Non-compliance',
  ].map(type => [plain(type), 'LINDDUN'] as const),
]);

/** The type of a threat and the method that offers it. */
export function typeFor(stride: readonly Letter[], category: string): { type: string; modelType: string } {
  const [letter] = stride;
  if (category === '' && letter) return { type: CATEGORY[letter].name, modelType: 'STRIDE' };
  return { type: category, modelType: METHOD_OF.get(plain(category)) ?? 'Generic' };
}

const PROTOCOLS = new Map(
  attributesOf('data_flow')
    .filter(({ key }) => key === 'protocol')
    .flatMap(({ values = [] }) => values)
    .flatMap(({ value, label }) => [
      [plain(value), value],
      [plain(label), value],
    ]),
);

const PROTOCOL_LABELS = new Map(
  attributesOf('data_flow')
    .filter(({ key }) => key === 'protocol')
    .flatMap(({ values = [] }) => values)
    .map(({ value, label }) => [value, label]),
);

/** How a file of ours spells it. */
export const usualProtocol = (protocol: string | undefined): string | undefined =>
  protocol === undefined ? undefined : PROTOCOL_LABELS.get(protocol);

export const protocolOf = (word: unknown): string | undefined => PROTOCOLS.get(plain(word));

/** A flag in a cell's data that, when set, is an answer of ours; not set it says nothing, for that is how a new cell starts. */
interface Flag {
  kind: Kind;
  flag: string;
  key: string;
  value: string;
  /** One of several answers. */
  many?: boolean;
}

const FLAGS: readonly Flag[] = [
  { kind: 'data_flow', flag: 'isEncrypted', key: 'encrypted', value: 'yes' },
  { kind: 'data_store', flag: 'isEncrypted', key: 'encrypted', value: 'yes' },
  { kind: 'data_store', flag: 'storesCredentials', key: 'stores', value: 'credentials', many: true },
  { kind: 'data_store', flag: 'isALog', key: 'stores', value: 'logs', many: true },
  { kind: 'process', flag: 'implementsAuthentication', key: 'authenticates_users', value: 'yes' },
];

const flagsOf = (kind: Kind): Flag[] => FLAGS.filter(flag => flag.kind === kind);

/** The keys of a cell's data that {@link attributesFrom} reads whole. */
export const flagNames = (kind: Kind): string[] => flagsOf(kind).map(({ flag }) => flag);

/** The answers in a cell's data. */
export function attributesFrom(kind: Kind, data: Loose): Record<string, string | string[]> {
  const attributes: Record<string, string | string[]> = {};
  for (const { flag, key, value, many } of flagsOf(kind)) {
    if (data[flag] !== true) continue;
    attributes[key] = many ? [...((attributes[key] as string[]) ?? []), value] : value;
  }
  const protocol = kind === 'data_flow' ? protocolOf(data.protocol) : undefined;
  return protocol ? { ...attributes, protocol } : attributes;
}

/**
 * The answers as a cell's data has them.
 * @param kept the spelling of the protocol that the file had
 * @returns the data, and the answers that it can't hold
 */
export function dataFrom(
  kind: Kind,
  attributes: Record<string, string | string[]>,
  kept: unknown,
): { data: Record<string, string | boolean>; lost: string[] } {
  const data: Record<string, string | boolean> = {};
  const lost: string[] = [];
  for (const [key, answer] of Object.entries(attributes)) {
    for (const value of [answer].flat()) {
      const flag = flagsOf(kind).find(each => each.key === key && each.value === value);
      const protocol = kind === 'data_flow' && key === 'protocol' ? usualProtocol(value) : undefined;
      if (flag) data[flag.flag] = true;
      else if (protocol) data.protocol = protocol;
      else lost.push(`${key}: ${value}`);
    }
  }
  const spelling = textOf(kept);
  if (spelling && protocolOf(spelling) === attributes.protocol) data.protocol = spelling;
  return { data, lost };
}
