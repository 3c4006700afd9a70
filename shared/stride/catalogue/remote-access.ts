/** What can go wrong with the remote command line, SSH. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

/** Where people sit who open the session: what they use is seldom the server. */
const CLIENTS = [
  'service_tool',
  'workstation',
  'clinician_computer',
  'programmer',
  'remote_service',
  'central_station',
];

export const REMOTE_ACCESS: readonly Rule[] = [
  {
    id: 'SSH-01',
    title: 'The first SSH connection believes whatever host answers',
    explanation:
      'On the first connection SSH only asks the user whether the unknown host is the right one, and most people say yes. A false host then sees all that is typed, and can pass it on changed.',
    stride: ['S'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ssh', 'flow.authenticated': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'The key of the host is not known beforehand, so there is nothing to compare it with.',
    control:
      'Put the host’s public key, or that of an authority that vouches for it, onto the client before the first connection, and refuse unknown hosts.',
    fda_control: ['authentication'],
    safety_note: 'Decide what a false host could pick up: passwords for service, patient data, software.',
    cwe: ['CWE-322', 'CWE-295'],
    capec: ['CAPEC-94', 'CAPEC-151'],
    emb3d: [],
    sources: [TEMPLATE, 'RFC 4251, section 4.1 (host keys)'],
    test: {
      fires: { 'flow.protocol': 'ssh' },
      silent: { 'flow.protocol': 'ssh', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'SSH-02',
    title: 'Whoever has a copied password or key logs in over SSH',
    explanation:
      'Programs and technicians use the same password or the same key on many devices. Once it is copied from one place, it opens all of them.',
    stride: ['S', 'E'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ssh',
      'element.role': { not: CLIENTS },
      'element.credential_type': ['shared', 'default', 'hard_coded', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Passwords instead of keys between machines, and keys that lie about as files.',
    control:
      'A key for each machine, kept in protected storage; a second factor for people; no passwords between machines.',
    fda_control: ['authentication'],
    safety_note: 'A command line on the device usually means everything on the device.',
    cwe: ['CWE-798', 'CWE-308'],
    capec: ['CAPEC-560'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ssh', 'element.credential_type': 'shared' },
      silent: { 'flow.protocol': 'ssh', 'element.credential_type': 'individual' },
    },
  },
  {
    id: 'SSH-03',
    title: 'The greeting of the SSH server tells strangers what they have found',
    explanation:
      'Before anybody logs in the server shows which product and version it is. Somebody who looks for devices with a known hole finds them by it.',
    stride: ['I'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ssh',
      'element.role': { not: CLIENTS },
      'element.hardened': ['no', 'unknown'],
    },
    harm: 'none',
    vulnerability: 'A banner with product, version or site is shown before the login.',
    control: 'Show nothing about the product before the login, and keep such details for after it.',
    fda_control: ['confidentiality'],
    safety_note: 'No harm by itself; it shortens the way to an attack.',
    cwe: ['CWE-200'],
    capec: ['CAPEC-541'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ssh' },
      silent: { 'flow.protocol': 'ssh', 'element.hardened': 'yes' },
    },
  },
  {
    id: 'SSH-04',
    title: 'SSH falls back to an old version or a weak cipher that can be read',
    explanation:
      'Where old versions are still allowed, somebody on the way makes both sides use one, and then reads the session or takes it over.',
    stride: ['I', 'T'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ssh', 'target.hardened': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Version 1 of the protocol or outdated algorithms are left on for old clients.',
    control: 'Version 2 only, with a short list of current algorithms that is reviewed with each release.',
    fda_control: ['cryptography'],
    safety_note: 'What is typed in a service session may include passwords and settings of therapy.',
    cwe: ['CWE-327', 'CWE-757'],
    capec: ['CAPEC-220'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ssh' },
      silent: { 'flow.protocol': 'ssh', 'target.hardened': 'yes' },
    },
  },
  {
    id: 'SSH-05',
    title: 'An SSH login is used as a tunnel past the firewall',
    explanation:
      'SSH can carry other connections inside it. Somebody who may log in for one small task reaches machines behind the device that the firewall should keep from them.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ssh',
      'element.role': { not: CLIENTS },
      'element.hardened': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Forwarding of connections is on because it is on by default.',
    control: 'Switch forwarding off in the settings of the server; allow it by name where it is needed.',
    fda_control: ['authorization'],
    safety_note: 'Decide which devices and records are within reach from this machine.',
    cwe: ['CWE-1188', 'CWE-923'],
    capec: ['CAPEC-554'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ssh', 'element.hardened': 'no' },
      silent: { 'flow.protocol': 'ssh', 'element.hardened': 'yes' },
    },
  },
  {
    id: 'SSH-06',
    title: 'Through a forwarded display the far machine looks at and controls the near one',
    explanation:
      'SSH can show windows of the far machine on the near screen. With that switched on, a far machine that was taken over can take pictures of the screen and type for the user.',
    stride: ['E', 'I'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'ssh',
      'element.role': CLIENTS,
      'element.hardened': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Forwarding of the display (X11) is on although nobody needs it.',
    control:
      'Switch forwarding of the display off on both sides, and use it only towards machines that are trusted.',
    fda_control: ['authorization'],
    safety_note: 'Decide what the screen and keyboard of this computer give access to.',
    cwe: ['CWE-1188'],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ssh', 'element.role': 'service_tool' },
      silent: { 'flow.protocol': 'ssh', 'element.role': 'service_tool', 'element.hardened': 'yes' },
    },
  },
  {
    id: 'SSH-07',
    title: 'Failed remote logins lock out the people at the device',
    explanation:
      'After a number of wrong passwords an account is locked. Somebody on the network only has to guess wrong often enough, and nobody at the bedside can sign in.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'flow.protocol': ['ssh', 'rdp', 'vnc'],
      'element.role': { not: CLIENTS },
      'element.emergency_access': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The same lock counts attempts from afar and at the device.',
    control:
      'Slow down attempts from afar instead of locking the account, keep logins at the device apart, and provide emergency access.',
    fda_control: ['resiliency_and_recovery', 'authentication'],
    safety_note: 'Clinicians cannot use the device while it is needed.',
    cwe: ['CWE-645'],
    capec: ['CAPEC-2'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ssh' },
      silent: { 'flow.protocol': 'ssh', 'element.emergency_access': 'yes' },
    },
  },
];
