/** What can go wrong with the systems that keep patients’ records and images, and with data on its way to and from them. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

export const HEALTH_RECORDS: readonly Rule[] = [
  {
    id: 'EHR-01',
    title: 'A false record system delivers made-up records',
    explanation:
      'The device asks the hospital’s record system about a patient and gets an answer from a machine that only pretends to be it: wrong allergies, weight or medication.',
    stride: ['S', 'T'],
    applies_to: ['process'],
    when: {
      'source.role': ['ehr', 'interface_engine'],
      'element.role': { not: ['ehr', 'interface_engine'] },
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'An address in the settings is all that identifies the record system.',
    control:
      'Check the certificate and the name of the record system on each connection; compare what it says with what is known at the bedside.',
    fda_control: ['authentication'],
    safety_note: 'Treatment is planned on the data of nobody, or of another patient.',
    cwe: ['CWE-290', 'CWE-295'],
    capec: ['CAPEC-151'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'ehr' },
      silent: { 'source.role': 'ehr', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'EHR-02',
    title: 'Records that were handed over are read past the record system’s own rules',
    explanation:
      'Your device sends patient data to a record system of others. Somebody with access to its disks, backups or database reads the data there without ever signing in.',
    stride: ['I'],
    applies_to: ['external_entity'],
    when: {
      'element.role': ['ehr', 'pacs', 'archive'],
      'flow.payload': ['phi', 'images', 'patient_id', 'analysis_results', 'export'],
      'element.managed': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'Nobody asked how the system protects what it stores.',
    control:
      'Make encryption of stored data and care of the system a condition for connecting to it, and write down who is responsible.',
    fda_control: ['confidentiality'],
    safety_note: 'Records of many patients are disclosed at once.',
    cwe: ['CWE-311'],
    capec: ['CAPEC-545'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'ehr', 'flow.payload': ['phi'] },
      silent: { 'element.role': 'ehr', 'flow.payload': ['phi'], 'element.managed': 'yes' },
    },
  },
  {
    id: 'EHR-03',
    title: 'An account that only reads records can also prescribe',
    explanation:
      'Users, and the account of your device, may do more in the record system than they need: order medication, narcotics among it, or release results.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.role': 'ehr', 'element.authorises': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'One broad role is given to everybody and everything that connects.',
    control:
      'Roles by task; connect the device with an account that can do what it needs and cannot prescribe.',
    fda_control: ['authorization'],
    safety_note: 'A medication is ordered that no physician chose.',
    cwe: ['CWE-269', 'CWE-862'],
    capec: ['CAPEC-122'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'ehr' },
      silent: { 'element.role': 'ehr', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'EHR-04',
    title: 'Staff look at records or images of people they do not treat, and leave no trace',
    explanation:
      'Somebody who may use the system looks up a celebrity, a neighbour or a colleague. Without a record of who looked at what it is neither noticed nor proven.',
    stride: ['R', 'I'],
    applies_to: ['process', 'data_store', 'external_entity'],
    when: [
      {
        asked: 'process',
        'element.role': ['ehr', 'pacs', 'archive'],
        'element.writes_logs': ['no', 'unknown'],
      },
      {
        'element.kind': ['data_store', 'external_entity'],
        'element.role': ['ehr', 'pacs', 'archive'],
        'flow.receipt_recorded': ['no', 'unknown'],
      },
    ],
    harm: 'privacy',
    vulnerability: 'Changes are recorded, but reading is not.',
    control:
      'Record each look at a record or an image with person, patient and time; review it, and mark records that draw the curious.',
    fda_control: ['event_detection_logging'],
    safety_note: 'Privacy harm; patients who fear it keep things from their physicians.',
    cwe: ['CWE-778'],
    capec: ['CAPEC-122'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'ehr' },
      silent: { 'element.role': 'ehr', 'element.writes_logs': 'yes' },
    },
  },
  {
    id: 'EHR-05',
    title: 'The device cannot go on without the record system',
    explanation:
      'Record systems are a favourite target of extortion. If it is down, the device has no patient, order or allergy to work with.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'source.role': 'ehr',
      'element.role': { not: ['ehr'] },
      'element.fails_safe': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'There is no way to enter or keep by hand what usually comes from there.',
    control:
      'Entry by hand with the same checks, the last known data clearly marked with its age, and a procedure for downtime that is practised.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Treatment is delayed, or goes on without knowledge of allergies and medication.',
    cwe: ['CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'ehr' },
      silent: { 'source.role': 'ehr', 'element.fails_safe': 'yes' },
    },
  },
  {
    id: 'EHR-06',
    title: 'A record that was changed inside the record system is taken over unnoticed',
    explanation:
      'Somebody changes entries in the database of the record system. The connection is sound, so the device takes them for what the clinician wrote.',
    stride: ['T'],
    applies_to: ['data_flow'],
    when: {
      'source.role': 'ehr',
      'flow.payload': ['phi', 'patient_id', 'orders', 'treatment_plan', 'images'],
      'flow.signed': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Only the way is protected, not the record from author to reader.',
    control:
      'Signatures by the author over what treatment depends on; a check for plausibility and a look by a person where there are none.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Wrong diagnosis or treatment on the strength of a record that looks genuine.',
    cwe: ['CWE-345'],
    capec: ['CAPEC-165'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'ehr', 'flow.payload': ['orders'] },
      silent: { 'source.role': 'ehr', 'flow.payload': ['orders'], 'flow.signed': 'yes' },
    },
  },
  {
    id: 'EHR-07',
    title: 'Vital signs or alarms sent as HL7 or FHIR are held back',
    explanation:
      'Somebody blocks messages with heart rate or oxygen. The screen at the other end shows the last value, and nobody sees that it is old.',
    stride: ['D'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': ['hl7v2', 'fhir'],
      'flow.payload': ['telemetry', 'alarms'],
      'flow.loss_noticed': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'These protocols were made for records; that nothing arrives looks like nothing new.',
    control:
      'Show the age of each value, raise an alarm when none arrives in time, and send alarms by a way made for them.',
    fda_control: ['resiliency_and_recovery', 'event_detection_logging'],
    safety_note: 'A patient gets worse while the screen shows a good value.',
    cwe: ['CWE-754'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'hl7v2', 'flow.payload': ['alarms'] },
      silent: {
        'flow.protocol': 'hl7v2',
        'flow.payload': ['alarms'],
        'flow.loss_noticed': 'yes',
      },
    },
  },
  {
    id: 'EHR-08',
    title: 'The image archive is read past the program that guards it',
    explanation:
      'Images lie as files on a disk. Somebody with access to the disk, a share or a backup copies them all without asking the archive.',
    stride: ['I'],
    applies_to: ['data_store'],
    // A medium to take out has HW-05.
    when: {
      'element.role': ['pacs', 'archive'],
      'element.storage': { not: 'removable' },
      'element.encrypted': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'Rights are checked by the archive’s program only; the files below it are open.',
    control: 'Encrypt what is stored, share no folders, and give the files to the archive’s account alone.',
    fda_control: ['confidentiality'],
    safety_note: 'Images and names of many patients are disclosed at once.',
    cwe: ['CWE-311', 'CWE-552'],
    capec: ['CAPEC-545'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'pacs' },
      silent: { 'element.role': 'pacs', 'element.encrypted': 'yes' },
    },
  },
  {
    id: 'EHR-09',
    title: 'Patient data leaves the area where it is protected',
    explanation:
      'Data about a patient crosses into a place with other rules and other people. What is harmless inside may be unlawful or unsafe outside.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: {
      'flow.payload': ['phi', 'patient_id', 'images'],
      'flow.encrypted': ['no', 'unknown'],
      crosses_boundary: true,
    },
    harm: 'privacy',
    vulnerability:
      'More is sent than the receiver needs, in clear, and nobody has checked whether it may be.',
    control:
      'Send only what the receiver needs, encrypted; check each such flow against the law on patient data, and record the grounds.',
    fda_control: ['confidentiality', 'cryptography'],
    safety_note: 'Privacy breach; decide for each field whether it has to be sent.',
    cwe: ['CWE-359', 'CWE-319'],
    capec: ['CAPEC-158'],
    emb3d: ['TID-408'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.payload': ['phi'] },
      silent: { 'flow.payload': ['phi'], 'flow.encrypted': 'yes' },
    },
  },
];
