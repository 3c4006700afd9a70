/** Commands, alarms and what is shown: where wrong data turns into wrong care. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const PUMP = ['infusion_pump', 'insulin_pump'];
const TREATING = [
  'device',
  'bedside_device',
  'ventilator',
  'actuator',
  'radiation_source',
  'surgical_robot',
  'moving_part',
];
/** What has a rule of its own about limits: PUMP-01, MOV-02, RAD-01, HW-11. */
const LIMITED_BY_ROLE = [
  ...PUMP,
  'moving_part',
  'surgical_robot',
  'radiation_source',
  'e_stop',
  'safety_interlock',
];
/** Those who act on readings, and would act on false ones. */
const READER = ['central_station', 'patient_monitor', 'display', 'controller', 'ai_model', 'workstation'];
const SCREEN = ['display', 'central_station', 'workstation', 'clinician_computer'];

const BLUETOOTH = ['ble', 'bluetooth_classic'];
const RADIO = [...BLUETOOTH, 'nfc', 'rfid', 'wifi', 'cellular', 'implant_rf', 'proprietary_rf'];

export const COMMANDS: readonly Rule[] = [
  {
    id: 'CMD-01',
    title: 'A forged therapy command is obeyed',
    explanation:
      'Somebody sends a command in the name of the controller or the clinician, and the device carries it out: it doses, radiates, moves or stops.',
    stride: ['S', 'T'],
    applies_to: ['process', 'external_entity'],
    // Bluetooth, and pumps on a radio of their own, have rules that say it more closely: BLE-01 and IMP-06.
    when: [
      {
        'flow.payload': 'commands',
        'flow.protocol': { not: BLUETOOTH },
        'flow.authenticated': ['no', 'unknown'],
        'element.role': TREATING,
        'target.role': TREATING,
      },
      {
        'flow.payload': 'commands',
        'flow.protocol': { not: [...BLUETOOTH, 'proprietary_rf'] },
        'flow.authenticated': ['no', 'unknown'],
        'element.role': PUMP,
        'target.role': PUMP,
      },
    ],
    harm: 'direct',
    vulnerability: 'A command that has the right form is obeyed, whoever sent it.',
    control:
      'Authenticate the sender and each command, have critical values confirmed at the device, and check them against what suits the patient.',
    fda_control: ['authentication', 'code_data_execution_integrity'],
    safety_note: 'Too much or too little treatment, an overdose of radiation, movement out of control.',
    cwe: ['CWE-345', 'CWE-306', 'CWE-924'],
    capec: ['CAPEC-151', 'CAPEC-594'],
    emb3d: ['TID-406'],
    sources: [
      `${PLAYBOOK}, A.1.3, refs 1 and 10, and A.2.3`,
      `${TEMPLATE}, threat on pharmaceutical pump safety`,
      'CISA ICSMA-21-294-01 (CWE-345)',
    ],
    test: {
      fires: {
        'element.role': 'ventilator',
        'target.role': 'ventilator',
        'flow.payload': ['commands'],
      },
      silent: {
        'element.role': 'ventilator',
        'target.role': 'ventilator',
        'flow.payload': ['commands'],
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'CMD-02',
    title: 'Treatment settings are put outside safe limits',
    explanation:
      'Somebody, or faulty software, sets a dose, force, energy or time that no patient should get, and nothing stops the device from delivering it.',
    stride: ['T'],
    applies_to: ['process'],
    when: [
      {
        'element.essential_performance': 'yes',
        'element.role': { not: LIMITED_BY_ROLE },
        'element.stores': ['treatment_plan', 'config'],
        'element.hard_limits': ['no', 'unknown'],
      },
      {
        'element.essential_performance': 'yes',
        'element.role': { not: LIMITED_BY_ROLE },
        'flow.payload': ['treatment_plan', 'config', 'commands'],
        'element.hard_limits': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Limits are checked only where values are entered, or can be changed along with them.',
    control:
      'Limits in hardware or separate firmware, changes by two people, signed treatment plans, and values shown and confirmed before the start.',
    fda_control: ['code_data_execution_integrity', 'authorization'],
    safety_note:
      'Too much force, dose, energy or time: decide which limits must hold whatever the software says.',
    cwe: ['CWE-20', 'CWE-602'],
    capec: ['CAPEC-75', 'CAPEC-153'],
    emb3d: ['TID-303'],
    sources: [
      `${PLAYBOOK}, A.1.4.5 (attack tree on scan duration) and A.2, patient safety considerations`,
      `${TEMPLATE}, threat on tampering with configuration`,
    ],
    test: {
      fires: { 'element.essential_performance': 'yes', 'element.stores': ['treatment_plan'] },
      silent: {
        'element.essential_performance': 'yes',
        'element.stores': ['treatment_plan'],
        'element.hard_limits': 'yes',
      },
    },
  },
  {
    id: 'CMD-03',
    title: 'Stop or reset commands, sent over and over, prevent treatment',
    explanation:
      'Somebody sends a command that is harmless once, such as stop or restart, so often that a treatment or an examination can’t be completed.',
    stride: ['D'],
    applies_to: ['process'],
    when: [
      {
        'flow.payload': 'commands',
        'element.role': [...TREATING, ...PUMP, 'imaging_device'],
        'target.role': [...TREATING, ...PUMP, 'imaging_device'],
        'element.rate_limit': ['no', 'unknown'],
      },
      {
        'flow.payload': 'commands',
        'element.essential_performance': 'yes',
        'element.rate_limit': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Each change of state is carried out, however often and from wherever it is asked for.',
    control:
      'Authenticate commands, limit how often the state may change, and let the clinician at the device overrule the network.',
    fda_control: ['resiliency_and_recovery'],
    safety_note:
      'Diagnosis or therapy can’t be completed: decide what it means in the middle of a procedure.',
    cwe: ['CWE-400', 'CWE-799'],
    capec: ['CAPEC-212', 'CAPEC-125'],
    emb3d: ['TID-222'],
    sources: [`${PLAYBOOK}, A.1.3, ref 16`],
    test: {
      fires: {
        'element.role': 'imaging_device',
        'target.role': 'imaging_device',
        'flow.payload': ['commands'],
      },
      silent: {
        'element.role': 'imaging_device',
        'target.role': 'imaging_device',
        'flow.payload': ['commands'],
        'element.rate_limit': 'yes',
      },
    },
  },
  {
    id: 'CMD-04',
    title: 'An alarm is suppressed, delayed or altered on its way',
    explanation:
      'Somebody keeps an alarm from arriving, changes it or holds it back until it is too late, and nobody comes to the patient.',
    stride: ['T', 'D'],
    applies_to: ['data_flow'],
    // That radio falls silent is said by BLE-08.
    when: [
      { 'flow.payload': 'alarms', 'flow.integrity': ['no', 'unknown'] },
      {
        'flow.payload': 'alarms',
        'flow.protocol': { not: RADIO },
        'flow.loss_noticed': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Alarms travel like any other message, and their absence looks like good news.',
    control:
      'Raise the alarm at the patient as well, independent of the network; authenticate alarms and changes of their limits; send a regular sign of life whose absence alarms; record who silenced what.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note: 'Nobody notices that a patient gets worse; it may be fatal.',
    cwe: ['CWE-345', 'CWE-693'],
    capec: ['CAPEC-212', 'CAPEC-603'],
    emb3d: ['TID-222'],
    sources: [
      `${PLAYBOOK}, section 2.3.3, high-value data flows (alarms)`,
      'MITRE ATT&CK for ICS T0878 Alarm Suppression, T0838 Modify Alarm Settings',
      'CISA ICSMA-20-023-01 (CWE-306)',
    ],
    test: {
      fires: { 'flow.payload': ['alarms'] },
      silent: { 'flow.payload': ['alarms'], 'flow.integrity': 'yes', 'flow.loss_noticed': 'yes' },
    },
  },
  {
    id: 'CMD-05',
    title: 'False readings or alarms are fed in',
    explanation:
      'Somebody sends invented measurements or alarms in the name of a device. Whoever sees them treats what is not there, or stops believing alarms.',
    stride: ['S'],
    applies_to: ['process'],
    // One condition for each role, so that it is the receiver that is asked. Bluetooth has BLE-01, a sensor SEN-01.
    when: READER.map(role => ({
      'flow.payload': ['alarms', 'telemetry'],
      'flow.protocol': { not: BLUETOOTH },
      'source.role': { not: 'sensor' },
      'flow.authenticated': ['no', 'unknown'],
      'element.role': role,
      'target.role': role,
    })),
    harm: 'direct',
    vulnerability:
      'Where a reading comes from is told by an address or a name in it, which anybody can write.',
    control:
      'Let each message prove which device sent it, look for values that can’t be, and show how good a signal is.',
    fda_control: ['authentication'],
    safety_note: 'Needless treatment, and staff who no longer react to alarms.',
    cwe: ['CWE-290', 'CWE-345'],
    capec: ['CAPEC-194'],
    emb3d: ['TID-406'],
    sources: [
      'MITRE ATT&CK for ICS T0856 Spoof Reporting Message',
      `${TEMPLATE}, threat on spoofing of the source`,
    ],
    test: {
      fires: {
        'element.role': 'central_station',
        'target.role': 'central_station',
        'flow.payload': ['telemetry'],
      },
      silent: {
        'element.role': 'central_station',
        'target.role': 'central_station',
        'flow.payload': ['telemetry'],
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'CMD-06',
    title: 'Data end up with the wrong patient because their identity was changed',
    explanation:
      'Somebody alters or swaps the message that says which patient a device is used for, and the data or the treatment of one person go to another.',
    stride: ['T', 'S'],
    applies_to: ['data_flow'],
    when: [
      { 'flow.payload': 'patient_id', 'flow.integrity': ['no', 'unknown'] },
      { 'flow.payload': 'patient_id', 'flow.authenticated': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability:
      'The identity is taken from a message that nobody confirmed, and may be replaced at any time.',
    control:
      'Bind device and patient at the start with a confirmation, authenticate messages that name a patient, and refuse a change that nobody asked for.',
    fda_control: ['authentication', 'code_data_execution_integrity'],
    safety_note: 'Treatment is based on another person’s data.',
    cwe: ['CWE-290', 'CWE-345'],
    capec: ['CAPEC-21'],
    emb3d: [],
    sources: [`${PLAYBOOK}, A.1.3, ref 9`, 'Academic Radiology 2020, 27(8), HL7 scenario'],
    test: {
      fires: { 'flow.payload': ['patient_id'] },
      silent: { 'flow.payload': ['patient_id'], 'flow.integrity': 'yes', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'CMD-07',
    title: 'Nobody can tell who started or changed a treatment',
    explanation:
      'After an incident those involved disagree about who gave a command or changed a setting, and no record settles it.',
    stride: ['R'],
    applies_to: ['process'],
    when: {
      'flow.payload': ['commands', 'config', 'treatment_plan'],
      'element.writes_logs': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Commands and changes are not recorded with the person, the time and the values.',
    control:
      'A record that shows tampering, with the person, a reliable time and the values before and after, kept outside the device as well.',
    fda_control: ['event_detection_logging'],
    safety_note: 'The incident can’t be understood, and happens again.',
    cwe: ['CWE-778', 'CWE-223'],
    capec: ['CAPEC-268'],
    emb3d: ['TID-225'],
    sources: [
      `${PLAYBOOK}, A.1.3, refs 6, 17 and 19`,
      'FDA premarket cybersecurity guidance, Appendix 1, event detection and logging',
    ],
    test: {
      fires: { 'flow.payload': ['commands'] },
      silent: { 'flow.payload': ['commands'], 'element.writes_logs': 'yes' },
    },
  },
  {
    id: 'CMD-08',
    title: 'What a screen shows is not what was measured',
    explanation:
      'Somebody changes values or images on the way to the screen. The clinician sees something plausible that is wrong.',
    stride: ['T'],
    applies_to: ['data_flow'],
    when: {
      'target.role': SCREEN,
      'flow.payload': ['telemetry', 'images', 'analysis_results', 'phi', 'treatment_plan'],
      'flow.integrity': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The screen shows whatever arrives, and nothing tells the viewer that it was changed.',
    control:
      'A protected path to the screen for critical values, check values on what is streamed, and a comparison with the device’s own screen.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'The clinician acts on wrong information.',
    cwe: ['CWE-451'],
    capec: ['CAPEC-148'],
    emb3d: [],
    sources: [
      'MITRE ATT&CK for ICS T0832 Manipulation of View',
      `${PLAYBOOK}, A.1.4.5 (separate display and physical confirmation)`,
    ],
    test: {
      fires: { 'target.role': 'display', 'flow.payload': ['telemetry'] },
      silent: { 'target.role': 'display', 'flow.payload': ['telemetry'], 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'CMD-09',
    title: 'Bystanders read patient data on a screen',
    explanation:
      'Visitors, other patients or passers-by see names and findings on a screen that stands where they can look at it, or that was left open.',
    stride: ['I'],
    applies_to: ['process', 'external_entity'],
    when: {
      'element.role': SCREEN,
      'element.location': ['public', 'ward'],
      'element.screen_private': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'The screen shows more than its place allows and stays open when nobody uses it.',
    control:
      'A view without names, a screen that locks itself and opens again quickly for staff, and advice on where to put it.',
    fda_control: ['confidentiality'],
    safety_note: 'Privacy; weigh locking against what clinicians must see at a glance.',
    cwe: ['CWE-200', 'CWE-359'],
    capec: ['CAPEC-699'],
    emb3d: [],
    sources: [`${TEMPLATE}, threat on use in public spaces`],
    test: {
      fires: { 'element.role': 'display', 'element.location': 'ward' },
      silent: { 'element.role': 'display', 'element.location': 'ward', 'element.screen_private': 'yes' },
    },
  },
];
