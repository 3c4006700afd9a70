/** What people do, or are made to do, and the rights that they and their programs have. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const FDA = 'FDA premarket cybersecurity guidance';

const LAY = ['patient', 'caregiver'];

export const PEOPLE: readonly Rule[] = [
  {
    id: 'USR-01',
    title: 'A shared clinical login or a borrowed badge stands for somebody else',
    explanation:
      'On a busy ward several people work under one login or lend each other a badge. The device cannot tell who gave an order, and anybody passing by can act as a clinician.',
    stride: ['S', 'R'],
    applies_to: ['external_entity'],
    when: { 'element.role': 'clinician', 'element.shared_account': ['yes', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Signing in takes so long that sharing a login is the only way to get work done.',
    control:
      'Fast sign-in for each person (badge, proximity), a short confirmation for critical changes, and separate roles.',
    fda_control: ['authentication', 'event_detection_logging'],
    safety_note: 'Orders are put down to the wrong person, and misuse cannot be traced.',
    cwe: ['CWE-287', 'CWE-1390'],
    capec: ['CAPEC-560', 'CAPEC-122'],
    emb3d: [],
    sources: [`${PLAYBOOK} Table 2 (spoofing example)`],
    test: {
      fires: { 'element.role': 'clinician' },
      silent: { 'element.role': 'clinician', 'element.shared_account': 'no' },
    },
  },
  {
    id: 'USR-02',
    title: 'A patient or relative changes settings beyond what is meant for them',
    explanation:
      'Out of pain, impatience or curiosity somebody at the bedside finds the way to a setting that only clinicians should change.',
    stride: ['E'],
    applies_to: ['process'],
    when: [
      {
        'source.role': LAY,
        'element.role': { not: LAY },
        'flow.payload': ['commands', 'config'],
        'element.authorises': ['no', 'unknown'],
      },
      {
        'source.role': LAY,
        'element.role': { not: LAY },
        'flow.payload': ['commands', 'config'],
        'element.hard_limits': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Limits are kept by the screens alone, and everybody at the device has the same rights.',
    control:
      'A mode for patients whose limits are enforced below the user interface, a code for clinicians with limited attempts, and a visible sign of which mode is on.',
    fda_control: ['authorization'],
    safety_note: 'Overdose or excessive force, by the hand of the patient.',
    cwe: ['CWE-602', 'CWE-284'],
    capec: ['CAPEC-212'],
    emb3d: [],
    sources: [
      `${PLAYBOOK} A.2 SKATE patient view guard rails`,
      'Microsoft threat-modeling-templates, medical device template',
    ],
    test: {
      fires: { 'source.role': 'patient', 'flow.payload': ['commands'], 'element.authorises': 'no' },
      silent: {
        'source.role': 'patient',
        'flow.payload': ['commands'],
        'element.authorises': 'yes',
        'element.hard_limits': 'yes',
      },
    },
  },
  {
    id: 'USR-03',
    title: 'A security control keeps clinicians out in an emergency',
    explanation:
      'A forgotten password, a locked account or a missing badge stands between a clinician and a device that a patient needs now.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'element.authenticates_users': 'yes',
      'element.essential_performance': 'yes',
      'element.emergency_access': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The same lock is put before life-saving functions as before settings.',
    control:
      'Emergency access that raises an alarm at once and is reviewed later; never lock stop or basic life-support functions.',
    fda_control: ['resiliency_and_recovery', 'authentication'],
    safety_note:
      'Treatment is delayed by the protection itself: decide which functions must work without signing in.',
    cwe: ['CWE-655'],
    capec: ['CAPEC-2'],
    emb3d: [],
    sources: [
      `${PLAYBOOK} §2.5.5 (impact of mitigations on safety and usability)`,
      `${FDA} §V.A (controls of one kind must not add risk of the other kind)`,
    ],
    test: {
      fires: { 'element.authenticates_users': 'yes', 'element.essential_performance': 'yes' },
      silent: {
        'element.authenticates_users': 'yes',
        'element.essential_performance': 'yes',
        'element.emergency_access': 'yes',
      },
    },
  },
  {
    id: 'USR-04',
    title: 'Somebody talks a patient, a technician or the help desk into giving access',
    explanation:
      'By phone, e-mail or in person somebody pretends to be a colleague, a patient or the manufacturer and asks for a password, a reset or a remote session. The person asked wants to help.',
    stride: ['S'],
    applies_to: ['external_entity'],
    when: {
      'element.role': ['patient', 'caregiver', 'clinician', 'technician', 'support', 'administrator'],
      'element.trained': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'People have no way to check who is asking, and no rule that lets them say no.',
    control:
      'Call back on a known number, never ask for passwords, say so in the product where it matters, and train those who can give access.',
    fda_control: ['authentication'],
    safety_note: 'An account or a remote session is handed over: decide what can be done with it.',
    cwe: ['CWE-451', 'CWE-640'],
    capec: ['CAPEC-98', 'CAPEC-416'],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.4.4 (delivery stage)`],
    test: {
      fires: { 'element.role': 'support' },
      silent: { 'element.role': 'support', 'element.trained': 'yes' },
    },
  },
  {
    id: 'USR-05',
    title: 'A program runs with more rights than it needs',
    explanation:
      'A program that runs as administrator turns any hole in it into control of the whole computer, for whoever finds the hole.',
    stride: ['E'],
    applies_to: ['process'],
    when: [
      { 'element.runs_as': ['admin', 'system', 'root'] },
      { 'element.os': ['linux', 'windows', 'embedded'], 'element.runs_as': 'unknown' },
    ],
    harm: 'indirect',
    vulnerability: 'Everything runs under one powerful account because that was easiest to set up.',
    control:
      'An account for each service with no more rights than it needs, restricted system calls, and a regular review of who has which rights.',
    fda_control: ['authorization'],
    safety_note: 'Decide whether functions that bear on safety are within reach of this program’s rights.',
    cwe: ['CWE-250', 'CWE-269'],
    capec: ['CAPEC-69', 'CAPEC-233'],
    emb3d: ['TID-219'],
    sources: [
      'CISA ICSMA-23-117-01 (CWE-250) (cisagov/CSAF)',
      'CISA ICSMA-18-123-01 (CWE-250) (cisagov/CSAF)',
      'CWE-269/250 appear in 13 records of 144 CISA medical advisories',
    ],
    test: {
      fires: { 'element.runs_as': 'root' },
      silent: { 'element.runs_as': 'limited', 'element.os': 'linux' },
    },
  },
];
