/** Weaknesses of software whatever it is for: input, credentials, hidden functions, malware, components. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const TEMPLATE = 'microsoft/threat-modeling-templates MedicalDeviceTemplate.tb7';
const FDA = 'FDA premarket cybersecurity guidance';
const EMB3D = 'MITRE EMB3D 2.0.1 (mitre/emb3d)';

export const SOFTWARE: readonly Rule[] = [
  {
    id: 'SW-01',
    title: 'A malformed message or file crashes the program',
    explanation:
      'Somebody sends data that does not follow the rules, on purpose or because of a fault elsewhere, and the program that reads it stops or hangs. What it does for the patient stops with it.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.parses_untrusted': 'yes', 'element.validates_input': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Received data is used before its length, type and range are checked.',
    control:
      'Strict parsers that refuse what is out of form, fuzz testing of every interface that outsiders reach, a watchdog with safe restart, and communication kept apart from the essential function.',
    fda_control: ['resiliency_and_recovery', 'code_data_execution_integrity'],
    safety_note: 'Decide what happens to therapy or monitoring while the program restarts.',
    cwe: ['CWE-20', 'CWE-755'],
    capec: ['CAPEC-28', 'CAPEC-153'],
    emb3d: ['TID-404', 'TID-327'],
    sources: [
      `${PLAYBOOK} §2.4.2 Table 5 ref 3; A.1.3 refs 3, 7, 11`,
      'CISA ICSMA-19-022-01 (CWE-20) (cisagov/CSAF)',
      EMB3D,
    ],
    test: {
      fires: { 'element.parses_untrusted': 'yes' },
      silent: { 'element.parses_untrusted': 'yes', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'SW-02',
    title: 'A memory error lets a sender run code of their own',
    explanation:
      'In C and C++ a program can be made to write past the end of its memory. Somebody who sends just the right data can make it run their instructions and take over the device.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.language': ['c', 'cpp'], 'element.memory_protected': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Lengths from outside are trusted in a language that does not check them by itself.',
    control:
      'A memory-safe language or libraries with checked bounds where outside data is read, compiler hardening, memory protection by the processor, and no more rights than needed.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Whoever gets this far controls everything that the program can do to a patient.',
    cwe: ['CWE-787', 'CWE-119', 'CWE-121'],
    capec: ['CAPEC-100'],
    emb3d: ['TID-327', 'TID-202'],
    sources: [
      `${PLAYBOOK} A.1.3 refs 8, 12, 15`,
      'CISA ICSMA-17-250-02A (CWE-120, CWE-125) (cisagov/CSAF)',
      'CISA ICSMA-23-285-01 (CWE-121) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.language': 'c' },
      silent: { 'element.language': 'c', 'element.memory_protected': 'yes' },
    },
  },
  {
    id: 'SW-03',
    title: 'Received text is run as a command of the operating system',
    explanation:
      'A name or setting that somebody sends ends up in a command line that the program runs. By adding commands of their own they make the device do anything.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'element.os': ['linux', 'windows'],
      'element.parses_untrusted': 'yes',
      'element.encodes_output': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Commands are put together from text that others wrote.',
    control:
      'Call system functions directly instead of a shell, hand over arguments one by one, accept only listed values, and run under an account without administrator rights.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what somebody in control of the operating system could do to a patient.',
    cwe: ['CWE-78', 'CWE-77'],
    capec: ['CAPEC-88'],
    emb3d: ['TID-305'],
    sources: ['CISA ICSMA-18-128-01 (CWE-78) (cisagov/CSAF)', 'CISA ICSMA-18-310-01 (CWE-78) (cisagov/CSAF)'],
    test: {
      fires: { 'element.os': 'linux', 'element.parses_untrusted': 'yes' },
      silent: {
        'element.os': 'linux',
        'element.parses_untrusted': 'yes',
        'element.encodes_output': 'yes',
      },
    },
  },
  {
    id: 'SW-04',
    title: 'A password that is built in or shared opens every unit',
    explanation:
      'The same password works for many people or in every unit sold. Whoever learns it once, from a manual, a former employee or the software itself, gets into all of them.',
    stride: ['S', 'E'],
    applies_to: ['process'],
    when: [
      { 'element.credential_type': ['hard_coded', 'shared'] },
      { 'element.authenticates_users': 'yes', 'element.credential_type': 'unknown' },
    ],
    harm: 'direct',
    vulnerability: 'Credentials are fixed in the software or handed round, and cannot be withdrawn.',
    control:
      'Credentials of their own for each person and each unit, issued when the unit is made or installed; for service, tokens that are valid once and for a short time.',
    fda_control: ['authentication'],
    safety_note: 'Decide what settings an outsider could change, on every unit in the field at once.',
    cwe: ['CWE-798', 'CWE-259'],
    capec: ['CAPEC-70', 'CAPEC-37'],
    emb3d: ['TID-328', 'TID-311'],
    sources: [
      'CISA ICSMA-20-170-04 (CWE-259) (cisagov/CSAF)',
      'CISA ICSMA-17-250-02A (CWE-798) (cisagov/CSAF)',
      'CWE-798/259 appear in 33 of the vulnerability records in 144 CISA medical advisories',
    ],
    test: {
      fires: { 'element.credential_type': 'hard_coded' },
      silent: { 'element.authenticates_users': 'yes', 'element.credential_type': 'individual' },
    },
  },
  {
    id: 'SW-05',
    title: 'The factory password is still in place after installation',
    explanation:
      'The device came with a password that is printed in its manual, and nobody changed it. Anybody on the network can look it up and operate or reconfigure the device.',
    stride: ['S'],
    applies_to: ['process'],
    when: [
      { 'element.credential_type': 'default' },
      {
        'element.authenticates_users': 'yes',
        'element.hdo_configures': 'yes',
        'element.credential_type': 'unknown',
      },
    ],
    harm: 'direct',
    vulnerability: 'The device works with its initial password for as long as nobody thinks of changing it.',
    control:
      'A different initial password for each unit, or a step in commissioning without which the device does not go on; both described in the installation guide.',
    fda_control: ['authentication'],
    safety_note: 'Decide what anybody on the same network could operate or change.',
    cwe: ['CWE-1392', 'CWE-521'],
    capec: ['CAPEC-70'],
    emb3d: ['TID-311'],
    sources: [
      'CISA ICSMA-24-200-01 (CWE-1392) (cisagov/CSAF)',
      'CISA ICSMA-18-037-02 (CWE-287) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.credential_type': 'default' },
      silent: { 'element.hdo_configures': 'yes', 'element.credential_type': 'individual' },
    },
  },
  {
    id: 'SW-06',
    title: 'Passwords or PINs can be tried until one fits',
    explanation:
      'Somebody, or a program, tries one password after the other and nothing stops them. A short PIN is found within minutes.',
    stride: ['S'],
    applies_to: ['process'],
    when: { 'element.authenticates_users': 'yes', 'element.rate_limit': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Failed attempts cost nothing, and the secret is short.',
    control:
      'Longer waits after each failure, a second factor for access from afar, and a length of PIN that fits the risk. Prefer waiting to locking out wherever care may depend on getting in.',
    fda_control: ['authentication'],
    safety_note:
      'Decide who could reach the clinician’s or technician’s view, and whether a lock-out could itself delay care.',
    cwe: ['CWE-307', 'CWE-521'],
    capec: ['CAPEC-49', 'CAPEC-16'],
    emb3d: ['TID-314'],
    sources: [`${PLAYBOOK} A.2 SKATE six-digit passcodes`, `${PLAYBOOK} §2.5 (rate limit example)`, EMB3D],
    test: {
      fires: { 'element.authenticates_users': 'yes' },
      silent: { 'element.authenticates_users': 'yes', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'SW-07',
    title: 'A side door leads past the login',
    explanation:
      'The main screen asks for a login, but another address, an old interface or a forgotten function does the same without asking. Whoever finds it needs no password.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.authenticates_users': 'yes', 'element.authorises': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Access is checked at the entrance, not at each function.',
    control:
      'One place through which every request is checked, a list of all interfaces including dormant ones, and tests that try each function without the right to it.',
    fda_control: ['authentication', 'authorization'],
    safety_note: 'Decide which functions and patient data would be open to anybody.',
    cwe: ['CWE-288', 'CWE-912'],
    capec: ['CAPEC-115', 'CAPEC-554'],
    emb3d: ['TID-401', 'TID-313'],
    sources: [
      'CISA ICSMA-21-343-01 (CWE-288) (cisagov/CSAF)',
      'CISA ICSMA-22-095-01 (CWE-288) (cisagov/CSAF)',
      `${FDA} Appendix 2.B dormant functionality`,
    ],
    test: {
      fires: { 'element.authenticates_users': 'yes' },
      silent: { 'element.authenticates_users': 'yes', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'SW-08',
    title: 'Service or test mode can be entered in the field by anybody',
    explanation:
      'A mode meant for the factory or for repair, in which safety checks are off and everything can be set, is reached by a key combination or an unprotected message.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.has_service_mode': 'yes', 'element.service_mode_locked': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The mode is hidden instead of locked, or was left in the product.',
    control:
      'Take test modes out of what is sold, or lock them with a key that is tied to a service order and to somebody being at the device; show on the screen and record that the mode is on.',
    fda_control: ['authorization'],
    safety_note: 'Decide which safety interlocks do not hold in this mode.',
    cwe: ['CWE-489', 'CWE-749', 'CWE-1295'],
    capec: ['CAPEC-121'],
    emb3d: ['TID-224'],
    sources: [
      `${TEMPLATE} threat "Non-production modes for {target.Name}"`,
      'CISA ICSMA-18-179-01 (CWE-749) (cisagov/CSAF)',
      `${PLAYBOOK} A.2 technician view`,
    ],
    test: {
      fires: { 'element.has_service_mode': 'yes' },
      silent: { 'element.has_service_mode': 'yes', 'element.service_mode_locked': 'yes' },
    },
  },
  {
    id: 'SW-09',
    title: 'Malware or ransomware gets onto the computer',
    explanation:
      'The computer runs a common operating system on a network, so that the same malicious software that strikes offices strikes it as well: it is encrypted, slowed down or controlled from outside.',
    stride: ['D', 'T'],
    applies_to: ['process'],
    when: [
      {
        'element.os': ['windows', 'linux'],
        'element.network_connected': 'yes',
        'element.malware_protection': ['no', 'unknown'],
      },
      {
        'element.os': ['windows', 'linux'],
        'element.network_zone': ['hospital_lan', 'vpn', 'home', 'internet'],
        'element.malware_protection': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'Any program that gets onto the computer can run there.',
    control:
      'An operating system that still gets fixes, a list of the only programs that may run, malware protection tested together with the device, backups that are not connected, and a rehearsed way to rebuild it.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note: 'Decide how long care can wait while imaging or treatment is not available.',
    cwe: ['CWE-1104', 'CWE-693'],
    capec: ['CAPEC-542', 'CAPEC-549'],
    emb3d: ['TID-302', 'TID-218'],
    sources: [
      `${PLAYBOOK} A.1.4.2 (transfer options)`,
      `${FDA} Appendix 1 anti-malware recommendations by OS type`,
      'CISA ICSMA-19-192-01 (CWE-477) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.os': 'windows', 'element.network_connected': 'yes' },
      silent: {
        'element.os': 'windows',
        'element.network_connected': 'yes',
        'element.malware_protection': 'yes',
      },
    },
  },
  {
    id: 'SW-10',
    title: 'A third-party component has a known vulnerability that nobody follows up',
    explanation:
      'A library or operating system inside the product turns out to have a hole. Attackers read about it and have ready-made tools; the manufacturer does not know that the product contains it.',
    stride: ['E', 'T'],
    applies_to: ['process'],
    when: { 'element.third_party_components': 'yes', 'element.components_tracked': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'There is no complete list of components, or nobody watches it.',
    control:
      'A software bill of materials with the end of support of each entry, watched against published vulnerabilities; a recorded judgement for each finding; what is known to be exploited is designed out.',
    fda_control: ['updatability'],
    safety_note: 'It depends on the component; take it as foreseeable that somebody will use the hole.',
    cwe: ['CWE-1395', 'CWE-1104'],
    capec: ['CAPEC-310'],
    emb3d: ['TID-202'],
    sources: [
      `${FDA} §V.A.2 and §V.A.4(b) (KEV designed out, end of support)`,
      'CISA ICSMA-21-187-01 (cisagov/CSAF)',
      EMB3D,
    ],
    test: {
      fires: { 'element.third_party_components': 'yes' },
      silent: { 'element.third_party_components': 'yes', 'element.components_tracked': 'yes' },
    },
  },
  {
    id: 'SW-11',
    title: 'An attack on a minor function spreads to a safety function',
    explanation:
      'Communication or display and the control of therapy run side by side on one computer. Whoever breaks into the one can reach, slow down or stop the other.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.mixed_criticality': 'yes', 'element.partitioned': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Functions of different importance share memory, processor time and rights.',
    control:
      'Put therapy control on a processor or in a partition of its own, protected by hardware, with a narrow interface on which everything is checked.',
    fda_control: ['resiliency_and_recovery', 'code_data_execution_integrity'],
    safety_note: 'Decide whether essential performance holds while everything connected is under attack.',
    cwe: ['CWE-653', 'CWE-250'],
    capec: ['CAPEC-69'],
    emb3d: ['TID-204', 'TID-206'],
    sources: [
      `${PLAYBOOK} §2.3.1.4 Figure 4 (interfaces separate from control plane and OS)`,
      `${FDA} Appendix 1 resiliency`,
    ],
    test: {
      fires: { 'element.mixed_criticality': 'yes' },
      silent: { 'element.mixed_criticality': 'yes', 'element.partitioned': 'yes' },
    },
  },
  {
    id: 'SW-12',
    title: 'Received data is turned into running code',
    explanation:
      'Some programming languages can rebuild whole objects, or evaluate expressions, from data. Somebody who sends data made for that runs their own code on the device or server.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.parses_untrusted': 'yes', 'element.serialization': ['native', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'Foreign data is read by a mechanism that can do more than read data.',
    control:
      'Formats that can hold nothing but data, checked against a schema; features that evaluate what they receive switched off; no more rights than needed.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what somebody could alter from a server that holds data of many patients.',
    cwe: ['CWE-502', 'CWE-94', 'CWE-95'],
    capec: ['CAPEC-586'],
    emb3d: ['TID-326'],
    sources: [
      'CISA ICSMA-23-180-01 (CWE-502) (cisagov/CSAF)',
      'CISA ICSMA-23-103-01 (CWE-95) (cisagov/CSAF)',
      'CISA ICSMA-24-200-01 (CWE-502) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.parses_untrusted': 'yes', 'element.serialization': 'native' },
      silent: { 'element.parses_untrusted': 'yes', 'element.serialization': 'data_only' },
    },
  },
  {
    id: 'SW-13',
    title: 'Software is exchanged between being checked and being used',
    explanation:
      'An update passes its check, and somebody replaces it before it is installed or started. What runs is not what was checked.',
    stride: ['T'],
    applies_to: ['process'],
    when: { 'element.update_check': 'signature', 'element.secure_boot': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The check and the use look at the data at different times, and it can change in between.',
    control:
      'Copy first, then check exactly the bytes that will run; allow no writing meanwhile; check again at each start.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what software that nobody checked could do to a patient.',
    cwe: ['CWE-367'],
    capec: ['CAPEC-29'],
    emb3d: ['TID-213'],
    sources: ['CISA ICSMA-20-345-01 (CWE-367) (cisagov/CSAF)'],
    test: {
      fires: { 'element.update_check': 'signature' },
      silent: { 'element.update_check': 'signature', 'element.secure_boot': 'yes' },
    },
  },
];
