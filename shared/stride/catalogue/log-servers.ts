/** What can go wrong where records of events are sent to and collected. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

export const LOG_SERVERS: readonly Rule[] = [
  {
    id: 'SYS-01',
    title: 'Entries are changed or left out on their way to the log server',
    explanation:
      'Somebody on the network removes the entries that tell about them before they reach the place where they would be safe.',
    stride: ['T', 'R'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'syslog', 'flow.integrity': ['no', 'unknown'] },
    harm: 'none',
    vulnerability: 'Classic syslog is plain text without a check value.',
    control: 'Syslog over TLS, and numbered or signed entries so that a missing one shows.',
    fda_control: ['event_detection_logging', 'code_data_execution_integrity'],
    safety_note: 'An attack or an incident cannot be reconstructed.',
    cwe: ['CWE-924', 'CWE-345'],
    capec: ['CAPEC-268'],
    emb3d: ['TID-225'],
    sources: [TEMPLATE, 'RFC 5425, TLS transport mapping for syslog'],
    test: {
      fires: { 'flow.protocol': 'syslog' },
      silent: { 'flow.protocol': 'syslog', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'SYS-02',
    title: 'Those whom the records are about can change them on the log server',
    explanation:
      'The log server is run with the same accounts or on the same machine as what it watches. Whoever takes over one has the other, and clears the traces.',
    stride: ['R', 'T'],
    applies_to: ['process'],
    when: { 'element.role': 'log_server', 'element.authorises': ['no', 'unknown'] },
    harm: 'none',
    vulnerability: 'Administrators of the watched systems also administer the log.',
    control:
      'A separate machine, best of another kind, with accounts of its own; senders may add entries and nothing else.',
    fda_control: ['event_detection_logging', 'authorization'],
    safety_note: 'After an incident there is no record that can be relied on.',
    cwe: ['CWE-284', 'CWE-653'],
    capec: ['CAPEC-268'],
    emb3d: ['TID-225'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'log_server' },
      silent: { 'element.role': 'log_server', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'SYS-03',
    title: 'The log server is flooded so that what matters is not recorded',
    explanation:
      'Somebody sends so many entries that the server drops new ones, and does what they came for meanwhile.',
    stride: ['D', 'R'],
    applies_to: ['process'],
    when: { 'element.role': 'log_server', 'element.rate_limit': ['no', 'unknown'] },
    harm: 'none',
    vulnerability: 'Every sender may send as much as it likes, and nobody is told when entries are dropped.',
    control:
      'A limit for each sender, an alarm when entries are dropped, a buffer at the sender; decide whether a system that can no longer record should go on.',
    fda_control: ['event_detection_logging', 'resiliency_and_recovery'],
    safety_note:
      'Stopping a device because it cannot record may harm more than a gap: decide for each device.',
    cwe: ['CWE-770', 'CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-405'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'log_server' },
      silent: { 'element.role': 'log_server', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'SYS-04',
    title: 'Patient data is sent along with technical log entries',
    explanation:
      'Entries meant for finding faults contain names or readings. Many people may read such logs who have no business with patients.',
    stride: ['I'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'syslog', 'source.logs_clean': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'Whole messages or objects are written into the log to help with debugging.',
    control:
      'Keep patient data out of technical logs; record access to patient data in an audit trail of its own that is protected like the data.',
    fda_control: ['confidentiality', 'event_detection_logging'],
    safety_note: 'Privacy breach by people who only look after computers.',
    cwe: ['CWE-532'],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'syslog', 'source.logs_clean': 'no' },
      silent: { 'flow.protocol': 'syslog', 'source.logs_clean': 'yes' },
    },
  },
  {
    id: 'SYS-05',
    title: 'The log takes entries from anybody',
    explanation:
      'Whoever can reach the log can write into it in the name of others: invent events, put the blame on somebody, or make the whole record worthless.',
    stride: ['R', 'S'],
    applies_to: ['process', 'data_store'],
    when: [
      {
        asked: 'process',
        'element.role': 'log_server',
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        asked: 'data_store',
        'element.stores': 'logs',
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'none',
    vulnerability: 'The sender named in an entry is whatever the sender wrote.',
    control:
      'Let only known senders in, by certificate; note the sender as it was proven and not as it was claimed.',
    fda_control: ['event_detection_logging', 'authentication'],
    safety_note: 'The record of an incident cannot be trusted by anybody, a court included.',
    cwe: ['CWE-306', 'CWE-345'],
    capec: ['CAPEC-268', 'CAPEC-93'],
    emb3d: ['TID-225'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'log_server' },
      silent: { 'element.role': 'log_server', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'SYS-06',
    title: 'Log entries get lost on the way and nobody notices',
    explanation:
      'Classic syslog sends each entry once and waits for no answer. With a full network or a stopped server entries simply vanish.',
    stride: ['D', 'R'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'syslog', 'flow.loss_noticed': ['no', 'unknown'] },
    harm: 'none',
    vulnerability: 'Entries go over UDP and are not kept until they have arrived.',
    control:
      'A connection with confirmation, a buffer at the sender, and an alarm when a sender falls silent.',
    fda_control: ['event_detection_logging', 'resiliency_and_recovery'],
    safety_note: 'An attack stays unseen because its traces never arrived.',
    cwe: ['CWE-778'],
    capec: ['CAPEC-571'],
    emb3d: [],
    sources: [TEMPLATE, 'RFC 5426, transmission of syslog over UDP'],
    test: {
      fires: { 'flow.protocol': 'syslog' },
      silent: { 'flow.protocol': 'syslog', 'flow.loss_noticed': 'yes' },
    },
  },
  {
    id: 'SYS-07',
    title: 'A log entry attacks the program in which it is read',
    explanation:
      'What a stranger typed as a user name ends up in the log. If it contains line breaks or commands, it forges entries, or runs in the viewer of whoever reads the log.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: { 'element.role': 'log_server', 'element.validates_input': ['no', 'unknown'] },
    harm: 'none',
    vulnerability: 'Text from outside is written into the log and shown from it as it came.',
    control:
      'Escape what comes from outside on writing and on showing, and state which parts of an entry come from outside.',
    fda_control: ['event_detection_logging', 'code_data_execution_integrity'],
    safety_note: 'The computer of the person who investigates may be the next one taken over.',
    cwe: ['CWE-117', 'CWE-116'],
    capec: ['CAPEC-93'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'log_server' },
      silent: { 'element.role': 'log_server', 'element.validates_input': 'yes' },
    },
  },
];
