/** Apps on phones and tablets, and what they share with other apps. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const FDA = 'FDA premarket cybersecurity guidance';

/** Where an app's data goes over the internet. */
const BACK_END = ['cloud_service', 'cloud_storage', 'api', 'web_portal', 'message_broker', 'remote_service'];

export const APPS: readonly Rule[] = [
  {
    id: 'APP-01',
    title: 'Patient data or passwords lie open on the phone',
    explanation:
      'The app keeps readings or login data where other apps, a backup or the finder of a lost phone can read them. They learn about the patient, or log in as the patient.',
    stride: ['I'],
    applies_to: ['data_store', 'process'],
    when: [
      // A medium to take out has HW-05.
      {
        'element.role': 'mobile_app',
        'element.stores': ['phi', 'images', 'readings', 'backup', 'credentials'],
        'element.storage': { not: 'removable' },
        'element.encrypted': ['no', 'unknown'],
      },
      {
        'element.role': 'mobile_app',
        'element.stores': ['phi', 'credentials'],
        'element.keys_protected': ['no', 'unknown'],
        asked: 'process',
      },
    ],
    harm: 'privacy',
    vulnerability: 'Data is written to ordinary files and backups of the phone.',
    control:
      'Keep keys in the protected storage of the phone and encrypt with them, store as little as possible, leave it out of backups and logs, and erase it at logout.',
    fda_control: ['confidentiality'],
    safety_note:
      'Somebody who takes over the account may also enter false data; decide what would come of it.',
    cwe: ['CWE-312', 'CWE-922', 'CWE-522'],
    capec: ['CAPEC-37', 'CAPEC-204'],
    emb3d: [],
    sources: [
      `${PLAYBOOK} §2.5.1 (avoid storing billing/contact data in the app)`,
      'CISA ICSMA-18-340-01 (CWE-326) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.role': 'mobile_app', 'element.stores': ['phi'] },
      silent: { 'element.role': 'mobile_app', 'element.stores': ['phi'], 'element.encrypted': 'yes' },
    },
  },
  {
    id: 'APP-02',
    title: 'A fake or altered app is taken for the real one',
    explanation:
      'Somebody publishes a look-alike of the app, or changes the real one, and patients install it. The device or service behind it obeys, and the patient sees whatever the forger wants.',
    stride: ['S', 'T'],
    applies_to: ['process'],
    when: {
      'source.role': 'mobile_app',
      'element.role': { not: 'mobile_app' },
      'flow.payload': ['commands', 'config', 'treatment_plan', 'telemetry', 'phi', 'credentials'],
      'flow.signed': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Whatever speaks the language of the app is believed to be the app.',
    control:
      'Treat the app as something that anybody could have written: commands signed with a key that the phone’s hardware holds, limits kept by device and server. Distribute through official stores only; take a proof that the app is genuine as a hint, not as evidence.',
    fda_control: ['authentication', 'code_data_execution_integrity'],
    safety_note: 'Decide what false dose advice, hidden readings or forged commands could do.',
    cwe: ['CWE-494', 'CWE-345'],
    capec: ['CAPEC-202', 'CAPEC-148'],
    emb3d: ['TID-303'],
    sources: [`${PLAYBOOK} Table 4 (App Store and App rows)`, `${FDA} Appendix 2.B assets: applications`],
    test: {
      fires: { 'source.role': 'mobile_app', 'flow.payload': ['commands'], 'flow.signed': 'no' },
      silent: { 'source.role': 'mobile_app', 'flow.payload': ['commands'], 'flow.signed': 'yes' },
    },
  },
  {
    id: 'APP-03',
    title: 'A limit that only the app keeps is bypassed',
    explanation:
      'Somebody studies how the app talks to the device or service and sends messages without it, or runs it on a phone whose protection is off. Whatever only the app would have refused is now possible.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'source.role': 'mobile_app',
      'element.role': { not: 'mobile_app' },
      'element.authorises': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'Checks are made on the phone, which its owner or an attacker controls.',
    control:
      'Check rights and limits again where the message arrives, give each phone a key of its own in its hardware, and watch for use that no app would make.',
    fda_control: ['authorization'],
    safety_note: 'Decide whether dose limits or the separation of patients could be bypassed.',
    cwe: ['CWE-602', 'CWE-603'],
    capec: ['CAPEC-22', 'CAPEC-207'],
    emb3d: [],
    sources: ['CISA ICSMA-21-012-01 (CWE-602, CWE-603) (cisagov/CSAF)'],
    test: {
      fires: { 'source.role': 'mobile_app' },
      silent: { 'source.role': 'mobile_app', 'element.authorises': 'yes' },
    },
  },
  {
    id: 'APP-04',
    title: 'The app does not check that it talks to the real service',
    explanation:
      'In a café or on a manipulated network somebody puts a computer of their own between app and service. As the app does not check the certificate, the proof of identity of the service, they read and change everything.',
    stride: ['I', 'T'],
    applies_to: ['data_flow'],
    when: [
      {
        'source.role': 'mobile_app',
        'target.role': BACK_END,
        'flow.authenticated': ['no', 'unknown'],
      },
      {
        'source.role': BACK_END,
        'target.role': 'mobile_app',
        'flow.authenticated': ['no', 'unknown'],
      },
    ],
    harm: 'indirect',
    vulnerability: 'Any certificate is accepted, or one for another name.',
    control:
      'Use the encryption of the phone’s platform with its check of name and certificate, consider accepting only known certificates with a plan for changing them, and test with a proxy in between.',
    fda_control: ['cryptography'],
    safety_note: 'Decide what altered readings, advice or account data could lead to.',
    cwe: ['CWE-295'],
    capec: ['CAPEC-94'],
    emb3d: ['TID-316'],
    sources: ['MITRE EMB3D 2.0.1 (mitre/emb3d)', 'CISA ICSMA-17-250-02A (CWE-295) (cisagov/CSAF)'],
    test: {
      fires: { 'source.role': 'mobile_app', 'target.role': 'cloud_service' },
      silent: {
        'source.role': 'mobile_app',
        'target.role': 'cloud_service',
        'flow.authenticated': 'yes',
      },
    },
  },
  {
    id: 'APP-05',
    title: 'A link or another app makes the app do something',
    explanation:
      'The patient taps a link in a message, or has installed a malicious app, and that starts a function of the medical app without the patient meaning it.',
    stride: ['E'],
    applies_to: ['process'],
    when: { 'element.role': 'mobile_app', 'element.validates_input': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability:
      'Functions of the app can be called from outside, and what comes with the call is believed.',
    control:
      'Open to other apps only what has to be, accept only links that are proven to be your own, and ask the user before anything is sent or changed.',
    fda_control: ['authorization'],
    safety_note: 'Decide whether a command or an export could be started this way.',
    cwe: ['CWE-939', 'CWE-926'],
    capec: ['CAPEC-502', 'CAPEC-505'],
    emb3d: [],
    sources: ['CISA ICSMA-24-163-01 (CWE-939) (cisagov/CSAF)'],
    test: {
      fires: { 'element.role': 'mobile_app' },
      silent: { 'element.role': 'mobile_app', 'element.validates_input': 'yes' },
    },
  },
  {
    id: 'APP-06',
    title: 'Patient data or passwords end up in log files',
    explanation:
      'To help with finding faults, the program writes down more than it should. Whoever gets the log, a service technician or somebody who breaks in, reads patient data or passwords in it.',
    stride: ['I'],
    applies_to: ['process'],
    when: { 'element.writes_logs': 'yes', 'element.logs_clean': ['no', 'unknown'] },
    harm: 'privacy',
    vulnerability: 'What is logged is decided line by line, and logs are less protected than the data.',
    control:
      'A rule for what may be logged, masking of the rest, no debug output in what is released, and limits on who reads logs and how long they are kept.',
    fda_control: ['confidentiality', 'event_detection_logging'],
    safety_note: 'Stolen passwords open the way to more; decide to what.',
    cwe: ['CWE-532'],
    capec: ['CAPEC-150'],
    emb3d: ['TID-226'],
    sources: [
      'CISA ICSMA-20-212-01 (CWE-532) (cisagov/CSAF)',
      'CISA ICSMA-20-163-01 (CWE-532) (cisagov/CSAF)',
      'CISA ICSMA-19-022-01 (CWE-532) (cisagov/CSAF)',
    ],
    test: {
      fires: { 'element.writes_logs': 'yes' },
      silent: { 'element.writes_logs': 'yes', 'element.logs_clean': 'yes' },
    },
  },
  {
    id: 'APP-07',
    title: 'The phone stops or silences the app when it is needed',
    explanation:
      'To save power or memory, after an update or in a quiet mode, the phone ends the app or holds back its messages. A reading or an alarm does not arrive, and nobody notices.',
    stride: ['D'],
    applies_to: ['process'],
    when: [
      {
        'element.role': 'mobile_app',
        'element.essential_performance': 'yes',
        'element.fails_safe': ['no', 'unknown'],
      },
      {
        'element.role': 'mobile_app',
        'flow.payload': 'alarms',
        'element.fails_safe': ['no', 'unknown'],
      },
    ],
    harm: 'direct',
    vulnerability: 'Something essential depends on a device whose owner and maker have other priorities.',
    control:
      'Do not leave essential performance to the phone alone; test for days in the background, and remind by a second way when readings fail to come.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide how long a missing reading or alarm may go unnoticed.',
    cwe: ['CWE-755'],
    capec: ['CAPEC-607'],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.1 (24 h notice, 72 h e-mail reminder)`],
    test: {
      fires: { 'element.role': 'mobile_app', 'element.essential_performance': 'yes' },
      silent: {
        'element.role': 'mobile_app',
        'element.essential_performance': 'yes',
        'element.fails_safe': 'yes',
      },
    },
  },
  {
    id: 'APP-08',
    title: 'A false reminder or message gives wrong advice or asks for a password',
    explanation:
      'Somebody sends a message that looks as if it came from the manufacturer or the clinic. The patient follows false instructions, or types a password into a false page.',
    stride: ['S'],
    applies_to: ['data_flow'],
    when: {
      'flow.protocol': ['email', 'sms', 'push'],
      'target.role': ['patient', 'caregiver', 'clinician', 'mobile_app'],
      'flow.authenticated': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'E-mails and text messages do not prove who sent them.',
    control:
      'No clinical instructions and no login links by e-mail or text message: only a hint to look into the app. Protect your sender addresses, and tell users what you will never send.',
    fda_control: ['authentication'],
    safety_note: 'Decide what a patient who believes a false message might do.',
    cwe: ['CWE-290', 'CWE-451'],
    capec: ['CAPEC-98', 'CAPEC-148'],
    emb3d: [],
    sources: [`${PLAYBOOK} §2.5.1 (e-mail reminder replaced by push)`],
    test: {
      fires: { 'flow.protocol': 'sms', 'target.role': 'patient' },
      silent: { 'flow.protocol': 'sms', 'target.role': 'patient', 'flow.authenticated': 'yes' },
    },
  },
];
