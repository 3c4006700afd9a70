/** What can go wrong with databases and files, and with programs that rely on them. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

export const STORES: readonly Rule[] = [
  {
    id: 'STO-01',
    title: 'A program reads from a false database',
    explanation:
      'Somebody puts a database of their own in the place of the real one. The program takes what it finds there for patients’ data or settings.',
    stride: ['S'],
    applies_to: ['process'],
    when: {
      'flow.protocol': ['database', 'ftp'],
      'source.kind': 'data_store',
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'The program proves itself to the database, but not the other way round.',
    control: 'Check the certificate of the database server on each connection, and fix its address.',
    fda_control: ['authentication'],
    safety_note: 'Decide which wrong data from there could change a treatment.',
    cwe: ['CWE-290', 'CWE-345'],
    capec: ['CAPEC-151'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'database', 'source.kind': 'data_store' },
      silent: {
        'flow.protocol': 'database',
        'source.kind': 'data_store',
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'STO-02',
    title: 'A program writes to a false store, and the data is in foreign hands',
    explanation:
      'Results or patient data go to a store that somebody else set up. They have the data, and the real store lacks it.',
    stride: ['S', 'I'],
    applies_to: ['data_flow'],
    when: {
      'target.kind': 'data_store',
      'flow.payload': ['phi', 'images', 'telemetry', 'analysis_results', 'backup', 'export', 'logs'],
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'A name or a path is all that tells the real store from another.',
    control: 'Check who is at the other end before writing, and read back that what was written is there.',
    fda_control: ['authentication', 'confidentiality'],
    safety_note: 'Patient data is disclosed, and missing where it is looked for.',
    cwe: ['CWE-290', 'CWE-923'],
    capec: ['CAPEC-151'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'target.kind': 'data_store', 'flow.payload': ['phi'] },
      silent: {
        'target.kind': 'data_store',
        'flow.payload': ['phi'],
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'STO-03',
    title: 'A program stands still because its database cannot be reached',
    explanation:
      'Somebody cuts off or locks the database. The program waits for an answer, and what depends on the program waits as well.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'database',
      'source.kind': 'data_store',
      'element.fails_safe': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Each step needs the database, and no wait has an end.',
    control: 'An end to each wait, a copy of what treatment needs, and a queue for what is to be written.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide what clinicians do without the data, and for how long they can.',
    cwe: ['CWE-400'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'database', 'source.kind': 'data_store' },
      silent: {
        'flow.protocol': 'database',
        'source.kind': 'data_store',
        'element.fails_safe': 'yes',
      },
    },
  },
  {
    id: 'STO-04',
    title: 'Patient data can be read by more accounts than need it',
    explanation:
      'Rights on the database or the folder are set so wide that other programs and people on the same machine can read it all.',
    stride: ['I'],
    applies_to: ['data_store'],
    when: {
      'element.stores': ['phi', 'images', 'treatment_plan', 'backup', 'readings'],
      'element.access_controlled': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'The rights that came with the installation were never narrowed.',
    control: 'Rights for named accounts only, reading apart from writing, and a review with each release.',
    fda_control: ['authorization', 'confidentiality'],
    safety_note: 'Data of many patients is disclosed by one small program.',
    cwe: ['CWE-732', 'CWE-284'],
    capec: ['CAPEC-122'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.stores': ['phi'] },
      silent: { 'element.stores': ['phi'], 'element.access_controlled': 'yes' },
    },
  },
  {
    id: 'STO-05',
    title: 'Stored passwords are of use to whoever copies the store',
    explanation:
      'Passwords are kept as they are, or in a form that is quickly turned back. A copy of the store then opens every account in it.',
    stride: ['I'],
    applies_to: ['data_store'],
    when: { 'element.stores': 'credentials', 'element.keys_protected': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Plain text, encryption with the key beside it, or a fast hash without salt.',
    control:
      'On the side that checks, keep only a slow, salted hash; on the side that signs in, use the protected storage of the operating system or a secure element.',
    fda_control: ['cryptography', 'authentication'],
    safety_note: 'Decide which devices and records the passwords open.',
    cwe: ['CWE-522', 'CWE-256', 'CWE-916'],
    capec: ['CAPEC-55'],
    emb3d: [],
    sources: [TEMPLATE, 'OWASP Password Storage Cheat Sheet'],
    test: {
      fires: { 'element.stores': ['credentials'] },
      silent: { 'element.stores': ['credentials'], 'element.keys_protected': 'yes' },
    },
  },
  {
    id: 'STO-06',
    title: 'A program that is trusted less writes what a critical one relies on',
    explanation:
      'Settings, plans or drug limits lie where a harmless-looking program may write too. Who takes over that program changes them for the critical one, and as it may write, nobody sees a change that should not be.',
    stride: ['T', 'E'],
    applies_to: ['data_store'],
    when: {
      'element.stores': ['config', 'treatment_plan', 'drug_library', 'firmware'],
      // Where nobody's change is noticed, LOG-04 says it.
      'element.tamper_evident': 'yes',
      'element.access_controlled': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Programs of different importance share one store with equal rights.',
    control:
      'Stores of their own for what safety relies on, written by one program only, and a check before use of who wrote it and whether it can be right.',
    fda_control: ['authorization', 'code_data_execution_integrity'],
    safety_note: 'Treatment follows values that no authorised person entered.',
    cwe: ['CWE-732', 'CWE-668'],
    capec: ['CAPEC-165', 'CAPEC-176'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.stores': ['drug_library'], 'element.tamper_evident': 'yes' },
      silent: {
        'element.stores': ['drug_library'],
        'element.tamper_evident': 'yes',
        'element.access_controlled': 'yes',
      },
    },
  },
  {
    id: 'STO-07',
    title: 'One caller uses up the database for everybody',
    explanation:
      'A program passes on whatever is asked of it. A few costly questions, or many cheap ones, keep the database busy and everybody else waiting.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'flow.protocol': 'database',
      'target.kind': 'data_store',
      'element.rate_limit': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'No limit on number, size and duration of queries.',
    control: 'Limits for each caller, an end to long queries, and a share that is kept for what is urgent.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Results and alarms that go through the database come late.',
    cwe: ['CWE-770', 'CWE-400'],
    capec: ['CAPEC-130'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.protocol': 'database', 'target.kind': 'data_store' },
      silent: {
        'flow.protocol': 'database',
        'target.kind': 'data_store',
        'element.rate_limit': 'yes',
      },
    },
  },
  {
    id: 'STO-08',
    title: 'Nobody can show whether a record was written, or by whom',
    explanation:
      'A result should be in the store and is not, or a value is there that nobody wants to have entered. Store and sender each say that it was the other.',
    stride: ['R'],
    applies_to: ['data_store'],
    when: {
      'element.stores': ['phi', 'images', 'treatment_plan', 'drug_library', 'config'],
      'flow.receipt_recorded': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Only the last value is kept, without author, time and the one before.',
    control:
      'Keep each change with author and time, confirm each write to its sender, and let the sender keep the answer.',
    fda_control: ['event_detection_logging'],
    safety_note: 'The course of a treatment cannot be reconstructed.',
    cwe: ['CWE-778'],
    capec: ['CAPEC-268'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.stores': ['phi'] },
      silent: { 'element.stores': ['phi'], 'flow.receipt_recorded': 'yes' },
    },
  },
];
