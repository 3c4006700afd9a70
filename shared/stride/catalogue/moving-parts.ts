/** What can go wrong with tables, gantries and arms that move, and with detectors and sensors. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const MOVING = ['moving_part', 'surgical_robot'];

export const MOVING_PARTS: readonly Rule[] = [
  {
    id: 'MOV-01',
    title: 'A false controller moves the table, the gantry or the arm',
    explanation:
      'The moving part obeys whoever speaks its language. Somebody else’s program or remote control moves it while a patient lies on it or a person stands beside it.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'element.role': MOVING,
      'target.role': MOVING,
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Being connected is enough to give commands.',
    control:
      'Let the part check who commands it, and move only while somebody at the machine holds a switch.',
    fda_control: ['authentication'],
    safety_note: 'Crushing, falls, and torn lines and tubes.',
    cwe: ['CWE-306', 'CWE-290'],
    capec: ['CAPEC-151'],
    emb3d: ['TID-406'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'moving_part', 'source.role': 'controller' },
      silent: {
        'element.role': 'moving_part',
        'source.role': 'controller',
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'MOV-02',
    title: 'A part is moved faster or further than its mechanics allow',
    explanation:
      'A command sends the gantry round too fast or the arm into the floor. The program was to keep the limits, and it was the program that was attacked.',
    stride: ['T', 'D'],
    applies_to: ['process'],
    when: { 'element.role': MOVING, 'element.hard_limits': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Limits of way, speed and force exist in software only.',
    control: 'Limit switches, mechanical stops and limits of force and speed in the drive itself.',
    fda_control: ['resiliency_and_recovery', 'code_data_execution_integrity'],
    safety_note: 'Injury of the patient or staff, and a machine that is out of use for long.',
    cwe: ['CWE-20'],
    capec: ['CAPEC-153'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'moving_part' },
      silent: { 'element.role': 'moving_part', 'element.hard_limits': 'yes' },
    },
  },
  {
    id: 'MOV-03',
    title: 'A moving part is stopped in the middle of an examination or treatment',
    explanation:
      'Somebody makes the table or the arm stop by invalid commands or by cutting the connection. The patient has had part of the radiation or the operation, and it has to be done again.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.role': MOVING, 'element.fails_safe': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability:
      'One odd command or a short gap in the connection is enough for a stop that cannot be resumed.',
    control:
      'Refuse invalid commands without stopping, end the movement in a safe place, stop radiation together with movement, and allow the procedure to be resumed.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Radiation without benefit, or a patient caught in the machine.',
    cwe: ['CWE-754'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-404'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'moving_part' },
      silent: { 'element.role': 'moving_part', 'element.fails_safe': 'yes' },
    },
  },
  {
    id: 'MOV-04',
    title: 'What a treating or moving part did is not on record',
    explanation:
      'A patient was hurt, and the part that moved, dosed or radiated kept no record of what it was told and what it did.',
    stride: ['R'],
    applies_to: ['process'],
    when: {
      'element.role': [
        ...MOVING,
        'actuator',
        'radiation_source',
        'infusion_pump',
        'insulin_pump',
        'ventilator',
      ],
      'element.writes_logs': ['no', 'unknown'],
    },
    harm: 'none',
    vulnerability: 'Only the console keeps a record, and of what it sent, not of what was done.',
    control:
      'Record commands with their sender, and what was done, in the part or beside it, protected from change.',
    fda_control: ['event_detection_logging'],
    safety_note: 'The cause of an injury stays unknown, and it happens again.',
    cwe: ['CWE-778'],
    capec: ['CAPEC-268'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'moving_part' },
      silent: { 'element.role': 'moving_part', 'element.writes_logs': 'yes' },
    },
  },
  {
    id: 'MOV-05',
    title: 'Commands to a moving part are changed on their way',
    explanation:
      'Somebody on the line between the console and the part changes the distance, the direction or the speed of a movement.',
    stride: ['T'],
    applies_to: ['data_flow'],
    when: { 'target.role': MOVING, 'flow.integrity': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The line goes through places that others can reach, without protection of the messages.',
    control:
      'Keep console and part within one protected area; protect messages with authentication codes; let the part report back what it is about to do.',
    fda_control: ['code_data_execution_integrity', 'cryptography'],
    safety_note: 'The part moves in another way than the operator sees on the screen.',
    cwe: ['CWE-924', 'CWE-345'],
    capec: ['CAPEC-94'],
    emb3d: ['TID-406'],
    sources: [TEMPLATE],
    test: {
      fires: { 'target.role': 'moving_part' },
      silent: { 'target.role': 'moving_part', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'IMG-01',
    title: 'A false detector delivers images that were never taken',
    explanation:
      'The console takes images from whatever answers as the detector. A false one sends images of somebody else, or changed ones.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'source.role': 'image_detector',
      'element.role': { not: ['image_detector'] },
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The detector is known by a name or an address only.',
    control:
      'Pair console and detector with keys of their own, and mark each image with the detector and exposure.',
    fda_control: ['authentication'],
    safety_note: 'Wrong diagnosis from an image of another patient.',
    cwe: ['CWE-290', 'CWE-345'],
    capec: ['CAPEC-151'],
    emb3d: ['TID-406'],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'image_detector' },
      silent: { 'source.role': 'image_detector', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'IMG-02',
    title: 'Sensitivity or the list of bad pixels of a detector is changed',
    explanation:
      'A detector told to be less sensitive needs more radiation for the same image. Pixels declared as bad are filled in from their neighbours, and what they would have shown is gone.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': 'image_detector', 'element.authorises': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Calibration data can be written by whoever is connected.',
    control:
      'Let only authorised service change calibration, sign it, and check it with a test image each day.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note: 'Needless dose, or a small finding that is not in the image.',
    cwe: ['CWE-862', 'CWE-345'],
    capec: ['CAPEC-176'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'image_detector' },
      silent: { 'element.role': 'image_detector', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'SEN-01',
    title: 'Something else reports measurements in place of the sensor',
    explanation:
      'The device takes values from whatever sits at the sensor’s connector or address. A false one reports a healthy patient, or an emergency.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'source.role': 'sensor',
      'element.role': { not: ['sensor'] },
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Any source of values is taken for the sensor.',
    control:
      'Let the sensor prove itself where others can reach the line, and compare its values with others.',
    fda_control: ['authentication'],
    safety_note: 'Treatment, or its absence, follows values that are not the patient’s.',
    cwe: ['CWE-290', 'CWE-345'],
    capec: ['CAPEC-151'],
    emb3d: ['TID-406'],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'sensor' },
      silent: { 'source.role': 'sensor', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'SEN-02',
    title: 'A sensor is given other settings, so that true readings look different',
    explanation:
      'Somebody changes the range, the unit or the calibration of a sensor. It goes on measuring, and everything that relies on it is off.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': 'sensor', 'element.authorises': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Settings of the sensor are open to whoever is connected to it.',
    control:
      'Protect the settings, read them back before use and show them, and notice a calibration that has changed.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note: 'Decide which treatment or moving part acts on this reading.',
    cwe: ['CWE-862', 'CWE-345'],
    capec: ['CAPEC-176'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'sensor' },
      silent: { 'element.role': 'sensor', 'element.authorises': 'yes' },
    },
  },
];
