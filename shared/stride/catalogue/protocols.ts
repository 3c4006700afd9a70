/** What can go wrong with protocols of one’s own, and with programs that talk within one computer. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

export const PROTOCOLS: readonly Rule[] = [
  {
    id: 'PRO-01',
    title: 'Somebody between the two sides changes what a home-made protocol carries',
    explanation:
      'A protocol made for one product and put straight onto TCP or UDP has no protection unless somebody built it in. Whoever is on the way can change values and commands.',
    stride: ['T'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'tcp', 'flow.integrity': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'A plain checksum, which the attacker can compute as well, or none.',
    control:
      'Put the protocol inside TLS (or DTLS) with both sides authenticated, and invent no cryptography.',
    fda_control: ['code_data_execution_integrity', 'cryptography'],
    safety_note: 'Decide whether changed values reach a clinical decision or a part that treats.',
    cwe: ['CWE-345', 'CWE-924'],
    capec: ['CAPEC-94'],
    emb3d: ['TID-406'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'tcp' },
      silent: { 'flow.protocol': 'tcp', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'PRO-02',
    title: 'What a home-made protocol carries is read on the way',
    explanation:
      'That the format is known to nobody else is no protection: with a few recordings it can be worked out, and then everything is readable.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'tcp', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'An unusual format is mistaken for encryption.',
    control: 'Put the protocol inside TLS (or DTLS).',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note: 'Patient data is disclosed, and what is read helps to forge commands.',
    cwe: ['CWE-319'],
    capec: ['CAPEC-158'],
    emb3d: ['TID-408'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'tcp' },
      silent: { 'flow.protocol': 'tcp', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'PRO-03',
    title: 'A message out of form stops or deceives the program that reads a home-made protocol',
    explanation:
      'Programs that take such messages apart are written once and tested with good messages. A wrong length or an unexpected order makes them crash or hang, and pieces that overlap overwrite what an earlier piece said after it had passed the check.',
    stride: ['D', 'T'],
    applies_to: ['process'],
    // Where strangers' data are read, SW-01 says it.
    when: {
      'flow.protocol': 'tcp',
      'element.parses_untrusted': { not: 'yes' },
      'element.validates_input': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The reader trusts lengths and counts that the sender wrote.',
    control:
      'Put a message together before it is checked, check each field before it is used, refuse pieces that overlap or leave gaps, test with millions of damaged messages (fuzzing), and restart safely after a crash.',
    fda_control: ['resiliency_and_recovery', 'code_data_execution_integrity'],
    safety_note:
      'Decide what the patient is left with when the program stops, or carries out what it should have refused.',
    cwe: ['CWE-20', 'CWE-130'],
    capec: ['CAPEC-153'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'tcp' },
      silent: { 'flow.protocol': 'tcp', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'PRO-04',
    title: 'A recorded message of a home-made protocol is sent again',
    explanation:
      'Somebody records a genuine command and plays it back later. Nothing in it says that it was for yesterday, so it is carried out once more.',
    stride: ['T', 'S'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': ['tcp', 'serial'], 'flow.replay_protection': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Messages carry neither a number nor a time that the receiver checks.',
    control:
      'Number messages and protect the number together with the content; refuse numbers that were seen before. Numbers are more robust than times.',
    fda_control: ['code_data_execution_integrity', 'authentication'],
    safety_note: 'A dose or movement may be carried out twice, or old values shown as new ones.',
    cwe: ['CWE-294'],
    capec: ['CAPEC-60'],
    emb3d: ['TID-407'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'tcp' },
      silent: { 'flow.protocol': 'tcp', 'flow.replay_protection': 'yes' },
    },
  },
  {
    id: 'PRO-06',
    title: 'A home-made login is guessed, skipped or talked down to a weaker one',
    explanation:
      'Ways to sign in that were made for one product often have gaps: an empty password that works, a secret that is the same for all, an older and weaker way that is still accepted.',
    stride: ['S', 'E'],
    applies_to: ['process'],
    when: {
      'flow.protocol': ['tcp', 'serial', 'proprietary_rf'],
      'element.authenticates_users': 'yes',
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'An own scheme that nobody outside has reviewed.',
    control:
      'Use a known scheme and a well-kept library; allow no weaker way beside it; let others review what has to be your own.',
    fda_control: ['authentication'],
    safety_note: 'Decide what an uninvited user of this interface could set or stop.',
    cwe: ['CWE-1390', 'CWE-287'],
    capec: ['CAPEC-115'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'tcp', 'element.authenticates_users': 'yes' },
      silent: {
        'flow.protocol': 'tcp',
        'element.authenticates_users': 'yes',
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'PRO-07',
    title: 'Passwords or keys travel in a form that can be read and used again',
    explanation:
      'Credentials are sent as they are, or in a file with its password beside it. Whoever reads along can sign in with them.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.payload': 'credentials', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'The secret itself is sent, unencrypted, and stays valid.',
    control:
      'Encrypt the connection, prefer proofs that do not send the secret, and let what has to be sent expire soon.',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note: 'Decide what the credentials open, and for how long.',
    cwe: ['CWE-523', 'CWE-319'],
    capec: ['CAPEC-158'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.payload': ['credentials'] },
      silent: { 'flow.payload': ['credentials'], 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'PRO-08',
    title: 'A neighbouring program changes memory that is shared with it',
    explanation:
      'Two programs on one computer share a piece of memory. The one that is easier to attack changes values there while the other is using them.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'internal',
      'element.language': ['c', 'cpp'],
      'element.validates_input': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Pointers or buffers are handed over, and read more than once.',
    control:
      'Pass copies instead of pointers, copy in first and check the copy, and give each program only the memory that it needs.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide whether a program that bears on safety shares memory with one that does not.',
    cwe: ['CWE-367', 'CWE-822'],
    capec: ['CAPEC-124'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'internal', 'element.language': 'c' },
      silent: {
        'flow.protocol': 'internal',
        'element.language': 'c',
        'element.validates_input': 'yes',
      },
    },
  },
  {
    id: 'PRO-09',
    title: 'After the greeting anybody can speak in an authenticated connection',
    explanation:
      'Both sides prove who they are at the start, and what follows is not protected. Somebody on the way lets the greeting pass and then takes over.',
    stride: ['T', 'S'],
    applies_to: ['data_flow'],
    when: { 'flow.authenticated': 'yes', 'flow.integrity': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The proof of identity is not tied to the messages that come after it.',
    control: 'Derive a key from the greeting and protect each message with it, as TLS does.',
    fda_control: ['authentication', 'cryptography'],
    safety_note: 'A command can be slipped into a session that looks genuine from start to end.',
    cwe: ['CWE-924', 'CWE-345'],
    capec: ['CAPEC-94'],
    emb3d: ['TID-406'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.authenticated': 'yes', 'flow.integrity': 'no' },
      silent: { 'flow.authenticated': 'yes', 'flow.integrity': 'yes' },
    },
  },
];
