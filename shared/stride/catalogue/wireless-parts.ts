/** What can go wrong with parts of a device that are connected by radio and can be carried away. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const RADIO = ['ble', 'bluetooth_classic', 'nfc', 'wifi', 'cellular', 'implant_rf', 'proprietary_rf'];
const PARTS = [
  'accessory',
  'sensor',
  'actuator',
  'display',
  'controller',
  'image_detector',
  'wearable',
  'patient_worn_device',
  'moving_part',
];

export const WIRELESS_PARTS: readonly Rule[] = [
  {
    id: 'WRL-01',
    title: 'A wireless part that is trusted becomes the way into the device',
    explanation:
      'The device believes what its wireless part sends. Somebody who takes over the part, or imitates it, sends data that makes the device run their program.',
    stride: ['E', 'S'],
    applies_to: ['process'],
    when: [
      {
        'flow.protocol': RADIO,
        'source.role': PARTS,
        'element.role': { not: PARTS },
        'element.validates_input': ['no', 'unknown'],
      },
      {
        'flow.protocol': RADIO,
        'target.role': PARTS,
        'element.role': { not: PARTS },
        'element.validates_input': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Data of one’s own part is not checked as data of strangers would be.',
    control:
      'Check what the part sends like foreign data, test the protocol with damaged messages (fuzzing), and let only the needed ports through on the device’s side.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note: 'Decide which functions the program that talks to the part has access to.',
    cwe: ['CWE-20', 'CWE-1390'],
    capec: ['CAPEC-153'],
    emb3d: ['TID-327'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ble', 'source.role': 'sensor' },
      silent: { 'flow.protocol': 'ble', 'source.role': 'sensor', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'WRL-02',
    title: 'A stolen wireless part is still trusted',
    explanation:
      'A part that is small and has no cable is easily taken away. With it in hand the thief connects from outside the room, as the part would.',
    stride: ['S', 'I'],
    applies_to: ['process'],
    when: {
      'flow.protocol': RADIO,
      'element.role': PARTS,
      'element.revocable': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Trust was given once and cannot be taken back for a single part.',
    control:
      'A way to remove one part from the list of trusted ones, in the device and at the back end; notice when a part is missing; keys that are lost when it is opened.',
    fda_control: ['authentication', 'confidentiality'],
    safety_note: 'Decide what the thief could read or command while nobody knows of the theft.',
    cwe: ['CWE-613'],
    capec: ['CAPEC-507'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'wifi', 'element.role': 'image_detector' },
      silent: {
        'flow.protocol': 'wifi',
        'element.role': 'image_detector',
        'element.revocable': 'yes',
      },
    },
  },
];
