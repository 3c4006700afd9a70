/** What can go wrong where users are looked up in a directory, or signed in by somebody else. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const ASKING = { not: ['directory'] };

export const DIRECTORY: readonly Rule[] = [
  {
    id: 'DIR-01',
    title: 'A false directory server says who may sign in',
    explanation:
      'The device asks a directory whether a password is right and does not check that it is the real one. A false directory collects the passwords, or lets anybody in.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ldap',
      'flow.encrypted': ['no', 'unknown'],
      'flow.authenticated': ['no', 'unknown'],
      'element.role': ASKING,
    },
    harm: 'indirect',
    vulnerability: 'Plain LDAP does not prove which server answers.',
    control: 'LDAP over TLS only, with the server’s certificate and name checked each time.',
    fda_control: ['authentication'],
    safety_note: 'Decide what somebody can do who is signed in as a clinician or a technician.',
    cwe: ['CWE-290', 'CWE-306'],
    capec: ['CAPEC-151'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ldap' },
      silent: { 'flow.protocol': 'ldap', 'flow.encrypted': 'yes', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'DIR-02',
    title: 'The certificate of the directory is accepted unchecked',
    explanation:
      'Hospitals often make their own certificates, so the check gets switched off to make things work. The connection is encrypted then, but possibly with the wrong server.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ldap',
      'flow.encrypted': 'yes',
      'flow.authenticated': ['no', 'unknown'],
      'element.role': ASKING,
    },
    harm: 'indirect',
    vulnerability: 'There is no way to load the hospital’s own certificate, so every certificate will do.',
    control:
      'Let the hospital load its own certificate or authority, remember it, and refuse and report any other.',
    fda_control: ['authentication', 'cryptography'],
    safety_note: 'Passwords of clinicians are collected, and can be used wherever they sign in.',
    cwe: ['CWE-295', 'CWE-297'],
    capec: ['CAPEC-94'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ldap', 'flow.encrypted': 'yes' },
      silent: { 'flow.protocol': 'ldap', 'flow.encrypted': 'yes', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'DIR-03',
    title: 'The answer of the directory is changed on its way',
    explanation:
      'Somebody on the network turns a "no" of the directory into a "yes", or adds rights to the answer, and is let into the device.',
    stride: ['T', 'E'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ldap', 'flow.integrity': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Answers travel without a check value.',
    control: 'LDAP over TLS with a checked certificate, or signed LDAP.',
    fda_control: ['code_data_execution_integrity', 'authentication'],
    safety_note: 'Decide which functions of the device open to somebody who gets in this way.',
    cwe: ['CWE-924', 'CWE-345'],
    capec: ['CAPEC-94'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ldap' },
      silent: { 'flow.protocol': 'ldap', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'DIR-04',
    title: 'A user name typed at the login changes the question put to the directory',
    explanation:
      'What is typed becomes part of the query. With a few special characters somebody turns it into another question, whose answer lets them in or shows them other people’s entries.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ldap',
      'element.encodes_output': ['no', 'unknown'],
      'element.role': ASKING,
    },
    harm: 'indirect',
    vulnerability: 'The query is put together from what was typed, special characters and all.',
    control:
      'Escape what goes into queries by a library made for that, and accept only characters that names have.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Somebody signs in with rights that are not theirs.',
    cwe: ['CWE-90'],
    capec: ['CAPEC-136'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ldap' },
      silent: { 'flow.protocol': 'ldap', 'element.encodes_output': 'yes' },
    },
  },
  {
    id: 'DIR-05',
    title: 'Nobody can sign in while the directory is flooded or down',
    explanation:
      'Somebody attacks the directory and not the device. All devices that ask it who may use them are locked at the same time.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ldap',
      'element.emergency_access': ['no', 'unknown'],
      'element.role': ASKING,
    },
    harm: 'direct',
    vulnerability: 'There is no second way to sign in.',
    control:
      'A second way to sign in without the directory: accounts on the device, remembered logins for a limited time, emergency access.',
    fda_control: ['resiliency_and_recovery', 'authentication'],
    safety_note:
      'A whole hospital may be unable to use its devices: decide what must work without signing in.',
    cwe: ['CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ldap' },
      silent: { 'flow.protocol': 'ldap', 'element.emergency_access': 'yes' },
    },
  },
  {
    id: 'DIR-06',
    title: 'Passwords sent to the directory can be read on the network',
    explanation:
      'The simplest kind of LDAP login sends the password as it is. Whoever listens on the network has it, and it usually opens more than this device.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ldap', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'A simple login without encryption.',
    control: 'LDAP over TLS only; refuse a simple login on an unencrypted connection.',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note: 'A clinician’s password opens patient records and other devices.',
    cwe: ['CWE-319', 'CWE-523'],
    capec: ['CAPEC-158'],
    emb3d: [],
    sources: [TEMPLATE, 'RFC 4513, section 6.3.3 (name/password authentication)'],
    test: {
      fires: { 'flow.protocol': 'ldap' },
      silent: { 'flow.protocol': 'ldap', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'DIR-07',
    title: 'A proof of sign-in issued by another service is caught and used by somebody else',
    explanation:
      'With single sign-on the user brings a token from another service. Somebody who gets hold of the token, or makes the service send it elsewhere, is taken for that user.',
    stride: ['E', 'S'],
    applies_to: ['process'],
    when: {
      'element.depends_on': 'sso',
      'flow.protocol': ['http', 'https', 'fhir'],
      'flow.replay_protection': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability:
      'The token works for whoever shows it, for long, and addresses it is sent to are not fixed.',
    control:
      'Short-lived tokens made for one receiver, exact return addresses, a proof that only the requester has (PKCE), and full checks of signature, issuer and audience.',
    fda_control: ['authentication', 'authorization'],
    safety_note: 'Decide what can be done in the name of a clinician before somebody notices.',
    cwe: ['CWE-294', 'CWE-345'],
    capec: ['CAPEC-60', 'CAPEC-94'],
    emb3d: [],
    sources: [TEMPLATE, 'RFC 9700, Best Current Practice for OAuth 2.0 Security'],
    test: {
      fires: { 'element.depends_on': ['sso'], 'flow.protocol': 'https' },
      silent: {
        'element.depends_on': ['sso'],
        'flow.protocol': 'https',
        'flow.replay_protection': 'yes',
      },
    },
  },
];
