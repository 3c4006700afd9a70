/** What can go wrong before a device is used, after it was used, and in what is bought for it. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const FDA = 'FDA premarket cybersecurity guidance';
const EMB3D = 'MITRE EMB3D 2.0.1 (mitre/emb3d)';

const REPLACEABLE = ['accessory', 'battery', 'consumable'];

export const SUPPLY_CHAIN: readonly Rule[] = [
  {
    id: 'SUP-01',
    title: 'A malicious or vulnerable library gets into the software with a release',
    explanation:
      'Software is built from many parts written by others. If one of them carries a hidden function or a known hole, every device that gets the release has it too.',
    stride: ['T', 'E'],
    applies_to: ['process'],
    when: [
      {
        'element.third_party_components': 'yes',
        'element.life_phase': ['supply_chain', 'manufacturing'],
        'element.components_tracked': ['no', 'unknown'],
      },
      { 'element.role': 'build_server', 'element.components_tracked': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability:
      'Parts are fetched at build time without fixed versions, checked origin or a list of them.',
    control:
      'Keep an SBOM with check values, fix versions and fetch them from an own mirror, check where each part comes from, and put security requirements to suppliers.',
    fda_control: ['updatability', 'code_data_execution_integrity'],
    safety_note:
      'One bad part can affect the whole fleet at once: decide how you would find and call back the releases.',
    cwe: ['CWE-1357', 'CWE-829'],
    capec: ['CAPEC-446', 'CAPEC-538'],
    emb3d: [],
    sources: [
      `${FDA} §V.A.1 supply chain; §V.A.4`,
      'ANSI/AAMI SW96:2023 clauses 4.5-4.6 (as summarised in public standards registers)',
    ],
    test: {
      fires: { 'element.third_party_components': 'yes', 'element.life_phase': 'supply_chain' },
      silent: {
        'element.third_party_components': 'yes',
        'element.life_phase': 'supply_chain',
        'element.components_tracked': 'yes',
      },
    },
  },
  {
    id: 'SUP-02',
    title: 'Somebody gets into the build system and changes genuine releases',
    explanation:
      'Whoever controls the computer on which the software is built can hide code in it. The release is then signed and delivered as genuine.',
    stride: ['T'],
    applies_to: ['process'],
    when: [
      { 'element.role': 'build_server', 'element.authorises': ['no', 'unknown'] },
      { 'element.role': 'build_server', 'element.malware_protection': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability:
      'The build computer is open to many, used for other work, or takes changes that nobody reviewed.',
    control:
      'An isolated build that others can repeat, a second factor for developers, review before each merge, and a signed record of what went into each release.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'A back door would arrive in every device with a valid signature.',
    cwe: ['CWE-506', 'CWE-353'],
    capec: ['CAPEC-678', 'CAPEC-511'],
    emb3d: [],
    sources: [`${FDA} §V.A.1 lifecycle risks`],
    test: {
      fires: { 'element.role': 'build_server', 'element.authorises': 'no' },
      silent: {
        'element.role': 'build_server',
        'element.authorises': 'yes',
        'element.malware_protection': 'yes',
      },
    },
  },
  {
    id: 'SUP-03',
    title: 'Keys leak, or devices are manipulated, where keys are put into them',
    explanation:
      'At the station in production where each device gets its keys, somebody copies the keys or puts in others. Copies of the device, or devices under foreign control, then pass for genuine.',
    stride: ['T', 'I'],
    applies_to: ['process'],
    when: { 'element.provisions_keys': 'yes', 'element.keys_protected': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Keys lie in files on a production computer, and nobody counts how many were used.',
    control:
      'Make keys inside a hardware security module and hand them straight to the device, count the keys given out, lock the station, and put this into the contract with a manufacturing partner.',
    fda_control: ['cryptography'],
    safety_note:
      'Decide what a copied or manipulated device could do to a patient, and how it would be noticed.',
    cwe: ['CWE-522'],
    capec: ['CAPEC-438'],
    emb3d: ['TID-317', 'TID-214'],
    sources: [`${FDA} §V.A.1 manufacturing`, EMB3D],
    test: {
      fires: { 'element.provisions_keys': 'yes' },
      silent: { 'element.provisions_keys': 'yes', 'element.keys_protected': 'yes' },
    },
  },
  {
    id: 'SUP-04',
    title: 'A counterfeit or altered accessory, battery or consumable is taken for a genuine one',
    explanation:
      'A cheap copy, or a used part made to look new, is fitted and the device works with it as if it were the original. The copy may overheat, deliver a wrong amount or carry germs.',
    stride: ['S'],
    applies_to: ['process'],
    when: [
      {
        'source.role': REPLACEABLE,
        'element.role': { not: REPLACEABLE },
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        'target.role': REPLACEABLE,
        'element.role': { not: REPLACEABLE },
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'The device does not check the part, or only asks it for a number that can be copied.',
    control:
      'Let the device check the part by a secret that cannot be copied; warn visibly rather than refuse where refusing would deny care; control suppliers.',
    fda_control: ['authentication'],
    safety_note: 'Fire, wrong dose or infection. Decide between warning and refusing for each kind of part.',
    cwe: ['CWE-287', 'CWE-1357'],
    capec: ['CAPEC-530'],
    emb3d: ['TID-113'],
    sources: ['CISA ICSMA-17-332-01 (CWE-287) (cisagov/CSAF)', EMB3D],
    test: {
      fires: { 'source.role': 'accessory', 'flow.authenticated': 'no' },
      silent: { 'source.role': 'accessory', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'SUP-05',
    title: 'A device is sold on or thrown away with patient data and passwords still in it',
    explanation:
      'Whoever buys or finds the old device reads the data of patients from it, or the passwords of the hospital’s network.',
    stride: ['I'],
    applies_to: ['data_store'],
    when: {
      'element.life_phase': 'decommission',
      'element.stores': ['phi', 'images', 'credentials', 'backup', 'readings'],
      'element.erasable': ['no', 'unknown'],
    },
    harm: 'privacy',
    vulnerability: 'There is no function that erases everything, or nobody is told to use it.',
    control:
      'A documented way to erase everything for good (for instance by destroying the key that it is encrypted with), and withdrawal of the device’s identity at the back end.',
    fda_control: ['confidentiality'],
    safety_note: 'Patient data is disclosed, and access to the hospital’s network with it.',
    cwe: ['CWE-212', 'CWE-226', 'CWE-1266'],
    capec: ['CAPEC-675'],
    emb3d: ['TID-108'],
    sources: [`${FDA} §V.A.1 decommission`, EMB3D],
    test: {
      fires: { 'element.life_phase': 'decommission', 'element.stores': ['phi'] },
      silent: {
        'element.life_phase': 'decommission',
        'element.stores': ['phi'],
        'element.erasable': 'yes',
      },
    },
  },
  {
    id: 'SUP-06',
    title: 'A service laptop or tool is infected or stolen and used on devices',
    explanation:
      'Technicians carry one tool from hospital to hospital, and devices trust it. Infected, it brings malware to each; stolen, it opens them to the thief.',
    stride: ['T', 'E'],
    applies_to: ['process', 'external_entity'],
    when: [
      { 'element.role': 'service_tool', 'element.malware_protection': ['no', 'unknown'] },
      { 'element.role': 'service_tool', 'element.revocable': ['no', 'unknown'] },
      { 'element.role': 'service_tool', 'element.managed': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability:
      'A general-purpose laptop holds passwords and keys that work on every device and never expire.',
    control:
      'Bind the tool to a person and let its rights expire, allow only known software on it, sign service packages, let the device check the tool, and be able to withdraw it from afar.',
    fda_control: ['authentication', 'updatability'],
    safety_note: 'Devices of several hospitals can be affected by one tool.',
    cwe: ['CWE-829', 'CWE-522'],
    capec: ['CAPEC-523', 'CAPEC-507'],
    emb3d: ['TID-303', 'TID-309'],
    sources: [
      `${PLAYBOOK} A.1.2 (technician, USB-C question)`,
      'CISA ICSMA-24-151-01 (CWE-522) (cisagov/CSAF)',
      EMB3D,
    ],
    test: {
      fires: { 'element.role': 'service_tool', 'element.malware_protection': 'no' },
      silent: {
        'element.role': 'service_tool',
        'element.malware_protection': 'yes',
        'element.revocable': 'yes',
      },
    },
  },
  {
    id: 'SUP-07',
    title: 'A device goes into use with insecure settings',
    explanation:
      'The hospital or the user has to set up security, does not know how, and leaves doors open that the manufacturer thought would be closed.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.hdo_configures': 'yes', 'element.hardened': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability: 'It is delivered open, and has to be made secure by people who were not told how.',
    control:
      'Deliver it with safe settings; a checklist for installation that ends in a report; a guide that names ports, roles and how updates come.',
    fda_control: ['authorization'],
    safety_note:
      'A risk passed on to the hospital without a word stays a risk to the patient: decide what you tell it.',
    cwe: ['CWE-1188', 'CWE-276'],
    capec: ['CAPEC-176'],
    emb3d: ['TID-311'],
    sources: [`${PLAYBOOK} §2.5, §2.5.4 (silent risk transfer)`, `${FDA} labeling §VI.A`],
    test: {
      fires: { 'element.hdo_configures': 'yes' },
      silent: { 'element.hdo_configures': 'yes', 'element.hardened': 'yes' },
    },
  },
  {
    id: 'SUP-08',
    title: 'Devices stay in use after support has ended and get no more fixes',
    explanation:
      'Hospitals and patients keep devices longer than the manufacturer looks after them. Every hole found from then on stays open.',
    stride: ['E', 'D'],
    applies_to: ['process', 'external_entity'],
    when: [
      { 'element.life_phase': 'end_of_support', 'element.updatable': ['no', 'unknown'] },
      { 'element.life_phase': 'end_of_support', 'element.managed': ['no', 'unknown'] },
    ],
    harm: 'indirect',
    vulnerability: 'There is no plan for the time after support, and users do not know when it begins.',
    control:
      'Publish the dates early, offer a way to a successor, name measures that make up for missing fixes, and write down which risk passes to the hospital or the patient.',
    fda_control: ['updatability'],
    safety_note: 'It becomes easier to attack every year: decide when using it on is no longer acceptable.',
    cwe: ['CWE-1277', 'CWE-1104'],
    capec: ['CAPEC-682'],
    emb3d: ['TID-210'],
    sources: [
      `${FDA} §V.A (risk transfer at end of support)`,
      'IMDRF N60/N70 legacy life-cycle stages',
      EMB3D,
    ],
    test: {
      fires: { 'element.life_phase': 'end_of_support' },
      silent: { 'element.life_phase': 'end_of_support', 'element.updatable': 'yes' },
    },
  },
  {
    id: 'SUP-09',
    title: 'A report of a vulnerability reaches nobody who acts on it',
    explanation:
      'Somebody finds a hole and wants to tell the manufacturer, but finds no address or gets no answer. The hole stays open, and becomes public before there is a fix.',
    stride: ['E'],
    applies_to: ['external_entity'],
    when: { 'element.life_phase': 'postmarket', 'element.managed': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability:
      'No published contact, and nobody whose task it is to judge reports by the harm that they mean.',
    control:
      'A public policy for reports, a mailbox that is read, judgement by exploitability and harm within days, and exchange with an information sharing organisation.',
    fda_control: ['event_detection_logging'],
    safety_note: 'Attacks can begin before patients and hospitals are warned.',
    cwe: [],
    capec: [],
    emb3d: [],
    sources: ['FDA postmarket guidance 2016 §VII', `${PLAYBOOK} §3.1.1.3`],
    test: {
      fires: { 'element.life_phase': 'postmarket' },
      silent: { 'element.life_phase': 'postmarket', 'element.managed': 'yes' },
    },
  },
];
