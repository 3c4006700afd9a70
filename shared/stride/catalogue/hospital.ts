/** Interfaces in the hospital: orders and results, records, and those who get in for service. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const TEMPLATE = 'microsoft/threat-modeling-templates MedicalDeviceTemplate.tb7';
const FDA = 'FDA premarket cybersecurity guidance';
const RADIOLOGY = 'Academic Radiology 2020 27(8)';

/** Who works on the device from afar. */
const SERVICE = ['remote_service', 'service_tool', 'support', 'technician'];
const REMOTE_ACCESS = ['vpn', 'rdp', 'ssh', 'vnc'];

export const HOSPITAL: readonly Rule[] = [
  {
    id: 'HIS-05',
    title: 'A message with orders or results is forged or altered',
    explanation:
      'HL7 v2, by which hospital systems exchange orders, results and patient data, has no protection of its own. Somebody on the network adds messages or changes them, and the receiver acts on them.',
    stride: ['T', 'S'],
    applies_to: ['data_flow'],
    when: [
      { 'flow.protocol': 'hl7v2', 'flow.integrity': ['no', 'unknown'] },
      { 'flow.protocol': 'hl7v2', 'flow.authenticated': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability: 'Whatever arrives at the port in the right form is taken for true.',
    control:
      'Run it inside a connection in which both sides prove who they are, check messages in the interface engine, match results with orders and against what is plausible, and reconcile what was sent with what was received.',
    fda_control: ['authentication', 'code_data_execution_integrity'],
    safety_note: 'Consider wrong orders, allergies, results, and data of the wrong patient.',
    cwe: ['CWE-345', 'CWE-306'],
    capec: ['CAPEC-194', 'CAPEC-277'],
    emb3d: ['TID-406'],
    sources: [`${PLAYBOOK} A.1.3 refs 13, 23, 24`, `${TEMPLATE} threat "HL7 Tampering"`, RADIOLOGY],
    test: {
      fires: { 'flow.protocol': 'hl7v2' },
      silent: { 'flow.protocol': 'hl7v2', 'flow.integrity': 'yes', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'HIS-06',
    title: 'Patient data can be read on the hospital network',
    explanation:
      'Images, orders and documents travel in clear. Whoever is connected to the same network, a visitor’s or an infected computer, reads them.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': ['hl7v2', 'dicom', 'dicomweb', 'xds'],
      'flow.encrypted': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'The usual exchange formats are not encrypted unless somebody sees to it.',
    control:
      'Encryption on every interface. Where a hospital’s systems can’t, a tunnel in its place and a written note of the risk that is left to the hospital.',
    fda_control: ['confidentiality'],
    safety_note: 'What is read here can help to forge messages later; decide whether that matters.',
    cwe: ['CWE-319'],
    capec: ['CAPEC-158'],
    emb3d: ['TID-408'],
    sources: [
      `${PLAYBOOK} A.1.3 ref 14`,
      'CISA ICSMA-21-175-01 (CWE-319) (cisagov/CSAF)',
      `${TEMPLATE} threat "HL7 Unencrypted"`,
    ],
    test: {
      fires: { 'flow.protocol': 'hl7v2' },
      silent: { 'flow.protocol': 'hl7v2', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'HIS-07',
    title: 'Patient data goes to a false record system',
    explanation:
      'Somebody puts a computer in the place of the electronic health record or the interface engine. Your device sends it everything, and the results never reach the clinician.',
    stride: ['S'],
    applies_to: ['process'],
    when: [
      {
        'target.role': 'ehr',
        'element.role': { not: 'ehr' },
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        'target.role': 'interface_engine',
        'element.role': { not: 'interface_engine' },
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'An address on the network is enough to be taken for the record system.',
    control:
      'Check the certificate of the receiver against the hospital’s own authority, send to configured addresses only, and raise an alarm when they change.',
    fda_control: ['authentication'],
    safety_note: 'Decide how soon somebody would miss the results.',
    cwe: ['CWE-295', 'CWE-290'],
    capec: ['CAPEC-151'],
    emb3d: ['TID-316'],
    sources: [`${PLAYBOOK} A.1.3 ref 4 and A.1.4.1 mitigation options`, `${TEMPLATE} threat "EMR Spoofing"`],
    test: {
      fires: { 'element.role': 'gateway', 'target.role': 'ehr' },
      silent: {
        'element.role': 'gateway',
        'target.role': 'ehr',
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'HIS-08',
    title: 'An application gets more of the record than it should',
    explanation:
      'An application asks the record interface (FHIR) for one patient and is given access to all, or may write where it should only read. Whoever controls the application has the same.',
    stride: ['E', 'I'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'fhir',
      'element.role': { not: ['mobile_app', 'wearable', 'clinician_computer'] },
      'element.authorises': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Permissions are granted in bulk, or asked for once and never checked again.',
    control:
      'Narrow permissions for each application (SMART scopes), a check of each patient’s consent, access that expires soon, and a record of each use.',
    fda_control: ['authorization'],
    safety_note: 'Decide what altered records of many patients could lead to.',
    cwe: ['CWE-862', 'CWE-863', 'CWE-285'],
    capec: ['CAPEC-180', 'CAPEC-1'],
    emb3d: ['TID-310'],
    sources: ['HL7 FHIR and SMART App Launch', 'MITRE EMB3D 2.0.1 (mitre/emb3d)'],
    test: {
      fires: { 'flow.protocol': 'fhir' },
      silent: { 'flow.protocol': 'fhir', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'HIS-09',
    title: 'An interface is overloaded or messages are sent again without end',
    explanation:
      'One message that can’t be handled is repeated for ever, or one sender sends too much. Everything behind it waits.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'flow.protocol': ['hl7v2', 'dicom', 'dicomweb', 'fhir', 'xds'],
      // Those have a rule of their own for it.
      'element.role': { not: ['cloud_service', 'gateway', 'api', 'web_portal', 'message_broker'] },
      'element.rate_limit': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Queues without an end, and no way to set aside what can’t be handled.',
    control:
      'Queues with a limit, senders that are told to slow down, a place for messages that failed, and somebody who is told when a queue grows.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide how late a result may come.',
    cwe: ['CWE-400', 'CWE-770'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-405'],
    sources: [`${TEMPLATE} threat "HL7 Denial of Service"`],
    test: {
      fires: { 'flow.protocol': 'hl7v2' },
      silent: { 'flow.protocol': 'hl7v2', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'HIS-10',
    title: 'A false order or worklist leads to the wrong examination or treatment',
    explanation:
      'An entry of the worklist was forged or belongs to another patient, and the device prepares what it says. The wrong patient, side or dose is next.',
    stride: ['T'],
    applies_to: ['process'],
    when: {
      'flow.payload': ['worklist', 'orders'],
      'element.role': { not: ['ehr', 'interface_engine', 'clinician_computer'] },
      'element.validates_input': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'What is on the list is taken over without a look at the patient.',
    control:
      'Accept worklists from a proven source only, have staff confirm the patient at the device, for instance by the wristband, and warn when dose or protocol is unusual.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Consider needless radiation, and examination or treatment of the wrong side or patient.',
    cwe: ['CWE-345'],
    capec: ['CAPEC-153', 'CAPEC-277'],
    emb3d: [],
    sources: [RADIOLOGY, `${TEMPLATE} threat "Ionizing Radiation Source safety aspects"`],
    test: {
      fires: { 'flow.payload': ['worklist'] },
      silent: { 'flow.payload': ['worklist'], 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'HIS-12',
    title: 'A gateway opens bedside devices to everybody on the network',
    explanation:
      'A converter or hub connects devices, made to be used by somebody standing beside them, to the network, and asks nobody who they are. Somebody far away can read them or change their settings.',
    stride: ['E', 'I'],
    applies_to: ['process'],
    when: {
      'element.role': ['integration_gateway', 'terminal_server', 'gateway'],
      'element.authenticates_users': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The device relies on people being in the room, and the gateway takes that away.',
    control:
      'A login of their own for everybody who manages or uses the gateway, no accounts common to all units, data in one direction only where that is enough, and a network part of its own.',
    fda_control: ['authentication', 'authorization'],
    safety_note: 'Decide which settings of anaesthesia, pumps or monitors could be changed from afar.',
    cwe: ['CWE-306', 'CWE-798', 'CWE-288'],
    capec: ['CAPEC-555', 'CAPEC-115'],
    emb3d: ['TID-310', 'TID-328'],
    sources: [
      'CISA ICSMA-19-190-01 (CWE-287) (cisagov/CSAF)',
      'CISA ICSMA-21-322-01 (CWE-288, CWE-798) (cisagov/CSAF)',
      'CISA ICSMA-18-240-01 (CWE-668) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.role': 'terminal_server' },
      silent: { 'element.role': 'terminal_server', 'element.authenticates_users': 'yes' },
    },
  },
  {
    id: 'HIS-13',
    title: 'Somebody else comes in over the connection for remote service',
    explanation:
      'The connection by which the manufacturer services devices is always open or needs only a password. Whoever steals it reaches the devices of many hospitals.',
    stride: ['S', 'E'],
    applies_to: ['process'],
    when: [
      {
        'flow.protocol': REMOTE_ACCESS,
        'source.role': SERVICE,
        'element.role': { not: SERVICE },
        'element.second_factor': ['no', 'unknown'],
      },
      {
        'flow.protocol': REMOTE_ACCESS,
        'target.role': SERVICE,
        'element.role': { not: SERVICE },
        'element.second_factor': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Service staff share an account, and the tunnel is trusted for being there.',
    control:
      'Sessions that the hospital opens and closes, a second factor and an account for each technician, recorded sessions, and no permanent tunnel.',
    fda_control: ['authentication', 'event_detection_logging'],
    safety_note: 'Consider an attack on many hospitals through the service network of the manufacturer.',
    cwe: ['CWE-287', 'CWE-295', 'CWE-923'],
    capec: ['CAPEC-555'],
    emb3d: ['TID-310'],
    sources: ['CISA ICSMA-20-343-01 (CWE-523) (cisagov/CSAF)', `${FDA} §V.A.1 maintenance risks`],
    test: {
      fires: { 'source.role': 'remote_service', 'flow.protocol': 'vpn' },
      silent: {
        'source.role': 'remote_service',
        'flow.protocol': 'vpn',
        'element.second_factor': 'yes',
      },
    },
  },
  {
    id: 'HIS-14',
    title: 'A false answer of the hospital’s directory logs somebody in',
    explanation:
      'The device asks a directory or single sign-on whether a login is right. Somebody who can pass for that service, or forge its answer, gets in as anybody.',
    stride: ['S', 'E'],
    applies_to: ['process'],
    // By LDAP, DIR-01 and DIR-02 say it more closely.
    when: [
      {
        'source.role': 'directory',
        'element.role': { not: 'directory' },
        'flow.protocol': { not: 'ldap' },
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        'target.role': 'directory',
        'element.role': { not: 'directory' },
        'flow.protocol': { not: 'ldap' },
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'Answers are neither signed nor does the device check from whom they come.',
    control:
      'An encrypted connection to the directory with its certificate checked, signed answers of the single sign-on, and local accounts with a procedure for emergencies when it is down.',
    fda_control: ['authentication'],
    safety_note: 'Decide what a false clinician could do, and how staff get in when the directory is down.',
    cwe: ['CWE-288', 'CWE-287'],
    capec: ['CAPEC-560', 'CAPEC-94', 'CAPEC-151'],
    emb3d: [],
    sources: ['CISA ICSMA-21-343-01 (CWE-288) (cisagov/CSAF)'],
    test: {
      fires: { 'source.role': 'directory' },
      silent: { 'source.role': 'directory', 'flow.authenticated': 'yes' },
    },
  },
];
