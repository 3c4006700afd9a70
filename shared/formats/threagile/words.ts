/** Threagile's closed lists of words in ours; a word that says nothing certain in ours is left out and stays in `foreign`. */
import type { ElementKind } from '../../dfd/kinds.ts';
import type { Severity, ThreatStatus } from '../../document/threats.ts';
import type { Letter } from '../../stride/letters.ts';

const lookup =
  <T>(words: Record<string, T>) =>
  (word: string): T | undefined =>
    Object.hasOwn(words, word) ? words[word] : undefined;

export const kindOf = lookup<ElementKind>({
  'external-entity': 'external_entity',
  process: 'process',
  datastore: 'data_store',
});

export const letterOf = lookup<Letter>({
  spoofing: 'S',
  tampering: 'T',
  repudiation: 'R',
  'information-disclosure': 'I',
  'denial-of-service': 'D',
  'elevation-of-privilege': 'E',
});

/** Five steps in four: `elevated`, which is above medium, must not look smaller than it is. */
export const severityOf = lookup<Severity>({
  low: 'low',
  medium: 'medium',
  elevated: 'high',
  high: 'high',
  critical: 'critical',
});

export const statusOf = lookup<ThreatStatus>({
  unchecked: 'open',
  'in-discussion': 'open',
  'in-progress': 'open',
  accepted: 'accepted',
  mitigated: 'mitigated',
  'false-positive': 'rejected',
});

/** Answer to `protocol`. */
export const protocolOf = lookup({
  http: 'http',
  https: 'https',
  mqtt: 'mqtt',
  ssh: 'ssh',
  'ssh-tunnel': 'ssh',
  smtp: 'email',
  'smtp-encrypted': 'email',
  pop3: 'email',
  'pop3-encrypted': 'email',
  imap: 'email',
  'imap-encrypted': 'email',
});

const ENCRYPTED = new Set(['https', 'wss', 'ssh', 'ssh-tunnel', 'ftps', 'sftp', 'scp', 'ldaps']);
/** Those that have an encrypted variant in Threagile's list, so that they mean the other. */
const PLAIN = new Set(
  `http ws reverse-proxy-web-protocol jdbc odbc sql-access-protocol nosql-access-protocol binary text smtp pop3 imap ftp ldap smb
  iiop jrmp`.split(/\s+/),
);

/** Answer to `encrypted` of a flow; a tunnel around an open protocol says nothing of the way after it. */
export function encryptionOf(protocol: string, vpn: boolean): 'yes' | 'no' | undefined {
  if (ENCRYPTED.has(protocol) || protocol.endsWith('-encrypted')) return 'yes';
  return PLAIN.has(protocol) && !vpn ? 'no' : undefined;
}

/** Answer to `authenticated`: both sides, so the client's certificate counts where the server shows one, too. */
export function authenticationOf(authentication: string, encrypted: boolean): 'yes' | 'no' | undefined {
  if (authentication === 'none') return 'no';
  return authentication === 'client-certificate' && encrypted ? 'yes' : undefined;
}
