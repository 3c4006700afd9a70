/** Web interfaces, and queries and documents that others have a hand in. */
import type { Rule } from '../rule.ts';

export const WEB: readonly Rule[] = [
  {
    id: 'CLD-04',
    title: 'Text that somebody enters changes the query to the database',
    explanation:
      'Somebody types a piece of database language into a field or sends it in a message. The database takes it for part of its orders and hands out, changes or deletes records of everybody.',
    stride: ['T', 'I'],
    applies_to: ['process'],
    when: { 'element.database': ['sql', 'nosql'], 'element.encodes_output': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Queries are put together from text that others wrote.',
    control:
      'Queries with parameters only, a database account that can do no more than the program needs, and a check of what each field may hold.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what altered or missing records of many patients could lead to.',
    cwe: ['CWE-89', 'CWE-943'],
    capec: ['CAPEC-66', 'CAPEC-676'],
    emb3d: ['TID-320'],
    sources: ['CISA ICSMA-24-249-01 (CWE-89) (cisagov/CSAF)', 'CISA ICSMA-21-308-01 (CWE-89) (cisagov/CSAF)'],
    test: {
      fires: { 'element.database': 'sql' },
      silent: { 'element.database': 'sql', 'element.encodes_output': 'yes' },
    },
  },
  {
    id: 'CLD-05',
    title: 'A stored text acts in the browser of whoever reads it',
    explanation:
      'Somebody puts a small program into a name, a comment or a report. When a clinician opens the page, it runs there with the clinician’s rights.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: { 'element.web': 'yes', 'element.encodes_output': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Text of others is put into web pages as it is.',
    control:
      'Make every text harmless for the place where it is shown, tell the browser to run no foreign scripts, and clean reports before they are displayed.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what could be ordered or altered in a clinician’s name.',
    cwe: ['CWE-79'],
    capec: ['CAPEC-63'],
    emb3d: ['TID-319'],
    sources: ['CISA ICSMA-24-023-01 (CWE-79) (cisagov/CSAF)', 'CISA ICSMA-19-120-01 (CWE-79) (cisagov/CSAF)'],
    test: {
      fires: { 'element.web': 'yes' },
      silent: { 'element.web': 'yes', 'element.encodes_output': 'yes' },
    },
  },
  {
    id: 'CLD-06',
    title: 'Another page or person acts under a login that is still open',
    explanation:
      'While somebody is logged in, another web page sends requests in their name; or the login stays open on a shared computer and the next person goes on with it.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.web': 'yes', 'element.sessions_protected': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability:
      'A request counts as the user’s because the browser is logged in, however it came about and however old the login is.',
    control:
      'Accept a request only from your own pages, start a new session at each login, and end it soon after the last use with a quick way back in for clinical work.',
    fda_control: ['authentication'],
    safety_note: 'Decide which settings could be changed unnoticed, and how fast staff must get back in.',
    cwe: ['CWE-352', 'CWE-384', 'CWE-613'],
    capec: ['CAPEC-62', 'CAPEC-61'],
    emb3d: ['TID-321', 'TID-322'],
    sources: [
      'CISA ICSMA-19-248-01 (CWE-384) (cisagov/CSAF)',
      'CISA ICSMA-22-151-02 (CWE-613) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.web': 'yes' },
      silent: { 'element.web': 'yes', 'element.sessions_protected': 'yes' },
    },
  },
  {
    id: 'CLD-09',
    title: 'A crafted XML message makes its reader fetch files or call other systems',
    explanation:
      'XML can say “put in here what is in that file or at that address”. A reader that obeys hands out files of its own, or reaches systems that the sender could not.',
    stride: ['I', 'E'],
    applies_to: ['process'],
    when: {
      'flow.format': ['xml', 'hl7v3', 'soap'],
      'element.parses_untrusted': ['yes', 'unknown'],
      'element.validates_input': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'The XML reader resolves references to files and addresses, as many do by default.',
    control: 'Switch such references off, and let the program call only the addresses that it needs.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide which inner systems could be reached from here.',
    cwe: ['CWE-611', 'CWE-918'],
    capec: ['CAPEC-221', 'CAPEC-664'],
    emb3d: [],
    sources: ['CISA ICSMA-23-194-01 (CWE-611) (cisagov/CSAF)'],
    test: {
      fires: { 'flow.format': 'soap' },
      silent: { 'flow.format': 'soap', 'element.validates_input': 'yes' },
/** What can go wrong with web pages and with data in the formats of the web. */
import type { Rule } from '../rule.ts';

const TEMPLATE = 'Microsoft threat-modeling-templates, medical device template';

const XML = ['xml', 'soap', 'hl7v3'];

export const WEB: readonly Rule[] = [
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
