/** What can go wrong with what is there to make a machine safe: emergency stops, interlocks, and modes that go past them. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const RADIO = ['ble', 'bluetooth_classic', 'nfc', 'wifi', 'cellular', 'implant_rf', 'proprietary_rf'];

export const SAFETY_DEVICES: readonly Rule[] = [
  {
    id: 'STOP-01',
    title: 'The emergency stop can be sent data',
    explanation:
      'An emergency stop that listens to messages can be told to ignore the button. Then it fails at the one moment for which it is there.',
    stride: ['T', 'D'],
    applies_to: ['data_flow'],
    when: {
      'target.role': 'e_stop',
      'flow.protocol': { not: ['in_person', 'unknown'] },
      'target.hard_limits': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The stop is made in software, or is configured through a connection.',
    control:
      'Remove the connection: wire the button straight to the circuit that switches off, so that no message can keep it from doing so.',
    fda_control: ['resiliency_and_recovery', 'code_data_execution_integrity'],
    safety_note: 'Movement, radiation or energy cannot be stopped.',
    cwe: ['CWE-693'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE, 'ISO 13850, emergency stop function'],
    test: {
      fires: { 'target.role': 'e_stop', 'flow.protocol': 'can' },
      silent: { 'target.role': 'e_stop', 'flow.protocol': 'can', 'target.hard_limits': 'yes' },
    },
  },
  {
    id: 'STOP-02',
    title: 'An emergency stop or interlock depends on a radio link',
    explanation:
      'Radio can be jammed, drowned out or out of reach, on purpose or not. The button is pressed and nothing happens.',
    stride: ['D'],
    applies_to: ['data_flow'],
    when: {
      'source.role': ['e_stop', 'safety_interlock'],
      'flow.protocol': RADIO,
      'flow.loss_noticed': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The stop is a message that has to arrive.',
    control:
      'A wire. Where there has to be radio: stop as soon as the link is lost, and have a wired stop as well.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'The machine goes on although somebody pressed stop.',
    cwe: ['CWE-693'],
    capec: ['CAPEC-601'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'e_stop', 'flow.protocol': 'ble' },
      silent: { 'source.role': 'e_stop', 'flow.protocol': 'ble', 'flow.loss_noticed': 'yes' },
    },
  },
  {
    id: 'STOP-03',
    title: 'An emergency stop was disabled by hand and nobody sees it',
    explanation:
      'Somebody who was bothered by unwanted stops, or wants to do harm, bridges the button or disconnects it. It looks as always.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': 'e_stop', 'element.tamper_protected': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Terminals are within reach, and a bridged circuit looks like one that is in order.',
    control:
      'Two circuits that watch each other, terminals behind a seal, a test at each start, and a second stop where one is not enough.',
    fda_control: ['resiliency_and_recovery', 'event_detection_logging'],
    safety_note: 'Nothing stops the machine in an emergency.',
    cwe: ['CWE-1263'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'e_stop' },
      silent: { 'element.role': 'e_stop', 'element.tamper_protected': 'yes' },
    },
  },
  {
    id: 'STOP-04',
    title: 'An emergency stop or interlock is worn out by everyday use',
    explanation:
      'Because it is handy, people switch the machine off with the emergency stop, or by opening a door. It wears out, and fails when it is needed.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'element.role': ['e_stop', 'safety_interlock'],
      'element.self_tests': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The ordinary way to switch off is slower, and nobody counts or tests.',
    control:
      'An ordinary switch that is easier to reach, a restart after an emergency stop that is more trouble, a count of uses, and a test that tells when a part no longer works.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'The last safeguard is gone, and it shows only in an emergency.',
    cwe: [],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'e_stop' },
      silent: { 'element.role': 'e_stop', 'element.self_tests': 'yes' },
    },
  },
  {
    id: 'STOP-05',
    title: 'Somebody presses the emergency stop to have doors unlocked',
    explanation:
      'In an emergency locked doors open by themselves. Whoever wants to get in or out, or get at drugs, presses the button.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'source.role': 'e_stop',
      'element.role': ['controller', 'actuator', 'safety_interlock'],
      'element.writes_logs': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'The stop opens more than safety asks for, and nobody is told.',
    control:
      'Open only what people need to get out, with a light and a sound at the door, and put each opening on record.',
    fda_control: ['authorization', 'event_detection_logging'],
    safety_note: 'Decide who could come to harm, or get at what, through the opened door.',
    cwe: [],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'e_stop', 'element.role': 'controller' },
      silent: {
        'source.role': 'e_stop',
        'element.role': 'controller',
        'element.writes_logs': 'yes',
      },
    },
  },
  {
    id: 'STOP-06',
    title: 'Nobody knows who pressed the emergency stop, or when',
    explanation:
      'An emergency stop can cost a treatment or a machine’s cooling. Without a record an accident, a prank and an attack look the same.',
    stride: ['R'],
    applies_to: ['process', 'external_entity'],
    when: [
      {
        asked: 'process',
        'element.role': 'e_stop',
        'element.writes_logs': ['no', 'unknown'],
      },
      {
        asked: 'external_entity',
        'element.role': 'e_stop',
        'flow.receipt_recorded': ['no', 'unknown'],
      },
    ],
    harm: 'none',
    vulnerability: 'The circuit only switches; nothing writes down that it did.',
    control:
      'Let the machine record the time and which button; where a stop is costly, watch the place of the button.',
    fda_control: ['event_detection_logging'],
    safety_note: 'Repeated stops cannot be told from faults, so the cause stays.',
    cwe: ['CWE-778'],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'e_stop' },
      silent: { 'element.role': 'e_stop', 'element.writes_logs': 'yes' },
    },
  },
  {
    id: 'STOP-07',
    title: 'An emergency stop does damage of its own',
    explanation:
      'Power is cut at once: data is lost, a scanner loses its helium, a patient is left under a part that no longer moves. Anybody within reach of the button can cause it.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'source.role': 'e_stop',
      'element.role': { not: ['e_stop'] },
      'element.fails_safe': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The state after a stop was never designed.',
    control:
      'Stop in an order that does the least damage, keep power for what has to go on, and provide a way to free the patient by hand.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide for each movement and each energy what the safe state is.',
    cwe: [],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'e_stop' },
      silent: { 'source.role': 'e_stop', 'element.fails_safe': 'yes' },
    },
  },
  {
    id: 'LCK-01',
    title: 'A safety interlock is bridged, and the machine runs with people in the way',
    explanation:
      'A magnet on a door switch or a piece of wire makes the machine believe that the door is closed or the patient in place.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': 'safety_interlock', 'element.tamper_protected': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'A simple switch that anybody with a magnet or a wire can satisfy.',
    control:
      'Coded switches, two channels that must agree and must both change when the door moves, and covers over the terminals.',
    fda_control: ['resiliency_and_recovery', 'event_detection_logging'],
    safety_note: 'Somebody is hit, crushed or exposed to radiation.',
    cwe: ['CWE-1263'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE, 'ISO 14119, interlocking devices associated with guards'],
    test: {
      fires: { 'element.role': 'safety_interlock' },
      silent: { 'element.role': 'safety_interlock', 'element.tamper_protected': 'yes' },
    },
  },
  {
    id: 'LCK-02',
    title: 'A false or missing interlock signal keeps a treatment from starting',
    explanation:
      'The machine waits for a door that is closed long ago, because a sensor is broken or somebody cut its line. Nobody can tell which of many it is.',
    stride: ['D'],
    applies_to: ['data_flow'],
    when: { 'source.role': 'safety_interlock', 'flow.loss_noticed': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'A lost signal and an open door look alike.',
    control:
      'Tell an open door from a broken line, name the interlock on the screen, and provide a way to go on that needs two people and is put on record.',
    fda_control: ['resiliency_and_recovery', 'event_detection_logging'],
    safety_note: 'Treatment is delayed; people learn to bridge interlocks.',
    cwe: ['CWE-754'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'source.role': 'safety_interlock' },
      silent: { 'source.role': 'safety_interlock', 'flow.loss_noticed': 'yes' },
    },
  },
  {
    id: 'MODE-01',
    title: 'A service, test or warm-up mode runs a treating part past its interlocks',
    explanation:
      'For adjustment a part can move or radiate with the doors open and the limits off. Somebody leaves it so, or switches it on with a password that everybody knows.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'element.has_service_mode': 'yes',
      'element.role': [
        'radiation_source',
        'moving_part',
        'surgical_robot',
        'actuator',
        'infusion_pump',
        'insulin_pump',
        'ventilator',
        'imaging_device',
      ],
      'element.hard_limits': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'The mode lifts the limits in software, and nothing below keeps them.',
    control:
      'Limits in hardware that hold in every mode, a key or presence at the machine to enter the mode, an end by itself, and a sign that cannot be missed.',
    fda_control: ['authorization', 'resiliency_and_recovery'],
    safety_note: 'A patient is treated by a machine whose safeguards are off.',
    cwe: ['CWE-489', 'CWE-693'],
    capec: ['CAPEC-121'],
    emb3d: ['TID-224'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.has_service_mode': 'yes', 'element.role': 'radiation_source' },
      silent: {
        'element.has_service_mode': 'yes',
        'element.role': 'radiation_source',
        'element.hard_limits': 'yes',
      },
    },
  },
];
