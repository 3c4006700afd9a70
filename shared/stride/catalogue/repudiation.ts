/** What can be denied later: who did, sent, received or released something. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';
const FDA = 'FDA premarket cybersecurity guidance';

const SERVICE = ['remote_service', 'service_tool', 'technician', 'support'];
const READERS = ['clinician', 'ehr', 'clinician_computer', 'web_portal', 'central_station'];

export const REPUDIATION: readonly Rule[] = [
  {
    id: 'REP-01',
    title: 'What was done in a service session cannot be put down to a person',
    explanation:
      'A technician of the manufacturer or a partner changes something, and later all that is known is that "service" was there.',
    stride: ['R'],
    applies_to: ['process'],
    when: [
      {
        'source.role': SERVICE,
        'element.role': { not: SERVICE },
        'element.writes_logs': ['no', 'unknown'],
      },
      {
        'source.role': SERVICE,
        'element.role': { not: SERVICE },
        'element.credential_type': ['shared', 'default', 'hard_coded', 'unknown'],
      },
    ],
    harm: 'none',
    vulnerability: 'One service login for all, and no record of what was done under it.',
    control:
      'A named identity for each technician, a reference to the service order, and a record of the session that both sides keep.',
    fda_control: ['event_detection_logging', 'authentication'],
    safety_note: 'The cause of a wrong calibration or setting cannot be found.',
    cwe: ['CWE-778', 'CWE-287'],
    capec: ['CAPEC-268'],
    emb3d: ['TID-225'],
    sources: [`${FDA} Appendix 1 event detection and logging`, TEMPLATE],
    test: {
      fires: { 'source.role': 'remote_service', 'element.writes_logs': 'no' },
      silent: {
        'source.role': 'remote_service',
        'element.writes_logs': 'yes',
        'element.credential_type': 'individual',
      },
    },
  },
  {
    id: 'REP-02',
    title: 'The recipient denies that a result or an alarm arrived or was read',
    explanation:
      'A critical value was sent, nobody reacted, and it cannot be shown whether it was not delivered or not read.',
    stride: ['R'],
    applies_to: ['external_entity', 'process'],
    when: {
      'element.role': READERS,
      'target.role': READERS,
      'flow.payload': ['analysis_results', 'alarms', 'messages'],
      'flow.receipt_recorded': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Sending counts as done; nothing comes back from the person who should act.',
    control:
      'Confirmation by the receiving person with the time, a next step when none comes, and a record that the sender can see.',
    fda_control: ['event_detection_logging'],
    safety_note: 'A critical finding gets a late answer, and nobody is responsible.',
    cwe: ['CWE-778'],
    capec: ['CAPEC-268'],
    emb3d: [],
    sources: [TEMPLATE, `${PLAYBOOK} §2.4.1 (repudiation: look for legal or monetary impact)`],
    test: {
      fires: {
        'element.role': 'clinician',
        'source.role': 'cloud_service',
        'flow.payload': ['alarms'],
      },
      silent: {
        'element.role': 'clinician',
        'source.role': 'cloud_service',
        'flow.payload': ['alarms'],
        'flow.receipt_recorded': 'yes',
      },
    },
  },
  {
    id: 'REP-03',
    title: 'It is disputed whether a patient agreed that somebody may see the data',
    explanation:
      'A patient says that consent was never given or was withdrawn; the clinician says that it was there when the data was read. No record settles it.',
    stride: ['R'],
    applies_to: ['process'],
    when: { 'element.manages_consent': 'yes', 'element.writes_logs': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'Only the present state of consent is kept, not who agreed to which text and when.',
    control:
      'Keep each consent with its text, scope and time, and each withdrawal; tell the patient who looked at the data.',
    fda_control: ['event_detection_logging', 'authorization'],
    safety_note: 'A dispute about privacy, or a clinician who loses access at a critical time.',
    cwe: ['CWE-778', 'CWE-862'],
    capec: ['CAPEC-122'],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.1 (patient authorises clinicians through the app)`],
    test: {
      fires: { 'element.manages_consent': 'yes' },
      silent: { 'element.manages_consent': 'yes', 'element.writes_logs': 'yes' },
    },
  },
  {
    id: 'REP-04',
    title: 'Nobody can prove which device a measurement came from',
    explanation:
      'Measurements pass through several hands. Once they left the device, nothing shows that it made them, and invented or foreign values look the same.',
    stride: ['R'],
    applies_to: ['data_flow'],
    when: {
      'flow.payload': 'telemetry',
      'flow.signed': ['no', 'unknown'],
      crosses_boundary: true,
    },
    harm: 'indirect',
    vulnerability: 'Only the connection is protected, not the measurement itself.',
    control:
      'Let the device sign its measurements with a counter and its software version, and keep the signature up to the report.',
    fda_control: ['code_data_execution_integrity', 'event_detection_logging'],
    safety_note: 'A diagnosis may rest on another patient’s device or on made-up data.',
    cwe: ['CWE-345', 'CWE-347'],
    capec: ['CAPEC-194'],
    emb3d: ['TID-406'],
    sources: [`${PLAYBOOK} A.1.3 ref 9`, 'MITRE EMB3D 2.0.1 (mitre/emb3d)'],
    test: {
      fires: { 'flow.payload': ['telemetry'] },
      silent: { 'flow.payload': ['telemetry'], 'flow.signed': 'yes' },
    },
  },
  {
    id: 'REP-05',
    title: 'A clock that is wrong or can be set makes the order of events unreliable',
    explanation:
      'Records of different devices do not fit together, or somebody sets the clock back to make an action look as if it had happened at another time.',
    stride: ['R', 'T'],
    applies_to: ['process'],
    when: {
      'element.writes_logs': 'yes',
      'element.clock': ['adjustable', 'unsynchronised', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'The time is taken from a clock that users set and that nothing compares.',
    control:
      'Take the time from an authenticated source, record each change of the clock, and number the entries besides dating them.',
    fda_control: ['event_detection_logging'],
    safety_note: 'An incident cannot be reconstructed; treatment by the clock may come at the wrong time.',
    cwe: ['CWE-223', 'CWE-345'],
    capec: ['CAPEC-268'],
    emb3d: ['TID-225'],
    sources: [`${FDA} Appendix 1 event detection and logging`],
    test: {
      fires: { 'element.writes_logs': 'yes', 'element.clock': 'adjustable' },
      silent: { 'element.writes_logs': 'yes', 'element.clock': 'synchronised' },
    },
  },
  {
    id: 'REP-06',
    title: 'It is unclear who released a drug library, a treatment plan or a configuration',
    explanation:
      'Limits or a plan turn out to be wrong, and nobody can show who made them and who approved them.',
    stride: ['R'],
    applies_to: ['data_flow'],
    when: {
      'flow.payload': ['drug_library', 'treatment_plan', 'config'],
      'flow.signed': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability:
      'A file is loaded because it is there; author and approval are noted elsewhere, or not at all.',
    control:
      'Signatures of author and approver that are bound to the content, checked on loading and shown on the device.',
    fda_control: ['event_detection_logging', 'authorization'],
    safety_note: 'Unsafe limits stay in use because nobody answers for them.',
    cwe: ['CWE-778'],
    capec: ['CAPEC-268'],
    emb3d: [],
    sources: ['CISA ICSMA-23-194-01 (CWE-345) (cisagov/CSAF)', `${PLAYBOOK} §2.4.1`],
    test: {
      fires: { 'flow.payload': ['drug_library'] },
      silent: { 'flow.payload': ['drug_library'], 'flow.signed': 'yes' },
    },
  },
];
