/** Web interfaces, and queries and documents that others have a hand in. */
import type { Rule } from '../rule.ts';

export const WEB_SERVICES: readonly Rule[] = [
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
    },
  },
];
