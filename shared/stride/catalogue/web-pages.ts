/** What can go wrong with web pages and with data in the formats of the web. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const XML = ['xml', 'soap', 'hl7v3'];

export const WEB_PAGES: readonly Rule[] = [
  {
    id: 'WEB-01',
    title: 'A prepared link makes a web page run a stranger’s script',
    explanation:
      'Somebody sends a clinician a link to the real page with something added. The page repeats the addition, the browser runs it, and it acts in the clinician’s name.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: { 'element.web': 'yes', 'element.validates_input': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Parts of the request are put into the page unchecked.',
    control:
      'Escape everything that goes into a page, accept only expected values, and tell the browser which scripts may run (content security policy).',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what can be set or released from these pages.',
    cwe: ['CWE-79'],
    capec: ['CAPEC-591'],
    emb3d: ['TID-319'],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.web': 'yes' },
      silent: { 'element.web': 'yes', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'WEB-02',
    title: 'JSON with unexpected content makes a program do what it should not',
    explanation:
      'A message has extra fields, wrong types, doubled names or huge nesting. The program takes over fields it should not, or reads them otherwise than the program that checked them.',
    stride: ['T'],
    applies_to: ['process'],
    when: {
      'flow.format': 'json',
      'element.validates_input': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Whatever fits into the object is accepted.',
    control:
      'Check each message against a schema that allows only known fields, with limits on size and depth; read only as data, never as code.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide which fields, if set by a stranger, would change a treatment or a right.',
    cwe: ['CWE-20', 'CWE-915'],
    capec: ['CAPEC-153'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.format': 'json' },
      silent: { 'flow.format': 'json', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'WEB-03',
    title: 'A small XML message grows until the reader is out of memory',
    explanation:
      'XML may define abbreviations of abbreviations. A message of a few lines unfolds into gigabytes when it is read, and the program dies.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'flow.format': XML, 'element.rate_limit': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Definitions inside the message (a DTD) are obeyed, and nothing limits how much it grows.',
    control: 'Refuse messages with a DTD, and limit memory, depth and time for reading.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'The interface stands still, and orders or results with it.',
    cwe: ['CWE-776'],
    capec: ['CAPEC-197'],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.format': 'xml' },
      silent: { 'flow.format': 'xml', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'WEB-04',
    title: 'A stylesheet that comes with an XML message runs commands',
    explanation:
      'XML documents can bring rules for their display (XSLT). Some programs that apply them also allow such rules to open files or start programs.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'flow.format': XML, 'element.hardened': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Stylesheets of strangers are applied, with extensions switched on.',
    control: 'Apply only your own stylesheets, with extensions and access to files and network switched off.',
    fda_control: ['code_data_execution_integrity', 'authorization'],
    safety_note: 'Whoever may send a document then controls the computer that shows it.',
    cwe: ['CWE-94'],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'flow.format': 'hl7v3' },
      silent: { 'flow.format': 'hl7v3', 'element.hardened': 'yes' },
    },
  },
  {
    id: 'WEB-05',
    title: 'A service that works for others is talked into using its own rights',
    explanation:
      'A gateway or portal asks other systems on behalf of its users, with an account that may do everything. A user who asks cleverly gets what only the account may see.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'element.role': [
        'gateway',
        'integration_gateway',
        'interface_engine',
        'message_broker',
        'api',
        'web_portal',
        'cloud_service',
      ],
      'element.authorises': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'The system behind it sees the service and not the user.',
    control:
      'Pass on who is asking and let the system behind decide, or check each request against the rights of the user first.',
    fda_control: ['authorization'],
    safety_note: 'Decide which commands and records the service’s own account can reach.',
    cwe: ['CWE-441'],
    capec: [],
    emb3d: [],
    sources: [TEMPLATE],
    test: {
      fires: { 'element.role': 'gateway' },
      silent: { 'element.role': 'gateway', 'element.authorises': 'yes' },
    },
  },
];
