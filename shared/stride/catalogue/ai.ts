/** Programs that learnt what they do, and those that treat on their own. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';

const AAMI = 'AAMI CR515:2025 scope';
const NIST = 'NIST AI 100-2, Adversarial Machine Learning: A Taxonomy and Terminology';

export const AI: readonly Rule[] = [
  {
    id: 'AI-01',
    title: 'Prepared or unusual input leads a model to a wrong output',
    explanation:
      'A model that learnt from examples can be led astray by input that is unlike them, or that somebody changed a little on purpose so that a person sees no difference.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.role': 'ai_model', 'element.validates_input': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The model answers whatever it is given, and nothing tells how sure it may be.',
    control:
      'Check the quality of the input and whether it is like what the model was trained on, test with disturbed data, and keep a clinician in the decision.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'A finding is missed, or one is reported that is not there.',
    cwe: ['CWE-20', 'CWE-345', 'CWE-1039'],
    capec: ['CAPEC-153'],
    emb3d: [],
    sources: [AAMI, NIST],
    test: {
      fires: { 'element.role': 'ai_model' },
      silent: { 'element.role': 'ai_model', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'AI-02',
    title: 'Data that a model learns from is poisoned',
    explanation:
      'Somebody slips wrong examples or wrong labels into the data for training or updates. The model learns them, and errs in the same way everywhere.',
    stride: ['T'],
    applies_to: ['data_store'],
    when: [
      { 'element.role': 'training_store', 'element.tamper_evident': ['no', 'unknown'] },
      { 'element.stores': 'training_data', 'element.tamper_evident': ['no', 'unknown'] },
      { 'element.role': 'training_store', 'element.access_controlled': ['no', 'unknown'] },
      { 'element.stores': 'training_data', 'element.access_controlled': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability: 'Many may add data or labels, and nobody can tell where an example came from.',
    control:
      'Record the origin of the data, limit who may change labels, keep untouched data for validation, and sign released models.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'The same diagnostic error at every site, hard to see in single cases.',
    cwe: ['CWE-345', 'CWE-1357'],
    capec: ['CAPEC-184'],
    emb3d: [],
    sources: [AAMI, NIST],
    test: {
      fires: { 'element.role': 'training_store', 'element.tamper_evident': 'no' },
      silent: {
        'element.role': 'training_store',
        'element.tamper_evident': 'yes',
        'element.access_controlled': 'yes',
      },
    },
  },
  {
    id: 'AI-03',
    title: 'A device that treats on its own acts on old or manipulated measurements',
    explanation:
      'The device decides by what a sensor reports. If the values are changed, sent again or come late, it doses for a state that the patient is not in.',
    stride: ['T', 'D'],
    applies_to: ['process'],
    when: [
      {
        'element.closed_loop': 'yes',
        'flow.payload': 'telemetry',
        'flow.integrity': ['no', 'unknown'],
      },
      {
        'element.closed_loop': 'yes',
        'flow.payload': 'telemetry',
        'flow.replay_protection': ['no', 'unknown'],
      },
      {
        'element.closed_loop': 'yes',
        'flow.payload': 'telemetry',
        'flow.loss_noticed': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Samples carry no proof of where they come from and how old they are.',
    control:
      'Check origin and age of each sample, bound what may be delivered, fall back to a safe state when data is late, and supervise it independently.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note: 'Too much or too little is delivered automatically, with nobody looking.',
    cwe: ['CWE-345', 'CWE-754'],
    capec: ['CAPEC-194'],
    emb3d: ['TID-407'],
    sources: [
      `${PLAYBOOK} Appendix B (failure modes not immediately apparent)`,
      'CISA ICSMA-18-219-02 (CWE-294) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.closed_loop': 'yes', 'flow.payload': ['telemetry'], 'flow.integrity': 'no' },
      silent: {
        'element.closed_loop': 'yes',
        'flow.payload': ['telemetry'],
        'flow.integrity': 'yes',
        'flow.replay_protection': 'yes',
        'flow.loss_noticed': 'yes',
      },
    },
  },
];
