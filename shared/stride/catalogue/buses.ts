/** What can go wrong on the wires inside a device and between its parts: CAN, and Ethernet frames without a protocol above. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

export const BUSES: readonly Rule[] = [
  {
    id: 'BUS-01',
    title: 'Anything on the CAN bus sends in the name of any other part',
    explanation:
      'Messages on a CAN bus say what they are about, not who sent them. One part that was taken over can send the commands of all the others.',
    stride: ['S', 'T'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'can', 'flow.integrity': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The check value of CAN guards against noise only; anybody can compute it.',
    control:
      'Add authentication codes and counters to messages that matter, put critical parts on a bus of their own, and check values for plausibility at the receiver.',
    fda_control: ['code_data_execution_integrity', 'authentication'],
    safety_note: 'Motors, valves and sources act on forged commands.',
    cwe: ['CWE-345', 'CWE-353'],
    capec: ['CAPEC-148'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'can' },
      silent: { 'flow.protocol': 'can', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'BUS-02',
    title: 'Everything on the CAN bus is heard by every part',
    explanation:
      'A bus has no private talk: a part that was added or taken over listens to all measurements, and to keys or patient data if they pass.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'can', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'Data that is not for everybody is sent where everybody listens.',
    control: 'Keep patient data and secrets off the bus, or encrypt them for the part that needs them.',
    fda_control: ['confidentiality'],
    safety_note: 'Decide whether anything on the bus tells about the patient or helps to forge commands.',
    cwe: ['CWE-319'],
    capec: ['CAPEC-158'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'can' },
      silent: { 'flow.protocol': 'can', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'BUS-03',
    title: 'One part keeps the CAN bus busy so that no other gets through',
    explanation:
      'The message with the highest priority always goes first. A broken or hostile part that never stops sending one silences all the others.',
    stride: ['D'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'can', 'flow.loss_noticed': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Nothing limits what one part sends, and receivers wait without end.',
    control:
      'Time-outs at each receiver with a safe reaction, a gateway or transceiver that cuts off a part that talks too much, and separate buses.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'A command to stop may not arrive: decide what each part does in silence.',
    cwe: ['CWE-400', 'CWE-770'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-404'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'can' },
      silent: { 'flow.protocol': 'can', 'flow.loss_noticed': 'yes' },
    },
  },
  {
    id: 'BUS-04',
    title: 'Ethernet frames between parts are changed or forged',
    explanation:
      'Parts that talk by bare Ethernet frames have no means to notice a changed frame, nor one that somebody else on the cable sent.',
    stride: ['T'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ethernet', 'flow.integrity': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'None of the usual protocols with protection is above the frames.',
    control:
      'A cable from point to point that nobody else can reach, or protection of the frames (MACsec, or own authentication codes).',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide which part would act on a forged frame.',
    cwe: ['CWE-924', 'CWE-345'],
    capec: ['CAPEC-94'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ethernet' },
      silent: { 'flow.protocol': 'ethernet', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'BUS-05',
    title: 'Ethernet frames between parts are read by somebody on the same cable or switch',
    explanation:
      'Whoever plugs a computer into the same switch can have the frames sent to it as well, and reads images or measurements from them.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ethernet', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'Data lies in the frames as it is.',
    control: 'Send nothing private in bare frames, or encrypt the link (MACsec) or the data.',
    fda_control: ['confidentiality'],
    safety_note: 'Patient data may be disclosed.',
    cwe: ['CWE-319'],
    capec: ['CAPEC-158'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ethernet' },
      silent: { 'flow.protocol': 'ethernet', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'BUS-06',
    title: 'Ethernet frames between parts are crowded out or held up',
    explanation:
      'Many frames from a faulty or hostile sender fill the cable or the receiver, and the frames that matter come late or not at all.',
    stride: ['D'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'ethernet', 'flow.loss_noticed': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Nothing repeats lost frames or notices that they are missing.',
    control:
      'A separate link with known load, counters and time-outs at the receiver, and a safe reaction to silence.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide what a part does when its partner falls silent during treatment.',
    cwe: ['CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-404'],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'ethernet' },
      silent: { 'flow.protocol': 'ethernet', 'flow.loss_noticed': 'yes' },
    },
  },
  {
    id: 'BUS-07',
    title: 'Something plugged into the inner bus passes for one of the device’s parts',
    explanation:
      'Somebody with access to a connector or an open cover adds a small computer to the bus. The other parts take it for one of their own.',
    stride: ['S'],
    applies_to: ['process'],
    when: { 'flow.protocol': ['can', 'ethernet'], 'flow.authenticated': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Being on the bus is enough to be trusted.',
    control:
      'Keep connectors of inner buses behind locked or sealed covers, let parts identify themselves at start, and report unknown ones.',
    fda_control: ['authentication'],
    safety_note: 'Decide what the added part could make the device do to a patient.',
    cwe: ['CWE-287', 'CWE-306'],
    capec: ['CAPEC-151'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'can' },
      silent: { 'flow.protocol': 'can', 'flow.authenticated': 'yes' },
    },
  },
];
