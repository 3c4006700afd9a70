/** What the words on a diagram give away: claims without a how, and things of high value that nobody marked. */
import type { Attributes } from './attributes.ts';
import type { Flow } from './model.ts';

/**
 * Words that claim a protection; a label that has one also has to say how. The commonest defect of diagrams (MITRE/MDIC Playbook
 * 2021, A.1.2 and A.2.2).
 */
const CLAIM =
  /\b(en|de)crypt\w*|\bcrypto\w*|\bsecur(e|ed|ely)\b|\bprotected\b|\bsigned\b|\bhash(ed|ing)?\b|\bverif(y|ied|ies)\b|\bvalidat(e|ed|es)\b|\bcheck(s|ed|sum)?\b|\bauthenticated\b|\bsaniti[sz]ed?\b/i;

/** Names of things and of acts that have such a word in them and claim nothing. */
const THING =
  /\bsecure[ -](elements?|boot)\b|\b(en|de)cryption[ -]keys?\b|\b(health|self)[ -]?checks?\b|\bcheck-?ins?\b/gi;

/** Names of algorithms, protocols and means: a how. */
const HOW =
  /\b(aes|rsa|ecdsa|eddsa|ed25519|ecdh|sha-?[23]?-?\d+|sha\d|hmac|cmac|gcm|ccm|chacha20|tls|dtls|mtls|https|sftp|ssh|ipsec|wpa[23]?|x\.?509|oauth|oidc|openid|saml|kerberos|fido2?|totp|jwt|jws|jwe|pgp|s\/mime|le secure connections|numeric comparison|passkey|out.of.band|crc-?\d+|bcrypt|argon2|scrypt|pbkdf2|schema|luks|bitlocker)\b|\d{3,4}.?bit/i;

export function isVague({ name, description }: { name: string; description: string }): boolean {
  const words = `${name} ${description}`;
  return CLAIM.test(words.replace(THING, ' ')) && !HOW.test(words);
}

/** Protocols in which who is asked answers: data travels both ways. */
const ANSWERING = new Set([
  'https',
  'http',
  'dicom',
  'dicomweb',
  'hl7v2',
  'fhir',
  'xds',
  'ldap',
  'ftp',
  'ssh',
  'rdp',
  'vnc',
  'vpn',
  'database',
  'dns',
  'ntp',
]);

export const answersOf = ({ protocol }: Attributes): boolean =>
  typeof protocol === 'string' && ANSWERING.has(protocol);

/**
 * The flows that always have to be looked at (MITRE/MDIC Playbook 2021, 2.3.3), by words that speak of them and the answers that
 * mark them.
 */
const HIGH_VALUE: readonly { words: RegExp; payload: readonly string[] }[] = [
  {
    words: /\b(log.?(i|o)n|sign.?in|passwords?|pins?|credentials?|authenticat\w*|pairing|tokens?)\b/i,
    payload: ['credentials'],
  },
  {
    words:
      /\b(commands?|remote control|control signals?|programm?ing|set.?points?|(dose|therapy|treatment) (settings?|parameters?))\b/i,
    payload: ['commands', 'config', 'treatment_plan'],
  },
  {
    words: /\b(firmware|(?<!\bstatus[ -])updates?|upgrades?|patch(es)?|software download)\b/i,
    payload: ['firmware'],
  },
  {
    words:
      /\b(patients?|phi|health (data|records?)|vitals?|readings?|measurements?|results?|images?|studies)\b/i,
    payload: ['phi', 'telemetry', 'images', 'analysis_results', 'patient_id'],
  },
  { words: /\b(alarms?|alerts?)\b/i, payload: ['alarms'] },
  { words: /\b(back.?ups?|restor(e|ing))\b/i, payload: ['backup'] },
];

/** @returns the answers of which one belongs into the payload by the words of the flow; null when one is there, or no word speaks */
export function seemsToCarry({ name, description, attributes }: Flow): readonly string[] | null {
  const words = `${name} ${description}`;
  const spoken = HIGH_VALUE.filter(({ words: pattern }) => pattern.test(words)).flatMap(
    ({ payload }) => payload,
  );
  if (spoken.length === 0) return null;
  return [attributes.payload ?? []].flat().some(each => spoken.includes(each)) ? null : spoken;
}
