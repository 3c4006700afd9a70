/** What can go wrong with pumps for drugs and with sources of radiation. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const PUMPS = ['infusion_pump', 'insulin_pump'];

export const THERAPY_PARTS: readonly Rule[] = [
  {
    id: 'PUMP-01',
    title: 'A pump is set to a rate that no patient should get',
    explanation:
      'Somebody changes rate, amount or drug in the settings of the pump, from the network or at its keys, and the pump delivers it.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': PUMPS, 'element.hard_limits': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Limits come with the settings, so whoever changes the one changes the other.',
    control:
      'Limits for each drug in a signed library, an upper limit that no setting lifts, and a second look by a person above it.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note: 'Overdose or underdose of the drug that is in the pump.',
    cwe: ['CWE-20'],
    capec: ['CAPEC-153'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'infusion_pump' },
      silent: { 'element.role': 'infusion_pump', 'element.hard_limits': 'yes' },
    },
  },
  {
    id: 'PUMP-02',
    title: 'A pump stops delivering, and doses are missed',
    explanation:
      'A flood of messages, a lost connection or a crash halts the pump. For some drugs a few minutes are too long.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.role': PUMPS, 'element.fails_safe': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Delivery hangs on the part of the software that talks to the network.',
    control:
      'Delivery on its own processor that goes on without the network, and an alarm at the bedside when it stops.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide for each drug how long a gap may be, and who is told.',
    cwe: ['CWE-400', 'CWE-754'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-404'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'infusion_pump' },
      silent: { 'element.role': 'infusion_pump', 'element.fails_safe': 'yes' },
    },
  },
  {
    id: 'PUMP-03',
    title: 'Somebody opens a pump to get at the drug, or to get more of it',
    explanation:
      'Opioids in a pump attract patients, visitors and staff. They open the housing, take out the drug, or put water in its place.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: { 'element.role': 'infusion_pump', 'element.tamper_protected': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'One key fits every pump, and an opened housing leaves no trace.',
    control:
      'A lock with keys that differ, a record and an alarm when it is opened, and a comparison of what was delivered with what is left.',
    fda_control: ['authorization', 'event_detection_logging'],
    safety_note: 'Overdose of one person, and pain of another who gets none.',
    cwe: ['CWE-1263'],
    capec: ['CAPEC-507'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'infusion_pump' },
      silent: { 'element.role': 'infusion_pump', 'element.tamper_protected': 'yes' },
    },
  },
  {
    id: 'RAD-01',
    title: 'A radiation source gives more radiation than was meant',
    explanation:
      'Somebody changes the settings or the commands of the source, or sends one that was never given. Nobody feels radiation when it happens.',
    stride: ['T', 'S'],
    applies_to: ['process'],
    when: [
      {
        'element.role': 'radiation_source',
        'flow.payload': ['commands', 'config', 'treatment_plan'],
        'element.hard_limits': ['no', 'unknown'],
      },
      {
        'element.role': 'radiation_source',
        'element.stores': ['config', 'treatment_plan'],
        'element.hard_limits': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'The dose is worked out and kept within limits by one and the same program.',
    control:
      'An independent meter that switches off at the planned dose, a switch held by the operator during exposure, and checks of the commands against the plan.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note: 'Burns and late harm by radiation, noticed only days or years later.',
    cwe: ['CWE-345', 'CWE-20'],
    capec: ['CAPEC-153'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'radiation_source', 'flow.payload': ['commands'] },
      silent: {
        'element.role': 'radiation_source',
        'flow.payload': ['commands'],
        'element.hard_limits': 'yes',
      },
    },
  },
  {
    id: 'RAD-02',
    title: 'A radiation source is destroyed by settings that it cannot bear',
    explanation:
      'Voltage, current or the pause for cooling are set so that the source burns out. The machine is out of use until a costly part has come.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.role': 'radiation_source', 'element.hard_limits': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Only software keeps the source from being overloaded.',
    control: 'Fuses, temperature switches and limits in the generator itself that no setting changes.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Examinations and treatments are put off for days; heat or oil may hurt people nearby.',
    cwe: [],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'radiation_source' },
      silent: { 'element.role': 'radiation_source', 'element.hard_limits': 'yes' },
    },
  },
  {
    id: 'RAD-03',
    title: 'An exposure is broken off and has to be done again',
    explanation:
      'The connection or a program fails in the middle of a scan. The patient has had the radiation, and there is no image.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.role': 'radiation_source', 'element.fails_safe': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'An exposure that began needs every part of the system to the end.',
    control:
      'Check that everything is ready before exposure, keep raw data in the device, and end or finish an exposure in a known state with its dose on record.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Radiation without benefit, or a fraction of treatment whose dose nobody knows.',
    cwe: ['CWE-754'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'radiation_source' },
      silent: { 'element.role': 'radiation_source', 'element.fails_safe': 'yes' },
    },
  },
  {
    id: 'RAD-04',
    title: 'Staff set more radiation than the patient needs to get a finer image',
    explanation:
      'More radiation makes less noisy images. Without any harm in mind settings creep upwards, or those for adults are used for a child.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': 'radiation_source', 'element.validates_input': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Settings are accepted without a look at weight, age and the part of the body.',
    control:
      'Compare settings with what is usual for this patient and examination, ask for a reason above it, and review doses regularly.',
    fda_control: ['authorization', 'event_detection_logging'],
    safety_note: 'Needless dose for many patients, children most of all.',
    cwe: ['CWE-20'],
    capec: ['CAPEC-212'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'radiation_source' },
      silent: { 'element.role': 'radiation_source', 'element.validates_input': 'yes' },
    },
  },
];
