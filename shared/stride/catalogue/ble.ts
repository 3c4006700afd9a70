/** Bluetooth, and what holds for short-range radio as such. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const EMB3D = 'MITRE EMB3D 2.0.1';
const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';
const FDA_BENEATH = 'FDA premarket cybersecurity guidance, section V.A.3 (controls beneath BLE where needed)';

const BLUETOOTH = ['ble', 'bluetooth_classic'];
const RADIO = ['ble', 'bluetooth_classic', 'nfc', 'rfid', 'wifi', 'cellular', 'implant_rf', 'proprietary_rf'];

export const BLE: readonly Rule[] = [
  {
    id: 'BLE-01',
    title: 'Another Bluetooth device poses as the paired one',
    explanation:
      'A stranger’s phone or computer within radio range is taken for the one that was connected with the device. It can read measurements and, where the device takes commands, give them.',
    stride: ['S'],
    applies_to: ['process'],
    when: { 'flow.protocol': BLUETOOTH, 'flow.authenticated': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability:
      'Pairing (the first introduction of two Bluetooth devices) lets in anybody who asks, and nothing above the Bluetooth link checks again who is there.',
    control:
      'Pair only after a gesture on the device and by comparing a number, a passkey or another channel; accept known peers only; let app and device prove their identity to each other on top of Bluetooth.',
    fda_control: ['authentication'],
    safety_note:
      'Decide what a false peer could do: read measurements, erase them, or alter therapy where there are commands.',
    cwe: ['CWE-287', 'CWE-290', 'CWE-306'],
    capec: ['CAPEC-151', 'CAPEC-667'],
    emb3d: ['TID-406'],
    sources: [
      `${PLAYBOOK}, section 2.4.2, Table 5, ref 1`,
      FDA_BENEATH,
      'CISA ICSMA-21-012-01 (CWE-290, CWE-322)',
      'CISA ICSMA-22-263-01 (CWE-693)',
    ],
    test: {
      fires: { 'flow.protocol': 'ble' },
      silent: { 'flow.protocol': 'ble', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'BLE-02',
    title: 'Measurements are read over the air from Bluetooth',
    explanation:
      'Anybody within some tens of metres can listen with cheap equipment and learn the measurements or the identity of the patient.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': BLUETOOTH,
      'flow.payload': ['phi', 'telemetry', 'patient_id'],
      'flow.encrypted': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability:
      'Values are sent in clear, or even in the announcements that every Bluetooth device hears.',
    control:
      'Encrypt on the Bluetooth link and once more between device and app with keys that belong to the pairing; keep health values out of announcements.',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note:
      'Mostly a matter of privacy; what is learned of the protocol also helps to prepare false commands.',
    cwe: ['CWE-319', 'CWE-311'],
    capec: ['CAPEC-157', 'CAPEC-158'],
    emb3d: ['TID-408'],
    sources: [
      `${PLAYBOOK}, Table 2 (information disclosure example)`,
      'CISA ICSMA-24-254-01 (CWE-319)',
      'Qserve, article on threat modeling, Bluetooth disclosure example',
    ],
    test: {
      fires: { 'flow.protocol': 'ble', 'flow.payload': ['telemetry'] },
      silent: { 'flow.protocol': 'ble', 'flow.payload': ['telemetry'], 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'BLE-03',
    title: 'Somebody in the middle of a Bluetooth connection changes what passes',
    explanation:
      'While two devices are introduced to each other, a third slips in between and from then on relays everything. Both ends believe that they talk to each other, and readings or commands can be altered.',
    stride: ['T'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': BLUETOOTH, 'flow.integrity': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability:
      'Older pairing, or the kind without any comparison (“Just Works”), does not notice a third party, and messages carry no check value of their own.',
    control:
      'Refuse pairing without comparison and short keys for whatever bears on safety; have device firmware and app or cloud add an authentication code and a counter to each message.',
    fda_control: ['cryptography', 'code_data_execution_integrity'],
    safety_note: 'Altered readings lead to a wrong diagnosis or dose; altered commands change therapy.',
    cwe: ['CWE-300', 'CWE-322', 'CWE-924'],
    capec: ['CAPEC-94', 'CAPEC-668'],
    emb3d: ['TID-411', 'TID-406'],
    sources: [
      'CISA ICSMA-21-012-01 (CWE-322)',
      'CISA ICSMA-22-298-01 (CWE-302, CWE-311)',
      'FDA premarket cybersecurity guidance, section V.A.3',
    ],
    test: {
      fires: { 'flow.protocol': 'ble' },
      silent: { 'flow.protocol': 'ble', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'BLE-04',
    title: 'A recorded radio command is sent again',
    explanation:
      'Somebody records the radio message of a genuine command, such as giving a dose, and sends it again later. The device obeys, as the message is genuine, only old.',
    stride: ['T', 'S'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': [...BLUETOOTH, 'proprietary_rf', 'implant_rf'],
      'flow.payload': ['commands', 'config'],
      'flow.replay_protection': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability:
      'Nothing in a message tells it from its copy: no counter, no time, no number used only once.',
    control:
      'Put a counter or a one-time number into each authenticated message, let it be valid for a short time only, and refuse copies also after a restart.',
    fda_control: ['authentication', 'code_data_execution_integrity'],
    safety_note: 'A dose or a change of mode that is repeated can deliver too much.',
    cwe: ['CWE-294'],
    capec: ['CAPEC-60'],
    emb3d: ['TID-407', 'TID-221'],
    sources: ['CISA ICSMA-18-219-02 (CWE-294, CWE-319)', 'CISA ICSMA-21-012-01 (CWE-294)', EMB3D],
    test: {
      fires: { 'flow.protocol': 'proprietary_rf', 'flow.payload': ['commands'] },
      silent: {
        'flow.protocol': 'proprietary_rf',
        'flow.payload': ['commands'],
        'flow.replay_protection': 'yes',
      },
    },
  },
  {
    id: 'BLE-05',
    title: 'Pairing requests or malformed packets bring Bluetooth down',
    explanation:
      'Somebody nearby asks for a connection over and over, or sends packets that break the rules of Bluetooth, until its software hangs or restarts, and the link or the whole device with it.',
    stride: ['D'],
    applies_to: ['process'],
    when: [
      { 'flow.protocol': BLUETOOTH, 'element.rate_limit': ['no', 'unknown'] },
      { 'flow.protocol': BLUETOOTH, 'element.validates_input': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability:
      'Bluetooth software, often bought in with the chip, that trusts packets to be well formed and answers every request.',
    control:
      'Limit pairing attempts, test the radio software with malformed packets, watch and restart it by itself, keep measuring and treating without the link, and follow known weaknesses of the chip.',
    fda_control: ['resiliency_and_recovery'],
    safety_note:
      'Monitoring or remote control is lost; where radio and therapy share a processor, therapy may stop.',
    cwe: ['CWE-400', 'CWE-833', 'CWE-20'],
    capec: ['CAPEC-666', 'CAPEC-125'],
    emb3d: ['TID-404', 'TID-405', 'TID-202'],
    sources: [
      `${PLAYBOOK}, Table 2 (denial of service example) and section 2.3.1.2`,
      'FDA safety communication on SweynTooth, 3 March 2020',
      EMB3D,
    ],
    test: {
      fires: { 'flow.protocol': 'ble' },
      silent: { 'flow.protocol': 'ble', 'element.rate_limit': 'yes', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'BLE-06',
    title: 'Repeated wake-ups by radio drain the battery',
    explanation:
      'Somebody calls the device over radio again and again. It wakes up to answer each time, and its battery is empty long before it should be.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'element.power': 'battery',
      'flow.protocol': [...BLUETOOTH, 'implant_rf', 'nfc', 'proprietary_rf', 'wifi'],
      'element.rate_limit': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Every call from outside costs energy, however often it comes and whoever it is from.',
    control:
      'Wait longer after each failed session, wake up only after contact or a magnet nearby, watch the use of energy and warn early.',
    fda_control: ['resiliency_and_recovery'],
    safety_note:
      'An implant may have to be replaced by surgery before its time; a wearable misses what it should see.',
    cwe: ['CWE-920', 'CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-405'],
    sources: [
      `${PLAYBOOK}, section 2.4.2, Table 5, ref 35`,
      'CISA ICSMA-17-241-01 (CWE-920)',
      'CISA ICSMA-18-107-01 (CWE-920)',
    ],
    test: {
      fires: { 'element.power': 'battery', 'flow.protocol': 'implant_rf' },
      silent: { 'element.power': 'battery', 'flow.protocol': 'implant_rf', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'BLE-07',
    title: 'Fixed identifiers sent by radio let strangers follow or single out a patient',
    explanation:
      'The device announces itself with a name or number that never changes. Whoever listens can recognise its wearer again, or tell from the name which illness they have.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': RADIO,
      'element.role': ['wearable', 'implant', 'patient_worn_device', 'insulin_pump'],
      'flow.untraceable': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'Address, product name or serial number are sent in clear and stay the same.',
    control:
      'Change addresses at random so that only known peers recognise them, use neutral names, and send no model or serial number in clear.',
    fda_control: ['confidentiality'],
    safety_note:
      'Mostly privacy; decide whether somebody known to depend on a life-sustaining device could become a target.',
    cwe: ['CWE-359', 'CWE-200'],
    capec: ['CAPEC-612'],
    emb3d: ['TID-408'],
    sources: ['FDA premarket cybersecurity guidance, Appendix 1, confidentiality', EMB3D],
    test: {
      fires: { 'flow.protocol': 'ble', 'element.role': 'wearable' },
      silent: { 'flow.protocol': 'ble', 'element.role': 'wearable', 'flow.untraceable': 'yes' },
    },
  },
  {
    id: 'BLE-08',
    title: 'Jamming or interference cuts the radio link',
    explanation:
      'A stronger signal on the same frequency, sent on purpose or by other equipment, drowns the link. Nothing arrives, and unless the receiver notices, nobody knows that something is missing.',
    stride: ['D'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': RADIO,
      'flow.payload': ['alarms', 'commands', 'telemetry'],
      'flow.loss_noticed': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Silence on the link is taken for “nothing to report”. Jamming itself can’t be prevented.',
    control:
      'Notice the loss in time and alarm where the patient is, keep data until it can be sent, define a safe state, have a wired way for what is urgent; never put an emergency stop on radio alone.',
    fda_control: ['resiliency_and_recovery'],
    safety_note:
      'An alarm comes late, or therapy can’t be stopped or changed: decide how long that may last.',
    cwe: ['CWE-400', 'CWE-755'],
    capec: ['CAPEC-601', 'CAPEC-604'],
    emb3d: [],
    sources: [`${TEMPLATE}, threats on wireless connections of source and target`],
    test: {
      fires: { 'flow.protocol': 'wifi', 'flow.payload': ['alarms'] },
      silent: { 'flow.protocol': 'wifi', 'flow.payload': ['alarms'], 'flow.loss_noticed': 'yes' },
    },
  },
];
