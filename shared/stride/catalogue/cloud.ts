/** Services, portals and their users on the internet. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const FDA = 'FDA premarket cybersecurity guidance';

/** Where people log in over the internet. */
const ONLINE = ['web_portal', 'cloud_service', 'api', 'remote_service'];

/** From where many devices are reached at once. */
const BACK_END = ['cloud_service', 'web_portal', 'api', 'message_broker', 'update_server', 'remote_service'];

/** What acts at the patient. */
const DEVICES = [
  'device',
  'patient_worn_device',
  'wearable',
  'implant',
  'bedside_device',
  'home_monitor',
  'infusion_pump',
  'insulin_pump',
  'ventilator',
  'patient_monitor',
  'central_station',
  'imaging_device',
  'radiation_source',
  'surgical_robot',
  'controller',
  'actuator',
];

export const CLOUD: readonly Rule[] = [
  {
    id: 'CLD-01',
    title: 'A user reaches other patients’ records by changing a number in the request',
    explanation:
      'Somebody with a login of their own asks for a neighbouring record number. The service hands out or changes the record without looking whose it is.',
    stride: ['E', 'I'],
    applies_to: ['process'],
    when: { 'element.multi_tenant': 'yes', 'element.authorises': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'It is checked that somebody is logged in, not whether this record is theirs.',
    control:
      'Check on every request whether this user may do this with this record; numbers that nobody can guess only in addition; automatic tests that try it across patients and customers.',
    fda_control: ['authorization'],
    safety_note: 'Decide what wrong data in another patient’s record could lead to.',
    cwe: ['CWE-639', 'CWE-862'],
    capec: ['CAPEC-1', 'CAPEC-58'],
    emb3d: ['TID-324'],
    sources: [
      `${PLAYBOOK} Table 2 (elevation of privilege example)`,
      'CISA ICSMA-22-095-01 (CWE-288) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.multi_tenant': 'yes' },
      silent: { 'element.multi_tenant': 'yes', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'CLD-02',
    title: 'Somebody takes over the account of a patient or clinician',
    explanation:
      'A password was guessed, stolen or used elsewhere as well, and it is all that is needed to log in. A clinician’s account opens the data of many patients.',
    stride: ['S'],
    applies_to: ['process'],
    when: [
      {
        'element.role': ONLINE,
        'element.authenticates_users': 'yes',
        'element.second_factor': ['no', 'unknown'],
      },
      {
        'element.role': ONLINE,
        'flow.payload': 'credentials',
        'element.second_factor': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'A password alone opens the account from anywhere in the world.',
    control:
      'A second factor at least for clinicians and staff, refusal of passwords known to be stolen, a closer look at unusual logins, and a way to end all sessions of an account.',
    fda_control: ['authentication'],
    safety_note: 'Decide what false entries under a clinician’s name could lead to.',
    cwe: ['CWE-287', 'CWE-307', 'CWE-521'],
    capec: ['CAPEC-600', 'CAPEC-560'],
    emb3d: ['TID-314'],
    sources: [
      `${PLAYBOOK} §2.1 (username/password only) and §2.5.2`,
      'CISA ICSMA-18-312-01 (CWE-521) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.role': 'web_portal', 'element.authenticates_users': 'yes' },
      silent: {
        'element.role': 'web_portal',
        'element.authenticates_users': 'yes',
        'element.second_factor': 'yes',
      },
    },
  },
  {
    id: 'CLD-03',
    title: 'A forgotten or changed password lets the wrong person in',
    explanation:
      'Somebody uses the way back in for people who forgot their password, or changes it without knowing the old one, and gets the account of another.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'element.role': [...ONLINE, 'mobile_app'],
      'element.authenticates_users': 'yes',
      'element.recovery_checked': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Getting a new password takes less proof than logging in.',
    control:
      'Ask for the old password or for proof by a second, strong way; tell the user of every change; limit attempts; give the help desk a fixed procedure for knowing who is calling.',
    fda_control: ['authentication'],
    safety_note: 'Decide what can be seen and changed from an account that was taken over.',
    cwe: ['CWE-640', 'CWE-620'],
    capec: ['CAPEC-50'],
    emb3d: ['TID-312', 'TID-313'],
    sources: [
      'CISA ICSMA-23-061-01 (CWE-620) (cisagov/CSAF)',
      'Elevation of Privilege deck, Queen of Spoofing (adamshostack/eop cards.yaml)',
    ],
    test: {
      fires: { 'element.role': 'web_portal', 'element.authenticates_users': 'yes' },
      silent: {
        'element.role': 'web_portal',
        'element.authenticates_users': 'yes',
        'element.recovery_checked': 'yes',
      },
    },
  },
  {
    id: 'CLD-07',
    title: 'Too many requests stop uploads and access',
    explanation:
      'Somebody floods the service from many computers, or devices with a fault send without end, and those who need it do not get through.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'element.role': ['cloud_service', 'gateway', 'api', 'web_portal', 'message_broker'],
      'element.rate_limit': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Each sender may ask for as much as it likes, and all share the same resources.',
    control:
      'A quota for each sender, protection by the provider against floods, devices that keep their data for as long as an outage may last, and less service instead of none.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide how late readings may be seen.',
    cwe: ['CWE-400', 'CWE-770'],
    capec: ['CAPEC-488', 'CAPEC-125'],
    emb3d: ['TID-405'],
    sources: [`${PLAYBOOK} Appendix B (provider DDoS protection) and Table 4 AMPSCS row`],
    test: {
      fires: { 'element.role': 'cloud_service' },
      silent: { 'element.role': 'cloud_service', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'CLD-08',
    title: 'Cloud storage is open to the world by a wrong setting',
    explanation:
      'A setting of the storage was left open, because you thought the provider took care of it or somebody wanted to try something. Anybody who finds the address can read everything.',
    stride: ['I'],
    applies_to: ['data_store'],
    when: {
      'element.role': ['cloud_storage', 'cloud_service'],
      'element.access_controlled': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'It is not settled who sets up protection, and nobody checks the settings.',
    control:
      'Closed unless opened on purpose, settings kept as code and checked automatically, and a written agreement with the provider on who is responsible for what.',
    fda_control: ['confidentiality', 'authorization'],
    safety_note: 'The data of all patients may be lost at once; decide what else they could be used for.',
    cwe: ['CWE-668', 'CWE-732', 'CWE-276'],
    capec: ['CAPEC-180'],
    emb3d: [],
    sources: [
      `${PLAYBOOK} Appendix B (cloud is not always an external entity)`,
      `${PLAYBOOK} §2.5.4 transfer`,
    ],
    test: {
      fires: { 'element.role': 'cloud_storage' },
      silent: { 'element.role': 'cloud_storage', 'element.access_controlled': 'yes' },
    },
  },
  {
    id: 'CLD-10',
    title: 'A taken-over service commands many devices at once',
    explanation:
      'Somebody breaks into the service from which devices get commands, settings or software. As the devices obey whatever comes from there, all patients are affected at the same time.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'source.role': BACK_END,
      'element.role': DEVICES,
      'flow.payload': ['commands', 'config', 'firmware', 'treatment_plan', 'drug_library'],
      'flow.signed': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The device trusts the connection; the content carries no proof of who decided on it.',
    control:
      'Content signed with a key that is not on the service, limits that the device keeps by itself, approval by a second person, roll-out to a few devices first, and a switch that ends all remote functions.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note: 'Consider harm to many patients at once, and how they would be treated then.',
    cwe: ['CWE-345', 'CWE-862'],
    capec: ['CAPEC-594'],
    emb3d: ['TID-303'],
    sources: [`${FDA} §V.B.2(b) multi-patient harm view`, `${PLAYBOOK} A.2.3`],
    test: {
      fires: {
        'source.role': 'cloud_service',
        'element.role': 'insulin_pump',
        'flow.payload': ['commands'],
      },
      silent: {
        'source.role': 'cloud_service',
        'element.role': 'insulin_pump',
        'flow.payload': ['commands'],
        'flow.signed': 'yes',
      },
    },
  },
  {
    id: 'CLD-11',
    title: 'Staff misuse their access to patient data',
    explanation:
      'An administrator or somebody in support looks up or changes data of patients without a reason, out of curiosity, for money or under pressure, and it is not noticed.',
    stride: ['I', 'E', 'T'],
    applies_to: ['process'],
    when: [
      { 'element.admin_access': 'yes', 'element.writes_logs': ['no', 'unknown'] },
      { 'element.admin_access': 'yes', 'element.authorises': ['no', 'unknown'] },
    ],
    harm: 'indirect',
    vulnerability: 'Staff access is permanent and wide, and nobody reads what it was used for.',
    control:
      'Access for one task and a limited time, a second person for changes to patient data, a record that staff cannot alter, and a review of each emergency access.',
    fda_control: ['authorization', 'event_detection_logging'],
    safety_note: 'Decide whether insiders are in scope, and what they could change unnoticed.',
    cwe: ['CWE-269', 'CWE-250'],
    capec: ['CAPEC-122'],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.4.6 (state whether insiders are in scope)`],
    test: {
      fires: { 'element.admin_access': 'yes' },
      silent: {
        'element.admin_access': 'yes',
        'element.writes_logs': 'yes',
        'element.authorises': 'yes',
      },
    },
  },
  {
    id: 'CLD-12',
    title: 'The analysis is altered and gives wrong results',
    explanation:
      'Somebody changes the program, the model or the thresholds by which readings or images are analysed. Results still look normal, but they are wrong for everybody.',
    stride: ['T'],
    applies_to: ['process', 'data_store'],
    when: [
      {
        'element.role': ['cloud_service', 'ai_model'],
        'flow.payload': 'analysis_results',
        'element.secure_boot': ['no', 'unknown'],
      },
      { 'element.role': 'ai_model', 'element.tamper_evident': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability: 'Nobody checks whether the analysis in use is the one that was released.',
    control:
      'Sign models and programs and check them at each start, test with reference cases regularly, watch for a drift of results, and show with each result by which version it was made.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Consider missed and false diagnoses in many patients until somebody notices.',
    cwe: ['CWE-345', 'CWE-494'],
    capec: ['CAPEC-184', 'CAPEC-548'],
    emb3d: [],
    sources: [
      `${FDA} §V.A.1 (all system elements)`,
      'AAMI CR515:2025 (recognised 13-153) scope: ML-specific threats',
    ],
    test: {
      fires: { 'element.role': 'ai_model', 'flow.payload': ['analysis_results'] },
      silent: {
        'element.role': 'ai_model',
        'flow.payload': ['analysis_results'],
        'element.secure_boot': 'yes',
      },
    },
  },
  {
    id: 'CLD-13',
    title: 'An exported file or report gets to the wrong people',
    explanation:
      'A report or archive that somebody downloads or sends on is weakly protected or goes to a wrong address. Once out of the system it can be read and copied by anybody who has it.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.payload': 'export', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'The protection of the system ends where the file leaves it.',
    control:
      'Strong encryption of the file itself, a password by another way than the file, downloads that expire, and a question back before it goes to a new recipient.',
    fda_control: ['confidentiality'],
    safety_note: 'Decide whether a report with another patient’s data could be taken for the right one.',
    cwe: ['CWE-359', 'CWE-311'],
    capec: [],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.1 (encrypted zip download by clinicians)`],
    test: {
      fires: { 'flow.payload': ['export'] },
      silent: { 'flow.payload': ['export'], 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'CLD-14',
    title: 'An infected clinician’s computer acts in the clinician’s name',
    explanation:
      'Malicious software on a computer that you do not control waits until the clinician has logged in, then copies what is on the screen or gives orders under the open login.',
    stride: ['S', 'I'],
    applies_to: ['external_entity'],
    when: {
      'element.role': ['clinician_computer', 'workstation'],
      'element.managed': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'A login proves who sat there first, not what sends the requests afterwards.',
    control:
      'Ask again for proof before risky actions, tie the session to the computer, watch for unusual use, and state which protection you expect of the computer.',
    fda_control: ['authentication', 'event_detection_logging'],
    safety_note: 'Decide which orders must not be possible from such a computer without a second proof.',
    cwe: ['CWE-287'],
    capec: ['CAPEC-593', 'CAPEC-568'],
    emb3d: [],
    sources: [`${PLAYBOOK} Table 4 (Clinician Computer row) and Figure 3 external entities`],
    test: {
      fires: { 'element.role': 'clinician_computer' },
      silent: { 'element.role': 'clinician_computer', 'element.managed': 'yes' },
    },
  },
];
