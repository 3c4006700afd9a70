/**
 * What remains once a question is answered: that the control which is said to be there is missing in practice, or fails. Only the
 * thorough methods ask this, and last.
 */
import type { Rule } from '../rule.ts';

const PLAYBOOK =
  'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021), section 2.4: absence and failure of controls';

const common = {
  generic: true,
  methods: ['per-flow', 'per-interaction', 'per-element'],
  harm: 'none',
  vulnerability:
    'A control that was designed and never tested, is switched off somewhere, or is weaker than it was thought to be.',
  safety_note: 'Decide what would happen to a patient while nobody knows that it has failed.',
  cwe: ['CWE-693'],
  capec: [],
  emb3d: [],
  sources: [PLAYBOOK],
} satisfies Partial<Rule>;

export const CONTROLS_THAT_FAIL: readonly Rule[] = [
  {
    ...common,
    id: 'FAIL-S',
    title: 'The authentication that is said to be there can be got around',
    explanation:
      'Each side is said to know whom it talks to. Somebody finds a way past that: an old version, a recovery path, a stolen key.',
    stride: ['S'],
    applies_to: ['process', 'external_entity'],
    when: { 'flow.authenticated': 'yes' },
    control: 'Test that a false peer is refused; say how keys are issued, kept, renewed and withdrawn.',
    fda_control: ['authentication'],
    test: { fires: { 'flow.authenticated': 'yes' }, silent: { 'flow.authenticated': 'no' } },
  },
  {
    ...common,
    id: 'FAIL-T',
    title: 'The check against changes that is said to be there does not catch them',
    explanation:
      'Changes are said to be noticed. Some are not: the check is not made everywhere, or its result is not used.',
    stride: ['T'],
    applies_to: ['data_flow', 'process', 'data_store'],
    when: [
      { asked: 'data_flow', 'flow.integrity': 'yes' },
      { asked: 'process', 'element.validates_input': 'yes' },
      { asked: 'data_store', 'element.tamper_evident': 'yes' },
    ],
    control: 'Test with altered data at each place where it is used; fuzz what parses it.',
    fda_control: ['code_data_execution_integrity'],
    test: { fires: { 'flow.integrity': 'yes' }, silent: { 'flow.integrity': 'no' } },
  },
  {
    ...common,
    id: 'FAIL-R',
    title: 'The record that is said to be kept is missing what would be needed',
    explanation:
      'Events are said to be recorded. When it matters the entry is not there, or does not say who it was.',
    stride: ['R'],
    applies_to: ['process', 'external_entity'],
    when: [
      { asked: 'process', 'element.writes_logs': 'yes' },
      { asked: 'external_entity', 'flow.receipt_recorded': 'yes' },
    ],
    control: 'List the events that have to be found later, and find each of them once in a test.',
    fda_control: ['event_detection_logging'],
    test: { fires: { 'element.writes_logs': 'yes' }, silent: { 'element.writes_logs': 'no' } },
  },
  {
    ...common,
    id: 'FAIL-I',
    title: 'The encryption or access control that is said to be there leaves something open',
    explanation:
      'Data is said to be unreadable to others. A copy, an old protocol version or a key in the wrong place lets them read it.',
    stride: ['I'],
    applies_to: ['data_flow', 'process', 'data_store'],
    when: [
      { asked: 'data_flow', 'flow.encrypted': 'yes' },
      { asked: 'data_store', 'element.encrypted': 'yes', 'element.access_controlled': 'yes' },
      { asked: 'process', 'element.authorises': 'yes' },
    ],
    control:
      'Say algorithm, key length and who holds the keys; look for copies in clear (logs, backups, caches).',
    fda_control: ['confidentiality', 'cryptography'],
    test: { fires: { 'flow.encrypted': 'yes' }, silent: { 'flow.encrypted': 'no' } },
  },
  {
    ...common,
    id: 'FAIL-D',
    title: 'What is said to keep it going does not hold under load or loss',
    explanation:
      'It is said to go on when something fails or floods it. In earnest it takes too long, or nobody is told.',
    stride: ['D'],
    applies_to: ['data_flow', 'process', 'data_store'],
    when: [
      { asked: 'data_flow', 'flow.loss_noticed': 'yes' },
      { asked: 'process', 'element.rate_limit': 'yes' },
      { asked: 'data_store', 'element.survives_full': 'yes', 'element.backed_up': 'yes' },
    ],
    control: 'Test under load, with the connection cut and the storage full; restore once from the copy.',
    fda_control: ['resiliency_and_recovery'],
    test: { fires: { 'flow.loss_noticed': 'yes' }, silent: { 'flow.loss_noticed': 'no' } },
  },
  {
    ...common,
    id: 'FAIL-E',
    title: 'The check of rights that is said to be there misses a way in',
    explanation:
      'Each operation is said to be checked. One is not: an old interface, a hidden function, a check in the page and not behind it.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.authorises': 'yes' },
    control: 'List all operations with who may do them, and test each with somebody who may not.',
    fda_control: ['authorization'],
    test: { fires: { 'element.authorises': 'yes' }, silent: { 'element.authorises': 'no' } },
  },
];
