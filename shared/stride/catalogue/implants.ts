/** Implants, pumps under remote control, and the programmers and home monitors that go with them. */
import type { Rule } from '../rule.ts';

const FDA = 'FDA premarket cybersecurity guidance';
const EMB3D = 'MITRE EMB3D 2.0.1';

const NEAR_RADIO = ['implant_rf', 'proprietary_rf', 'nfc'];
const PUMP = ['infusion_pump', 'insulin_pump'];
const HOME_END = ['home_monitor', 'gateway'];
const SERVICE_END = ['cloud_service', 'remote_service', 'web_portal', 'api'];
/** A tag is read; it is the reader that has to tell. */
const READER = { not: ['accessory', 'consumable'] };

export const IMPLANTS: readonly Rule[] = [
  {
    id: 'IMP-01',
    title: 'An implant takes programming from anybody in radio range',
    explanation:
      'Somebody with suitable radio equipment poses as the clinic’s programmer, and the implant does what it is told: change its settings, deliver or withhold therapy.',
    stride: ['S', 'E'],
    applies_to: ['process', 'external_entity'],
    when: {
      'element.role': 'implant',
      'target.role': 'implant',
      'flow.protocol': NEAR_RADIO,
      'flow.payload': ['commands', 'config', 'treatment_plan'],
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'To speak the implant’s radio protocol is all it takes to be obeyed.',
    control:
      'Programmer and implant prove their identity to each other with keys of each device’s own; sessions start only after contact or close to the body; a way in for emergencies that leaves a record.',
    fda_control: ['authentication', 'authorization'],
    safety_note:
      'Altered pacing, a shock without need or therapy that stops may be fatal; weigh this against access in an emergency.',
    cwe: ['CWE-287', 'CWE-284', 'CWE-306'],
    capec: ['CAPEC-115', 'CAPEC-151'],
    emb3d: ['TID-406', 'TID-310'],
    sources: ['CISA ICSMA-19-080-01 (CWE-284, CWE-319)', 'CISA ICSMA-17-241-01 (CWE-287)'],
    test: {
      fires: {
        'element.role': 'implant',
        'target.role': 'implant',
        'flow.protocol': 'implant_rf',
        'flow.payload': ['commands'],
      },
      silent: {
        'element.role': 'implant',
        'target.role': 'implant',
        'flow.protocol': 'implant_rf',
        'flow.payload': ['commands'],
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'IMP-02',
    title: 'What an implant sends is read in clear',
    explanation:
      'Somebody near the patient listens to the implant’s radio and learns who they are, what the implant measured and how it is set.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: [
      { 'flow.protocol': 'implant_rf', 'flow.encrypted': ['no', 'unknown'] },
      { 'flow.protocol': NEAR_RADIO, 'element.role': 'implant', 'flow.encrypted': ['no', 'unknown'] },
    ],
    harm: 'privacy',
    vulnerability: 'The radio protocol was thought to be secret enough and encrypts nothing.',
    control:
      'Encrypt with keys made for each session, keep range and sessions short, and switch the radio on for planned sessions only.',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note: 'Privacy; what is recorded also helps to forge commands.',
    cwe: ['CWE-319', 'CWE-311'],
    capec: ['CAPEC-157'],
    emb3d: ['TID-408'],
    sources: ['CISA ICSMA-19-080-01 (CWE-319)', 'CISA ICSMA-20-170-05 (CWE-311, CWE-319)'],
    test: {
      fires: { 'flow.protocol': 'implant_rf' },
      silent: { 'flow.protocol': 'implant_rf', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'IMP-03',
    title: 'The clinic’s programmer is taken over and turned against implants',
    explanation:
      'Harmful software gets onto the programmer, by the network, an update or a plugged-in medium. As implants trust the programmer, each patient who comes to the clinic is within its reach.',
    stride: ['E', 'T'],
    applies_to: ['process', 'external_entity'],
    when: [
      { asked: 'process', 'element.role': 'programmer', 'element.malware_protection': ['no', 'unknown'] },
      { asked: 'external_entity', 'element.role': 'programmer', 'element.managed': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability:
      'A programmer is an ordinary computer, and runs whatever software reaches it without checking its origin.',
    control:
      'Run signed software only and check it at each start, take updates over an authenticated connection, keep it off the internet, give each clinician a login, and let the implant itself limit the range of settings.',
    fda_control: ['code_data_execution_integrity', 'updatability'],
    safety_note:
      'One programmer can harm many patients: look at it in the view of harm to several patients at once.',
    cwe: ['CWE-923', 'CWE-494', 'CWE-353'],
    capec: ['CAPEC-186', 'CAPEC-184'],
    emb3d: ['TID-303', 'TID-213'],
    sources: [
      'CISA ICSMA-18-058-01 (CWE-923, CWE-257)',
      'CISA ICSMA-21-273-01 (CWE-353, CWE-1329)',
      `${FDA}, section V.B.2(b), multi-patient harm view, and (c), programmer update example`,
    ],
    test: {
      fires: { 'element.role': 'programmer' },
      silent: { 'element.role': 'programmer', 'element.malware_protection': 'yes' },
    },
  },
  {
    id: 'IMP-04',
    title: 'Login secrets are taken out of a home monitor and used against the service',
    explanation:
      'Somebody opens a home monitor or transmitter, their own or one bought second-hand, reads the password or key from its memory, and talks to the service as that device, or as all of them if they share it.',
    stride: ['I', 'S'],
    applies_to: ['process', 'data_store'],
    when: [
      {
        'element.role': HOME_END,
        'element.stores': 'credentials',
        'element.keys_protected': ['no', 'unknown'],
      },
      {
        'element.mobility': 'home',
        'element.stores': 'credentials',
        'element.keys_protected': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Secrets lie readable in memory, or are the same in each unit.',
    control:
      'Keep keys in a chip that doesn’t give them out, give each unit its own, be able to block a unit at the service, and make opening it visible.',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note:
      'Forged uploads can hide events such as an arrhythmia or invent them, for many patients if the secret is shared.',
    cwe: ['CWE-257', 'CWE-798', 'CWE-522'],
    capec: ['CAPEC-37', 'CAPEC-401'],
    emb3d: ['TID-108', 'TID-328', 'TID-214'],
    sources: [
      'CISA ICSMA-18-179-01 (CWE-259, CWE-749)',
      'CISA ICSMA-18-219-01 (CWE-257, CWE-345)',
      'CISA ICSMA-20-170-05 (CWE-257)',
    ],
    test: {
      fires: { 'element.role': 'home_monitor', 'element.stores': ['credentials'] },
      silent: {
        'element.role': 'home_monitor',
        'element.stores': ['credentials'],
        'element.keys_protected': 'yes',
      },
    },
  },
  {
    id: 'IMP-05',
    title: 'Somebody sits between a home monitor and its service',
    explanation:
      'Somebody on the way, such as in the home network, takes the service’s place towards the monitor and the monitor’s towards the service, and reads or changes what passes.',
    stride: ['T', 'I'],
    applies_to: ['data_flow'],
    when: [
      {
        'source.role': HOME_END,
        'target.role': SERVICE_END,
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        'source.role': SERVICE_END,
        'target.role': HOME_END,
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability:
      'The connection is encrypted perhaps, but the monitor doesn’t check to the end whose certificate (proof of identity) it was shown.',
    control:
      'Both sides prove their identity, the monitor trusts the manufacturer’s own certificates only and checks them in full, and the implant or sensor itself signs what is uploaded.',
    fda_control: ['cryptography', 'authentication'],
    safety_note:
      'The clinic is misled by false follow-up data; where commands go through the monitor, they may reach the implant.',
    cwe: ['CWE-300', 'CWE-295'],
    capec: ['CAPEC-94'],
    emb3d: ['TID-316', 'TID-411'],
    sources: ['CISA ICSMA-17-009-01A (CWE-300)', EMB3D],
    test: {
      fires: { 'source.role': 'home_monitor', 'target.role': 'cloud_service' },
      silent: {
        'source.role': 'home_monitor',
        'target.role': 'cloud_service',
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'IMP-06',
    title: 'A pump obeys any remote control that knows its serial number',
    explanation:
      'Somebody finds out or guesses the pump’s number, which may be printed on it or sent in clear, and sets up a remote control of their own that can start or stop delivery.',
    stride: ['S', 'E'],
    applies_to: ['process', 'external_entity'],
    when: {
      'element.role': PUMP,
      'target.role': PUMP,
      'flow.protocol': 'proprietary_rf',
      'flow.payload': 'commands',
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'A number that is no secret stands in for proof of identity.',
    control:
      'Pair with a strong secret, authenticate each command and count it, ask on the pump before a larger dose, and limit the dose by hardware or separate firmware.',
    fda_control: ['authentication', 'authorization'],
    safety_note: 'Too much or too little is given; with insulin, dangerously low or high blood sugar.',
    cwe: ['CWE-284', 'CWE-290', 'CWE-345'],
    capec: ['CAPEC-21', 'CAPEC-194'],
    emb3d: ['TID-406', 'TID-407'],
    sources: [
      'CISA ICSMA-19-178-01 (CWE-284)',
      'CISA ICSMA-20-079-01 (CWE-284)',
      'CISA ICSMA-18-219-02 (CWE-294)',
    ],
    test: {
      fires: {
        'element.role': 'insulin_pump',
        'target.role': 'insulin_pump',
        'flow.protocol': 'proprietary_rf',
        'flow.payload': ['commands'],
      },
      silent: {
        'element.role': 'insulin_pump',
        'target.role': 'insulin_pump',
        'flow.protocol': 'proprietary_rf',
        'flow.payload': ['commands'],
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'IMP-07',
    title: 'The same key is in every unit',
    explanation:
      'Somebody takes one unit apart, finds the key that protects it, and can then read or forge what all other units send, as they use the same.',
    stride: ['I', 'S'],
    applies_to: ['process', 'data_store'],
    when: [
      {
        asked: 'process',
        'element.uses_crypto': 'yes',
        'element.key_scope': ['fleet_wide', 'unknown'],
      },
      { asked: 'data_store', 'element.key_scope': 'fleet_wide' },
    ],
    harm: 'direct',
    vulnerability: 'A key written into the software, or set once for all in production.',
    control:
      'Put keys of its own into each unit in production, anchor them in hardware, and have a way to replace and to revoke them.',
    fda_control: ['cryptography'],
    safety_note: 'Who opens one unit reaches all: harm to many patients at once.',
    cwe: ['CWE-321', 'CWE-798', 'CWE-1394'],
    capec: ['CAPEC-37'],
    emb3d: ['TID-317', 'TID-328', 'TID-212'],
    sources: [
      'CISA ICSMA-17-292-01 (CWE-321)',
      'CISA ICSMA-24-151-02 (CWE-1394)',
      'CISA ICSMA-21-161-01 (CWE-321)',
    ],
    test: {
      fires: { 'element.uses_crypto': 'yes' },
      silent: { 'element.uses_crypto': 'yes', 'element.key_scope': 'per_device' },
    },
  },
  {
    id: 'IMP-08',
    title: 'The radio tag of an accessory is copied or rewritten',
    explanation:
      'Accessories and consumables identify themselves by a small radio tag (RFID, NFC). Somebody copies or rewrites it, and an unsuitable or used part is taken for a new, genuine one.',
    stride: ['S', 'T'],
    applies_to: ['process'],
    when: [
      {
        'element.role': READER,
        'flow.protocol': ['rfid', 'nfc'],
        'flow.payload': 'accessory_id',
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        'element.role': READER,
        'flow.protocol': ['rfid', 'nfc'],
        'flow.payload': 'config',
        'source.role': ['accessory', 'consumable'],
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'The tag shows fixed data that every reader can read and write onto another tag.',
    control:
      'Sign the data on the tag, use tags that answer a fresh question each time, and keep limits that no content of a tag can change.',
    fda_control: ['authentication'],
    safety_note: 'A wrong or used accessory is accepted: wrong energy, or infection.',
    cwe: ['CWE-287', 'CWE-693'],
    capec: ['CAPEC-399'],
    emb3d: ['TID-407'],
    sources: ['CISA ICSMA-19-311-01 (CWE-287, CWE-693)', 'CISA ICSMA-17-332-01 (CWE-287)'],
    test: {
      fires: { 'flow.protocol': 'rfid', 'flow.payload': ['accessory_id'] },
      silent: { 'flow.protocol': 'rfid', 'flow.payload': ['accessory_id'], 'flow.authenticated': 'yes' },
    },
  },
];
