/** Software updates, start-up, and what is sent out to many devices at once. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const EMB3D = 'MITRE EMB3D 2.0.1';
const FDA = 'FDA premarket cybersecurity guidance';

/** Those that make updates or pass them on; the others install them. */
const INSTALLER = {
  not: [
    'update_server',
    'build_server',
    'signing_service',
    'app_store',
    'cloud_service',
    'cloud_storage',
    'remote_service',
    'web_portal',
    'api',
    'integration_gateway',
    'gateway',
    'mobile_app',
    'service_tool',
  ],
};
/** Those that send settings to many devices. */
const DISTRIBUTOR = [
  'update_server',
  'cloud_service',
  'remote_service',
  'central_station',
  'integration_gateway',
  'gateway',
  'workstation',
  'api',
];
const IN_SUPPORT = { not: 'end_of_support' };

export const UPDATES: readonly Rule[] = [
  {
    id: 'UPD-01',
    title: 'Software that the manufacturer did not sign is sent to a device',
    explanation:
      'Somebody puts software of their own in the place of an update on its way. Without the manufacturer’s signature in it, neither the device nor anybody else can tell them apart.',
    stride: ['T', 'E'],
    applies_to: ['data_flow'],
    when: { 'flow.payload': 'firmware', 'flow.signed': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The connection is trusted in place of the software itself.',
    control:
      'Sign each release with a key that stays in protected hardware, bind it to version and device type, and have the device check it before it installs and whenever it starts.',
    fda_control: ['updatability', 'code_data_execution_integrity'],
    safety_note: 'Foreign software can override every safety limit that is set in software.',
    cwe: ['CWE-494', 'CWE-347', 'CWE-306'],
    capec: ['CAPEC-186', 'CAPEC-669'],
    emb3d: ['TID-211'],
    sources: [
      `${PLAYBOOK}, A.2.3, threats to the recipient of updates`,
      'CISA ICSMA-19-164-01 (CWE-434, CWE-284)',
      'CISA ICSMA-19-255-01 (CWE-494)',
    ],
    test: {
      fires: { 'flow.payload': ['firmware'] },
      silent: { 'flow.payload': ['firmware'], 'flow.signed': 'yes' },
    },
  },
  {
    id: 'UPD-02',
    title: 'A weak check lets altered software be installed',
    explanation:
      'The device checks an update, but only in a way that finds accidents. Somebody alters the software, makes the check value fit again, and the device installs it.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: [
      {
        'element.updatable': 'yes',
        'element.update_check': ['none', 'crc', 'md5', 'sha1', 'unknown'],
      },
      {
        'flow.payload': 'firmware',
        'element.role': INSTALLER,
        'element.update_check': ['none', 'crc', 'md5', 'sha1', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability:
      'A checksum or hash without a key, which everybody can compute, or a signature check that can be skipped.',
    control:
      'Say which algorithm, whose key and what happens on failure; check the whole chain of certificates and what they are for; test with altered software.',
    fda_control: ['updatability', 'cryptography'],
    safety_note: 'Altered software is taken for genuine: decide what it could do to a patient.',
    cwe: ['CWE-347', 'CWE-354', 'CWE-328'],
    capec: ['CAPEC-145', 'CAPEC-475'],
    emb3d: ['TID-213'],
    sources: [
      `${PLAYBOOK}, A.1.2 and A.2.2 (discussion of hash checks)`,
      'CISA ICSMA-20-296-02 (CWE-347)',
      EMB3D,
    ],
    test: {
      fires: { 'element.updatable': 'yes', 'element.update_check': 'crc' },
      silent: { 'element.updatable': 'yes', 'element.update_check': 'signature' },
    },
  },
  {
    id: 'UPD-03',
    title: 'The device is taken back to an older version with known flaws',
    explanation:
      'Somebody installs a genuine but old version, whose weaknesses are known, and then uses these.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: { 'element.updatable': 'yes', 'element.anti_rollback': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Any version with a valid signature is accepted, however old.',
    control:
      'Keep the lowest version allowed in protected memory as a number that only grows, apply it to recovery copies too, and let service go back only by an exception on record.',
    fda_control: ['updatability'],
    safety_note: 'What was fixed is open again, corrections of safety included.',
    cwe: ['CWE-1328'],
    capec: ['CAPEC-186', 'CAPEC-638'],
    emb3d: ['TID-216'],
    sources: [`${PLAYBOOK}, A.2.3`, EMB3D],
    test: {
      fires: { 'element.updatable': 'yes' },
      silent: { 'element.updatable': 'yes', 'element.anti_rollback': 'yes' },
    },
  },
  {
    id: 'UPD-04',
    title: 'A known flaw can’t be fixed in the field',
    explanation:
      'A weakness becomes known, and there is no way of bringing a correction to the devices that are in use. Whoever wants to can use it for years.',
    stride: ['E'],
    applies_to: ['process'],
    // After support has ended, SUP-08 says it.
    when: [
      { 'element.updatable': 'no', 'element.life_phase': IN_SUPPORT },
      {
        'element.updatable': 'unknown',
        'element.network_connected': 'yes',
        'element.life_phase': IN_SUPPORT,
      },
      {
        'element.updatable': 'unknown',
        'element.third_party_components': 'yes',
        'element.life_phase': IN_SUPPORT,
      },
    ],
    harm: 'indirect',
    vulnerability:
      'There is no way to update, no room for larger software, or a part that nobody can change.',
    control:
      'Design a way to update and room for it, know which versions are in the field, plan the end of support, and have other protection or a replacement until then.',
    fda_control: ['updatability'],
    safety_note: 'A known weakness stays for as long as the device is used: decide how that risk is carried.',
    cwe: ['CWE-1277', 'CWE-1329'],
    capec: ['CAPEC-682'],
    emb3d: ['TID-210', 'TID-220'],
    sources: [`${FDA}, Appendix 1, updatability`, 'CISA ICSMA-21-273-01 (CWE-1329)', EMB3D],
    test: {
      fires: { 'element.network_connected': 'yes' },
      silent: { 'element.network_connected': 'yes', 'element.updatable': 'yes' },
    },
  },
  {
    id: 'UPD-05',
    title: 'The update server gives out harmful or wrong software',
    explanation:
      'Somebody gets into the server from which devices fetch their updates, or makes a mistake there, and all devices install what they find.',
    stride: ['T'],
    applies_to: ['process', 'external_entity'],
    when: [
      {
        asked: 'process',
        'element.role': 'update_server',
        'element.authorises': ['no', 'unknown'],
      },
      {
        asked: 'external_entity',
        'element.role': 'update_server',
        'element.managed': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'One person or one stolen login is enough to publish, and devices believe the server.',
    control:
      'Keep signing apart from giving out, let two people release, roll out in stages with a way to stop, and have devices check what is meant for them and whether it is current.',
    fda_control: ['updatability'],
    safety_note: 'All devices are hit at the same time: harm to many patients at once.',
    cwe: ['CWE-494', 'CWE-345'],
    capec: ['CAPEC-186', 'CAPEC-187'],
    emb3d: ['TID-303'],
    sources: [`${PLAYBOOK}, A.2.3, source of software updates`, `${FDA}, section V.B.2(b) and (c)`],
    test: {
      fires: { 'element.role': 'update_server' },
      silent: { 'element.role': 'update_server', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'UPD-06',
    title: 'An interrupted update leaves the device unusable',
    explanation:
      'Power or connection fails in the middle of an update, by chance or because somebody wants it to, and the device no longer starts.',
    stride: ['D'],
    applies_to: ['process'],
    when: [
      { 'element.updatable': 'yes', 'element.update_atomic': ['no', 'unknown'] },
      {
        'flow.payload': 'firmware',
        'element.role': INSTALLER,
        'element.update_atomic': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'The only copy of the software is overwritten while the new one still arrives.',
    control:
      'Keep the old version until the new one has started and tested itself, survive loss of power in each step, never update with a patient connected, and have a way for service to recover it.',
    fda_control: ['updatability', 'resiliency_and_recovery'],
    safety_note: 'The device is not there when it is needed.',
    cwe: ['CWE-755', 'CWE-400'],
    capec: ['CAPEC-607'],
    emb3d: ['TID-217'],
    sources: [
      `${PLAYBOOK}, A.2.3, denial of service at the recipient and when software can be updated`,
      EMB3D,
    ],
    test: {
      fires: { 'element.updatable': 'yes' },
      silent: { 'element.updatable': 'yes', 'element.update_atomic': 'yes' },
    },
  },
  {
    id: 'UPD-07',
    title: 'Anybody can start an update, even during therapy',
    explanation:
      'Somebody who may not, or an automatic process at the wrong moment, starts an update while the device treats or watches a patient.',
    stride: ['E', 'D'],
    applies_to: ['process'],
    when: { 'element.updatable': 'yes', 'element.update_authorisation': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Starting an update asks neither who wants it nor what the device is doing.',
    control:
      'Let only certain roles start one, with the device in maintenance mode or in their hands, and lock it out while there is therapy.',
    fda_control: ['authorization', 'updatability'],
    safety_note: 'Therapy is interrupted at an unsafe moment: decide in which states updates are allowed.',
    cwe: ['CWE-306', 'CWE-862'],
    capec: ['CAPEC-533'],
    emb3d: ['TID-217', 'TID-211'],
    sources: [
      `${PLAYBOOK}, A.2.2 and A.2.3 (who, when, by which path)`,
      `${FDA}, section V.B.2(d), operational states`,
    ],
    test: {
      fires: { 'element.updatable': 'yes' },
      silent: { 'element.updatable': 'yes', 'element.update_authorisation': 'yes' },
    },
  },
  {
    id: 'UPD-08',
    title: 'The software can be read, and the secrets in it',
    explanation:
      'Somebody gets a copy of the device’s software, looks for passwords and keys in it, and for weaknesses to use later.',
    stride: ['I'],
    applies_to: ['data_flow', 'data_store'],
    when: [
      { asked: 'data_flow', 'flow.payload': 'firmware', 'flow.encrypted': ['no', 'unknown'] },
      // A medium to take out has HW-05.
      {
        asked: 'data_store',
        'element.stores': 'firmware',
        'element.storage': { not: 'removable' },
        'element.encrypted': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'Secrets are part of the software, and updates are public or sent in clear.',
    control:
      'Keep secrets out of the software; encrypt updates as an additional hurdle; never rely on the code being secret.',
    fda_control: ['confidentiality'],
    safety_note: 'No harm by itself: it makes later attacks on the device easier.',
    cwe: ['CWE-311', 'CWE-312'],
    capec: ['CAPEC-65', 'CAPEC-37'],
    emb3d: ['TID-215', 'TID-115'],
    sources: [`${PLAYBOOK}, A.2.3 (information disclosure)`, EMB3D],
    test: {
      fires: { 'flow.payload': ['firmware'] },
      silent: { 'flow.payload': ['firmware'], 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'UPD-09',
    title: 'The key that signs software is stolen or misused',
    explanation:
      'Somebody gets at the signing key, or at the computer that may use it, and signs software of their own. Every device takes it for the manufacturer’s.',
    stride: ['S', 'E'],
    applies_to: ['process', 'data_store'],
    when: {
      'element.role': ['build_server', 'signing_service', 'update_server'],
      'element.keys_protected': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The key lies in a file on a computer that many use.',
    control:
      'Keep the key in a hardware security module that two people must unlock, record each signature where all can see it, and build a way into devices to revoke it.',
    fda_control: ['cryptography'],
    safety_note: 'Harmful software that looks genuine for a whole product line.',
    cwe: ['CWE-522'],
    capec: ['CAPEC-474', 'CAPEC-206'],
    emb3d: ['TID-213'],
    sources: [`${PLAYBOOK}, A.2.3`, EMB3D],
    test: {
      fires: { 'element.role': 'signing_service' },
      silent: { 'element.role': 'signing_service', 'element.keys_protected': 'yes' },
    },
  },
  {
    id: 'UPD-10',
    title: 'The device starts software that it did not check',
    explanation:
      'Somebody changes the software that runs first when the device is switched on. It comes back after each new installation and hides from every later check.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: { 'element.has_bootloader': 'yes', 'element.secure_boot': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The bootloader starts whatever is in memory, or can be replaced itself.',
    control:
      'Begin with code that nobody can change, have each step check the next before it starts it, and lock the settings of the processor.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'The device may do harm and seem sound: decide what it does when the check fails.',
    cwe: ['CWE-693', 'CWE-1326'],
    capec: ['CAPEC-638', 'CAPEC-401'],
    emb3d: ['TID-201', 'TID-218'],
    sources: [EMB3D, `${FDA}, Appendix 1, code, data and execution integrity`],
    test: {
      fires: { 'element.has_bootloader': 'yes' },
      silent: { 'element.has_bootloader': 'yes', 'element.secure_boot': 'yes' },
    },
  },
  {
    id: 'UPD-11',
    title: 'An update never arrives, and nobody knows which version is in use',
    explanation:
      'Somebody holds back an update or reports a false version. The manufacturer believes that a correction is installed where it is not.',
    stride: ['D', 'R'],
    applies_to: ['data_flow'],
    when: { 'flow.payload': 'firmware', 'flow.receipt_recorded': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'It is recorded that an update was sent, but not that it was received and runs.',
    control:
      'Have devices report their version with a signature, compare it with what was sent, and raise an alarm when a unit stays behind.',
    fda_control: ['updatability', 'event_detection_logging'],
    safety_note: 'A correction of safety is thought to be in place and is not.',
    cwe: ['CWE-778'],
    capec: [],
    emb3d: [],
    sources: [
      `${PLAYBOOK}, A.2.3, tampering at the recipient`,
      `${FDA}, section V.A.6, fielded configurations`,
    ],
    test: {
      fires: { 'flow.payload': ['firmware'] },
      silent: { 'flow.payload': ['firmware'], 'flow.receipt_recorded': 'yes' },
    },
  },
  {
    id: 'UPD-12',
    title: 'Settings or a drug library for many devices are altered',
    explanation:
      'Somebody changes the dose limits or settings that are sent to many devices from one place, on the way or where they are kept.',
    stride: ['T'],
    applies_to: ['data_flow', 'data_store'],
    when: [
      { asked: 'data_flow', 'flow.payload': 'drug_library', 'flow.signed': ['no', 'unknown'] },
      {
        asked: 'data_flow',
        'flow.payload': 'config',
        'source.role': DISTRIBUTOR,
        'flow.integrity': ['no', 'unknown'],
      },
      {
        asked: 'data_store',
        'element.stores': 'drug_library',
        'element.tamper_evident': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Devices take what the server sends, and nothing shows who released it.',
    control:
      'Sign each library with its version and the devices it is for, let two people release it, and keep limits in the device that no library can widen.',
    fda_control: ['code_data_execution_integrity', 'authentication'],
    safety_note: 'Wrong dose limits on many pumps at once.',
    cwe: ['CWE-345', 'CWE-353'],
    capec: ['CAPEC-536', 'CAPEC-75'],
    emb3d: ['TID-303'],
    sources: [
      'CISA ICSMA-23-194-01 (CWE-345, CWE-319)',
      'CISA ICSMA-21-294-01 (CWE-345)',
      'CISA ICSMA-17-250-02A (CWE-295)',
    ],
    test: {
      fires: { 'flow.payload': ['drug_library'] },
      silent: { 'flow.payload': ['drug_library'], 'flow.signed': 'yes' },
    },
  },
];
