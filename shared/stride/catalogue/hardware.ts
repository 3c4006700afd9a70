/** What somebody can do with the device in their hands: ports, media, power, sensors, screens and stops. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const EMB3D = 'MITRE EMB3D 2.0.1';
const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const STOP = ['e_stop', 'safety_interlock'];
/** The tool at a service port is the one that asks, not the one that obeys. */
const SERVED = { not: ['service_tool', 'programmer'] };
const CARRIED = ['portable', 'wearable', 'home'];

export const HARDWARE: readonly Rule[] = [
  {
    id: 'HW-01',
    title: 'The debug port gives out memory and software',
    explanation:
      'Somebody opens the device, connects to the port that developers use for testing, and reads or changes everything in it: software, keys, data.',
    stride: ['I', 'E'],
    applies_to: ['process'],
    when: {
      'element.has_debug_port': 'yes',
      'element.physical_access': ['patient', 'public', 'ward', 'service', 'unknown'],
      'element.tamper_protected': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'The port (JTAG, SWD, UART) is left open in the devices that are sold.',
    control:
      'Disable it or lock it with a key at the end of production, protect memory from being read, and write down what access is left.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note: 'One unit can be manipulated directly; keys and code from it may serve against all of them.',
    cwe: ['CWE-1191', 'CWE-1299', 'CWE-489'],
    capec: ['CAPEC-401', 'CAPEC-121'],
    emb3d: ['TID-115', 'TID-119', 'TID-116'],
    sources: [
      `${PLAYBOOK}, section 2.3.1.2 (JTAG and serial port missing from the first diagram)`,
      'CISA ICSMA-22-335-01 (CWE-1299)',
      EMB3D,
    ],
    test: {
      fires: { 'element.has_debug_port': 'yes', 'element.physical_access': 'service' },
      silent: { 'element.has_debug_port': 'yes', 'element.tamper_protected': 'yes' },
    },
  },
  {
    id: 'HW-02',
    title: 'A service connector takes commands from whoever plugs in',
    explanation:
      'Somebody connects a cable to a serial, CAN or service port, or reaches it by a converter over the network, and can change settings or silence alarms without any login.',
    stride: ['E', 'S'],
    applies_to: ['process'],
    when: {
      'flow.protocol': ['serial', 'can', 'usb'],
      'flow.payload': ['commands', 'config'],
      'element.role': SERVED,
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'To be at the connector is taken for permission.',
    control:
      'Have the service tool prove its identity, refuse commands that change therapy with a patient connected, and never put such a port on a network without protection.',
    fda_control: ['authentication', 'authorization'],
    safety_note: 'Settings are changed or alarms silenced on equipment that keeps somebody alive.',
    cwe: ['CWE-306', 'CWE-1299'],
    capec: ['CAPEC-121'],
    emb3d: ['TID-116', 'TID-406'],
    sources: [
      'CISA ICSMA-19-190-01 (CWE-287)',
      'CISA ICSMA-22-335-01 (CWE-1299)',
      `${TEMPLATE}, threat on CAN bus tampering`,
    ],
    test: {
      fires: { 'flow.protocol': 'serial', 'flow.payload': ['commands'] },
      silent: { 'flow.protocol': 'serial', 'flow.payload': ['commands'], 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'HW-03',
    title: 'An infected USB stick or medium is plugged in',
    explanation:
      'Somebody plugs in a stick, disk or gadget, often without meaning harm, and the software on it runs, or a file made for the purpose confuses the program that opens it.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: [
      {
        'flow.protocol': ['usb', 'removable_media'],
        'element.malware_protection': ['no', 'unknown'],
      },
      {
        'element.has_usb': 'yes',
        'element.os': ['windows', 'linux'],
        'element.malware_protection': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'The port accepts every kind of device, and what is on a medium is run or opened at once.',
    control:
      'Start nothing by itself, allow only the kinds of device that are needed, scan files or have them signed, and close ports that nobody needs.',
    fda_control: ['code_data_execution_integrity', 'authorization'],
    safety_note: 'Harmful software stops imaging or treatment, or a file changes settings.',
    cwe: ['CWE-1299', 'CWE-434', 'CWE-829'],
    capec: ['CAPEC-457', 'CAPEC-17'],
    emb3d: ['TID-111'],
    sources: [
      `${PLAYBOOK}, A.1.4.1 (block unused ports)`,
      'CISA ICSMA-23-331-01 (CWE-1299)',
      'Academic Radiology 2020, 27(8), PACS attack scenarios',
    ],
    test: {
      fires: { 'flow.protocol': 'usb' },
      silent: { 'flow.protocol': 'usb', 'element.malware_protection': 'yes' },
    },
  },
  {
    id: 'HW-04',
    title: 'A bad charger or a charge through a port destroys the device',
    explanation:
      'A faulty or manipulated charger or plug puts the wrong voltage on the device. It fails, or its battery overheats.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'element.has_usb': 'yes',
      'element.role': ['wearable', 'home_monitor', 'patient_worn_device', 'insulin_pump'],
      'element.power_protected': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The lines of the port lead to sensitive parts without protection.',
    control:
      'Protect against overvoltage and static, keep power and data lines apart, and define what happens when power is short.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'The device fails; heat or a damaged battery may hurt its wearer.',
    cwe: ['CWE-1384'],
    capec: ['CAPEC-547'],
    emb3d: ['TID-118'],
    sources: [EMB3D, `${PLAYBOOK}, Appendix B (remark on battery hazards)`],
    test: {
      fires: { 'element.has_usb': 'yes', 'element.role': 'wearable' },
      silent: {
        'element.has_usb': 'yes',
        'element.role': 'wearable',
        'element.power_protected': 'yes',
      },
    },
  },
  {
    id: 'HW-05',
    title: 'A memory card or disk is taken out and read, or exchanged',
    explanation:
      'Somebody takes out the card or disk, copies the patient data on it, or puts it back with changed data or software.',
    stride: ['I', 'T'],
    applies_to: ['data_store'],
    when: [
      { 'element.storage': 'removable', 'element.encrypted': ['no', 'unknown'] },
      { 'element.storage': 'removable', 'element.tamper_evident': ['no', 'unknown'] },
    ],
    harm: 'indirect',
    vulnerability: 'What is on the medium is neither encrypted nor bound to the device.',
    control:
      'Encrypt and authenticate what is stored with a key of the device, make opening visible, and notice an exchange when the device starts.',
    fda_control: ['confidentiality', 'code_data_execution_integrity'],
    safety_note:
      'Patient data are disclosed; decide whether a treatment plan or software on it could be altered.',
    cwe: ['CWE-311', 'CWE-312', 'CWE-921'],
    capec: ['CAPEC-507', 'CAPEC-401'],
    emb3d: ['TID-108', 'TID-111'],
    sources: [
      'CISA ICSMA-18-137-01 (CWE-311, CWE-693)',
      'CISA ICSMA-17-017-02 (CWE-522)',
      'CISA ICSMA-21-084-01 (CWE-921)',
    ],
    test: {
      fires: { 'element.storage': 'removable' },
      silent: {
        'element.storage': 'removable',
        'element.encrypted': 'yes',
        'element.tamper_evident': 'yes',
      },
    },
  },
  {
    id: 'HW-06',
    title: 'A lost or stolen device gives away patient data or logins',
    explanation:
      'A device that is carried around is lost, stolen or sold. Whoever has it reads the patient data in it, or uses its login to reach the service.',
    stride: ['I'],
    applies_to: ['data_store'],
    when: [
      {
        'element.mobility': CARRIED,
        // Apps (APP-01), archives of images (EHR-08) and media to take out (HW-05) have their own.
        'element.role': { not: ['mobile_app', 'pacs', 'archive'] },
        'element.storage': { not: 'removable' },
        'element.stores': ['phi', 'images', 'readings', 'backup'],
        'element.encrypted': ['no', 'unknown'],
      },
      // At home, a login has IMP-04.
      {
        'element.mobility': ['portable', 'wearable'],
        'element.stores': 'credentials',
        'element.keys_protected': ['no', 'unknown'],
      },
    ],
    harm: 'privacy',
    vulnerability: 'Data stay on the device for long and can be read by whoever holds it.',
    control:
      'Encrypt with a key in hardware, keep data for a short time, lock the screen, and be able to wipe it.',
    fda_control: ['confidentiality'],
    safety_note: 'Privacy; decide what somebody could do at the service with the login.',
    cwe: ['CWE-311', 'CWE-922'],
    capec: ['CAPEC-507'],
    emb3d: ['TID-108', 'TID-109'],
    sources: [
      `${TEMPLATE}, threat on physical theft`,
      'CISA ICSMA-18-347-01 (CWE-311)',
      `${PLAYBOOK}, section 2.1 (device that keeps up to two weeks of data)`,
    ],
    test: {
      fires: { 'element.mobility': 'wearable', 'element.stores': ['phi'] },
      silent: { 'element.mobility': 'wearable', 'element.stores': ['phi'], 'element.encrypted': 'yes' },
    },
  },
  {
    id: 'HW-07',
    title: 'Keys are worked out by measuring the device',
    explanation:
      'Somebody with the device in their hands measures its use of power, its radiation or its timing while it encrypts, and computes the key from that.',
    stride: ['I'],
    applies_to: ['process'],
    when: {
      'element.uses_crypto': 'yes',
      'element.physical_access': ['patient', 'public'],
      'element.tamper_protected': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'What the processor does with a key shows outside (a side channel).',
    control:
      'Use software made against such measurements or a secure chip, and give each device its own keys, so that one of them is worth little.',
    fda_control: ['cryptography'],
    safety_note: 'Somebody can pose as this device, or copy it: decide what its identity opens.',
    cwe: ['CWE-1300', 'CWE-208'],
    capec: ['CAPEC-622'],
    emb3d: ['TID-101', 'TID-102', 'TID-330'],
    sources: [EMB3D],
    test: {
      fires: { 'element.uses_crypto': 'yes', 'element.physical_access': 'patient' },
      silent: {
        'element.uses_crypto': 'yes',
        'element.physical_access': 'patient',
        'element.tamper_protected': 'yes',
      },
    },
  },
  {
    id: 'HW-08',
    title: 'A glitch forced on the device skips a check',
    explanation:
      'Somebody disturbs power or clock for a moment, or aims a pulse at the processor, so that it jumps over a check of a password, a signature or a limit.',
    stride: ['E', 'T'],
    applies_to: ['process'],
    when: {
      'element.essential_performance': 'yes',
      'element.physical_access': ['patient', 'public'],
      'element.tamper_protected': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'One decision of the processor, made once, is all that stands in the way.',
    control:
      'Make important checks twice in different ways, detect glitches, and watch safety limits with a second, independent processor.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'In an attack on one person, limits of dose or energy may be passed.',
    cwe: ['CWE-1247', 'CWE-1319'],
    capec: ['CAPEC-624'],
    emb3d: ['TID-105'],
    sources: [EMB3D],
    test: {
      fires: { 'element.essential_performance': 'yes', 'element.physical_access': 'public' },
      silent: {
        'element.essential_performance': 'yes',
        'element.physical_access': 'public',
        'element.tamper_protected': 'yes',
      },
    },
  },
  {
    id: 'HW-09',
    title: 'A sensor is deceived from outside',
    explanation:
      'Somebody disturbs a sensor by radio, sound, light or touch. It reports what is not so, and the device takes it for the patient’s state.',
    stride: ['S', 'T'],
    applies_to: ['process'],
    when: [
      {
        'element.role': { not: ['sensor'] },
        'source.role': 'sensor',
        'flow.payload': 'telemetry',
        // Until it is known to be the sensor that speaks, SEN-01 says it.
        'flow.authenticated': 'yes',
        'element.validates_input': ['no', 'unknown'],
      },
      {
        'element.role': 'sensor',
        'flow.protocol': 'in_person',
        'element.validates_input': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'A signal is used without asking whether it can be true.',
    control:
      'Check whether values are plausible, measure in a second way, shield and filter, and show how good the signal is.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note: 'Wrong therapy where the device treats by what it measures, or an event that is missed.',
    cwe: ['CWE-1319', 'CWE-345'],
    capec: ['CAPEC-148', 'CAPEC-194'],
    emb3d: ['TID-110'],
    sources: [
      `${PLAYBOOK}, section 2.3.1.3 (sensor that collects data from an untrusted source)`,
      `${TEMPLATE}, threat on sensor safety`,
    ],
    test: {
      fires: { 'source.role': 'sensor', 'flow.payload': ['telemetry'], 'flow.authenticated': 'yes' },
      silent: {
        'source.role': 'sensor',
        'flow.payload': ['telemetry'],
        'flow.authenticated': 'yes',
        'element.validates_input': 'yes',
      },
    },
  },
  {
    id: 'HW-10',
    title: 'Somebody gets out of the locked user interface',
    explanation:
      'A screen that should show one application only is left by a key combination, a file dialogue or a plugged-in keyboard, and the operating system lies open.',
    stride: ['E'],
    applies_to: ['process'],
    when: [
      {
        'element.kiosk': 'yes',
        'element.os': { not: ['none', 'rtos'] },
        'element.runs_as': ['admin', 'root', 'system', 'unknown'],
      },
      {
        'element.kiosk': 'yes',
        'element.os': { not: ['none', 'rtos'] },
        'element.malware_protection': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'Only the application hides the system, and it runs with the rights of an administrator.',
    control:
      'Harden the system, run the interface with few rights and known programs only, switch off key combinations, and protect the start of the computer.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note:
      'Someone with the rights of an operator changes the system or installs software on a clinical computer.',
    cwe: ['CWE-693', 'CWE-250'],
    capec: ['CAPEC-554', 'CAPEC-233'],
    emb3d: ['TID-205', 'TID-219'],
    sources: [
      'CISA ICSMA-18-123-01 (CWE-250, CWE-668)',
      'CISA ICSMA-20-049-02 (CWE-693)',
      'CISA ICSMA-20-091-01 (CWE-693)',
    ],
    test: {
      fires: { 'element.kiosk': 'yes' },
      silent: {
        'element.kiosk': 'yes',
        'element.runs_as': 'limited',
        'element.malware_protection': 'yes',
      },
    },
  },
  {
    id: 'HW-11',
    title: 'Software or the network overrides or triggers the emergency stop',
    explanation:
      'The emergency stop or a safety lock depends on software. Somebody who gets at the software can keep it from working, or stop the device when they like.',
    stride: ['T', 'D'],
    applies_to: ['process'],
    when: [
      { 'element.role': STOP, 'element.hard_limits': ['no', 'unknown'] },
      {
        'source.kind': 'external_entity',
        'source.role': STOP,
        'flow.protocol': { not: ['in_person'] },
        'element.hard_limits': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'The stop is a message that a program has to understand and obey.',
    control:
      'Wire it directly to the circuit that shuts down, let nothing be sent into it, test it by itself, and alarm when it is bypassed.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Dangerous movement, radiation or energy can’t be stopped.',
    cwe: ['CWE-693'],
    capec: ['CAPEC-607', 'CAPEC-212'],
    emb3d: ['TID-222'],
    sources: [
      `${TEMPLATE}, threats on inappropriate connections and on safety interlocks`,
      `${PLAYBOOK}, A.1 (hardware switch that shuts off)`,
    ],
    test: {
      fires: { 'element.role': 'e_stop' },
      silent: { 'element.role': 'e_stop', 'element.hard_limits': 'yes' },
    },
  },
];
