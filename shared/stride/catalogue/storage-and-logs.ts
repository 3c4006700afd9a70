/** What is kept, and the records of what happened. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const TEMPLATE = 'microsoft/threat-modeling-templates MedicalDeviceTemplate.tb7';
const FDA = 'FDA premarket cybersecurity guidance';
const EMB3D = 'MITRE EMB3D 2.0.1 (mitre/emb3d)';

export const STORAGE_AND_LOGS: readonly Rule[] = [
  {
    id: 'LOG-01',
    title: 'Logs are changed or deleted to hide what was done',
    explanation:
      'Whoever misused the device or broke into it removes the traces from its records. After an incident nobody can tell what happened.',
    stride: ['R', 'T'],
    applies_to: ['data_store'],
    when: { 'element.stores': 'logs', 'element.tamper_evident': ['no', 'unknown'] },
    harm: 'none',
    vulnerability: 'Those whose actions are recorded can also write the record.',
    control:
      'A log to which entries can only be added and in which a gap shows, a copy on another computer, and no access for those who are recorded.',
    fda_control: ['event_detection_logging'],
    safety_note: 'Decide whether the course of a safety incident could still be found out.',
    cwe: ['CWE-284', 'CWE-117'],
    capec: ['CAPEC-268', 'CAPEC-93'],
    emb3d: ['TID-225'],
    sources: [
      EMB3D,
      `${TEMPLATE} threat "Potential Weak Protections for Audit Data"`,
      `${FDA} Appendix 1 event detection and logging`,
    ],
    test: {
      fires: { 'element.stores': ['logs'] },
      silent: { 'element.stores': ['logs'], 'element.tamper_evident': 'yes' },
    },
  },
  {
    id: 'LOG-02',
    title: 'Logins, changes and commands leave no trace',
    explanation:
      'Somebody logs in, changes a setting or sends a command, and nothing is written down. An attack goes on unseen, and afterwards there is nothing to learn from.',
    stride: ['R'],
    applies_to: ['process'],
    when: [
      { 'element.authenticates_users': 'yes', 'element.writes_logs': ['no', 'unknown'] },
      { 'element.essential_performance': 'yes', 'element.writes_logs': ['no', 'unknown'] },
      {
        'flow.payload': ['commands', 'config', 'firmware', 'treatment_plan', 'drug_library', 'orders'],
        'element.writes_logs': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'Only what serves the search for faults is recorded, not what matters for security.',
    control:
      'Record logins, changes of settings and therapy, updates and failed checks, each with who and when, and pass them on to where the hospital watches.',
    fda_control: ['event_detection_logging'],
    safety_note: 'Decide whether the cause of harm could be found, and an attack be noticed in time.',
    cwe: ['CWE-778', 'CWE-223'],
    capec: ['CAPEC-571'],
    emb3d: [],
    sources: [`${FDA} Appendix 1 event detection and logging`, `${TEMPLATE} threat "Insufficient Auditing"`],
    test: {
      fires: { 'element.authenticates_users': 'yes' },
      silent: { 'element.authenticates_users': 'yes', 'element.writes_logs': 'yes' },
    },
  },
  {
    id: 'LOG-03',
    title: 'Logs fill the storage',
    explanation:
      'Somebody causes events without end, until the storage is full: earlier records are lost, or the device stops because it can’t write any more.',
    stride: ['D'],
    applies_to: ['data_store'],
    when: { 'element.stores': 'logs', 'element.survives_full': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Logs may grow without limit, in the same place as clinical data.',
    control:
      'A share for each source, the least important entries given up first, and storage apart from clinical data.',
    fda_control: ['event_detection_logging', 'resiliency_and_recovery'],
    safety_note: 'Decide whether the device goes on treating when nothing can be recorded.',
    cwe: ['CWE-770', 'CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-405'],
    sources: [`${TEMPLATE} threat "Syslog Flooding"`, `${TEMPLATE} threat "Risks from Logging"`],
    test: {
      fires: { 'element.stores': ['logs'] },
      silent: { 'element.stores': ['logs'], 'element.survives_full': 'yes' },
    },
  },
  {
    id: 'LOG-04',
    title: 'Stored patient data, plans, settings or software are altered',
    explanation:
      'Somebody who gets at the storage changes a measurement, a treatment plan, a setting or a program. It is used later as if it were right.',
    stride: ['T'],
    applies_to: ['data_store'],
    when: {
      'element.stores': ['phi', 'config', 'treatment_plan', 'drug_library', 'firmware', 'readings'],
      'element.tamper_evident': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'What is stored is trusted because it is in your own storage.',
    control:
      'A signature or keyed check value for each record, verified before use; narrow rights in the database; a regular check of all of it.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide which treatment decision would rest on the altered value.',
    cwe: ['CWE-345', 'CWE-732'],
    capec: ['CAPEC-165', 'CAPEC-176'],
    emb3d: ['TID-108'],
    sources: [`${PLAYBOOK} Table 2 (tampering example)`, `${TEMPLATE} threat "PHI at Rest Tampering"`],
    test: {
      fires: { 'element.stores': ['treatment_plan'] },
      silent: { 'element.stores': ['treatment_plan'], 'element.tamper_evident': 'yes' },
    },
  },
  {
    id: 'LOG-05',
    title: 'Stored patient data can be read by whoever gets the medium',
    explanation:
      'A disk, a backup or a discarded computer falls into the wrong hands, or somebody copies the files. As they are not encrypted, everything on them can be read.',
    stride: ['I'],
    applies_to: ['data_store'],
    when: {
      'element.stores': ['phi', 'images', 'readings', 'backup'],
      // Apps (APP-01), archives of images (EHR-08), media to take out (HW-05) and devices that are carried (HW-06) have their own.
      'element.role': { not: ['mobile_app', 'pacs', 'archive'] },
      'element.storage': { not: 'removable' },
      'element.mobility': { not: ['portable', 'wearable', 'home'] },
      'element.encrypted': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'Data is protected only by the program through which it is usually read.',
    control:
      'Encrypt the medium and the most sensitive fields, keep the keys elsewhere, and encrypt backups as well.',
    fda_control: ['confidentiality'],
    safety_note: 'The data of all patients may be lost at once; decide what else they could be used for.',
    cwe: ['CWE-311', 'CWE-312'],
    capec: ['CAPEC-545'],
    emb3d: ['TID-108'],
    sources: [
      `${TEMPLATE} threat "{target.Name} Not using Encryption at Rest"`,
      'CISA ICSMA-17-229-01 (CWE-312) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.stores': ['phi'] },
      silent: { 'element.stores': ['phi'], 'element.encrypted': 'yes' },
    },
  },
  {
    id: 'LOG-06',
    title: 'Readings that were not sent yet are lost',
    explanation:
      'During an outage the device keeps its readings, until there is no room left or somebody deletes them. A part of what was measured is missing, and the patient may have to be measured again.',
    stride: ['D'],
    applies_to: ['data_store'],
    when: { 'element.stores': 'readings', 'element.survives_full': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Room for a short outage only, and nobody is warned before data is dropped.',
    control:
      'Room for the longest outage that is expected, a warning well before it is used up, the oldest readings given up first, and deletion only by those who may.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide what a gap in the readings could hide.',
    cwe: ['CWE-770', 'CWE-400'],
    capec: [],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.1 (two weeks of storage; app can wipe patient data)`],
    test: {
      fires: { 'element.stores': ['readings'] },
      silent: { 'element.stores': ['readings'], 'element.survives_full': 'yes' },
    },
  },
  {
    id: 'LOG-07',
    title: 'Somebody wipes or resets the device from afar',
    explanation:
      'A function meant for lost devices or for a new patient is called by somebody who has no right to it. Measurements or therapy settings are gone.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.has_remote_wipe': 'yes', 'element.authorises': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Erasing takes no more proof than reading.',
    control:
      'Ask again for proof before erasing, have it confirmed at the device, send data off first and wait, and record who asked for it.',
    fda_control: ['authorization'],
    safety_note: 'Decide what the loss of therapy settings means while the device is in use.',
    cwe: ['CWE-306', 'CWE-862'],
    capec: ['CAPEC-212'],
    emb3d: ['TID-406'],
    sources: [`${PLAYBOOK} §2.1 app device-management functions`],
    test: {
      fires: { 'element.has_remote_wipe': 'yes' },
      silent: { 'element.has_remote_wipe': 'yes', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'LOG-08',
    title: 'Encrypted messages still tell something about the patient',
    explanation:
      'Somebody nearby can’t read the messages, but sees which device sends, when and how much. That can show that a person has a certain condition, is at home, or has just had an episode.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': ['ble', 'bluetooth_classic', 'wifi', 'cellular', 'implant_rf', 'proprietary_rf'],
      'flow.payload': ['phi', 'telemetry', 'alarms', 'commands'],
      'flow.encrypted': 'yes',
      'flow.metadata_protected': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'Length, time and addresses of messages depend on what happens to the patient.',
    control:
      'Send at fixed times and in fixed lengths where the state is sensitive, send no names or types of device, and look at the whole with somebody who knows about privacy.',
    fda_control: ['confidentiality'],
    safety_note: 'Decide what a stranger could conclude about illness or daily routine.',
    cwe: ['CWE-200'],
    capec: ['CAPEC-192', 'CAPEC-158'],
    emb3d: ['TID-410'],
    sources: [EMB3D],
    test: {
      fires: { 'flow.protocol': 'ble', 'flow.payload': ['telemetry'], 'flow.encrypted': 'yes' },
      silent: {
        'flow.protocol': 'ble',
        'flow.payload': ['telemetry'],
        'flow.encrypted': 'yes',
        'flow.metadata_protected': 'yes',
      },
    },
  },
];
