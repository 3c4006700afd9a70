/** Medical images: how they are exchanged, opened and kept. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const TEMPLATE = 'microsoft/threat-modeling-templates MedicalDeviceTemplate.tb7';
const RADIOLOGY = 'Academic Radiology 2020 27(8)';

export const IMAGING: readonly Rule[] = [
  {
    id: 'HIS-01',
    title: 'A foreign computer takes part in the exchange of images by name alone',
    explanation:
      'In DICOM, the usual exchange of medical images, a partner is often accepted because it gives a known name. Anybody on the network who guesses the name can fetch, send or delete studies.',
    stride: ['S', 'E'],
    applies_to: ['process'],
    when: { 'flow.protocol': 'dicom', 'flow.authenticated': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'The name of the partner (AE title) is no secret and proves nothing.',
    control:
      'DICOM over TLS with certificates on both sides, a list of permitted partners, a network of its own for imaging, and a record of who fetched or sent what.',
    fda_control: ['authentication'],
    safety_note: 'Decide what false or missing studies would do to the diagnosis.',
    cwe: ['CWE-287', 'CWE-306'],
    capec: ['CAPEC-151', 'CAPEC-21'],
    emb3d: ['TID-310', 'TID-406'],
    sources: [
      `${TEMPLATE} threat "DICOM Data Tampering"`,
      'wetstonelabs.com DICOM paper (AE title brute force)',
      RADIOLOGY,
    ],
    test: {
      fires: { 'flow.protocol': 'dicom' },
      silent: { 'flow.protocol': 'dicom', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'HIS-02',
    title: 'Images or reports are altered on the way or in the archive',
    explanation:
      'Somebody adds a finding to an image or removes one, by a program that does it convincingly. The radiologist sees a normal picture of the wrong truth.',
    stride: ['T'],
    applies_to: ['data_flow', 'data_store'],
    when: [
      {
        asked: 'data_flow',
        'flow.protocol': ['dicom', 'dicomweb'],
        'flow.integrity': ['no', 'unknown'],
      },
      { 'element.role': ['pacs', 'archive'], 'element.tamper_evident': ['no', 'unknown'] },
      { 'element.stores': 'images', 'element.tamper_evident': ['no', 'unknown'] },
    ],
    harm: 'direct',
    vulnerability: 'Images carry no proof of being as the scanner made them.',
    control:
      'Digital signatures made where the image is made, protected connections, regular checks of the archive, and a way for radiologists to report what does not fit.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Consider wrong diagnoses from findings that were added or removed.',
    cwe: ['CWE-345', 'CWE-924'],
    capec: ['CAPEC-94', 'CAPEC-165'],
    emb3d: ['TID-406', 'TID-408'],
    sources: [
      `${TEMPLATE} threat "DICOM tampering safety"`,
      `${TEMPLATE} threat "PACS Safety Aspects"`,
      RADIOLOGY,
    ],
    test: {
      fires: { 'flow.protocol': 'dicom' },
      silent: { 'flow.protocol': 'dicom', 'flow.integrity': 'yes' },
    },
  },
  {
    id: 'HIS-03',
    title: 'A prepared image file takes over the program that opens it',
    explanation:
      'Somebody hides a program in an image file, on a patient’s disc or sent over the network. Opening or importing the image runs it, on the viewing computer or in the archive.',
    stride: ['E'],
    applies_to: ['process'],
    when: [
      {
        'flow.protocol': ['dicom', 'dicomweb'],
        'element.parses_untrusted': ['yes', 'unknown'],
        'element.validates_input': ['no', 'unknown'],
      },
      {
        'flow.protocol': 'removable_media',
        'flow.payload': 'images',
        'element.parses_untrusted': ['yes', 'unknown'],
        'element.validates_input': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability:
      'Image formats have room for anything at their start and in private fields, and their readers are seldom tested with hostile files.',
    control:
      'Clear the start and private fields at import, read images in a process with few rights, keep the reading library current and tested with broken files, and let nothing run from where images are kept.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what happens when the reading room is down, or results can no longer be trusted.',
    cwe: ['CWE-787', 'CWE-121', 'CWE-125'],
    capec: ['CAPEC-17', 'CAPEC-636'],
    emb3d: ['TID-327'],
    sources: [
      'labs.cylera.com 2019-04-16 PE/DICOM',
      'CISA ICSMA-24-060-01 (CWE-122, CWE-787) (cisagov/CSAF)',
      'CISA ICSMA-22-174-01 (CWE-22) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'flow.protocol': 'dicom' },
      silent: { 'flow.protocol': 'dicom', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'HIS-04',
    title: 'A file name in a received study overwrites a file elsewhere',
    explanation:
      'The program stores what it receives under a name that the sender chose. With a name that leads to another folder, somebody replaces settings or parts of the program.',
    stride: ['T'],
    applies_to: ['process'],
    when: {
      'flow.protocol': ['dicom', 'dicomweb', 'ftp', 'http', 'https', 'removable_media'],
      'element.role': ['pacs', 'archive', 'workstation'],
      'element.validates_input': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Names that come from outside are used as paths.',
    control:
      'Make up file names on the receiving side, resolve a path completely before checking that it lies where it may, and run under an account that can write nowhere else.',
    fda_control: ['code_data_execution_integrity'],
    safety_note: 'Decide what an altered setting or program could do to images or treatment.',
    cwe: ['CWE-22', 'CWE-23'],
    capec: ['CAPEC-126'],
    emb3d: ['TID-323'],
    sources: [
      'CISA ICSMA-22-174-01 (CWE-22, CWE-23) (cisagov/CSAF)',
      'CISA ICSMA-18-058-01 (CWE-23) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.role': 'pacs', 'flow.protocol': 'dicom' },
      silent: {
        'element.role': 'pacs',
        'flow.protocol': 'dicom',
        'element.validates_input': 'yes',
      },
    },
  },
  {
    id: 'HIS-11',
    title: 'The image archive is encrypted or deleted',
    explanation:
      'Ransomware or somebody with too many rights makes the archive useless. New images can’t be compared with earlier ones, or can’t be read at all.',
    stride: ['D'],
    applies_to: ['data_store'],
    when: [
      { 'element.role': ['pacs', 'archive'], 'element.backed_up': ['no', 'unknown'] },
      { 'element.stores': 'images', 'element.backed_up': ['no', 'unknown'] },
    ],
    harm: 'indirect',
    vulnerability: 'The only copy, or the backup as well, can be changed from the network.',
    control:
      'Recent images kept at the scanner too, backups that are not connected, deletion only after a delay, and a procedure for working without the archive.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide how long a diagnosis may wait, and for which patients it may not.',
    cwe: ['CWE-400', 'CWE-284'],
    capec: ['CAPEC-603', 'CAPEC-122'],
    emb3d: [],
    sources: [`${TEMPLATE} threat "PACS Safety Aspects"`, `${PLAYBOOK} A.1 SNAP (two-week local retention)`],
    test: {
      fires: { 'element.role': 'pacs' },
      silent: { 'element.role': 'pacs', 'element.backed_up': 'yes' },
    },
  },
];
