/** Networks: the hospital's, the patient's and the mobile phone's, and the services that they lend. */
import type { Rule } from '../rule.ts';

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021)';
const EMB3D = 'MITRE EMB3D 2.0.1';
const FDA = 'FDA premarket cybersecurity guidance';
const HOSTILE = `${FDA}, section V.A.1 (assume that the adversary controls the network)`;

export const NETWORK: readonly Rule[] = [
  {
    id: 'NET-01',
    title: 'A false Wi-Fi access point takes the place of the real one',
    explanation:
      'Somebody sets up an access point with the name of the hospital’s or the home’s. Devices connect to it by themselves, and whoever runs it can pose as the server that they look for.',
    stride: ['S'],
    applies_to: ['process'],
    when: { 'flow.protocol': 'wifi', 'flow.authenticated': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability:
      'The name of the network, or a password that all share, is taken for proof of who is there.',
    control:
      'Check certificates (proofs of identity) when joining the network, and again between device and server whatever the Wi-Fi does; treat the network as hostile.',
    fda_control: ['authentication', 'cryptography'],
    safety_note: 'Data at the central station or the drug library server are false or missing.',
    cwe: ['CWE-290', 'CWE-295', 'CWE-300'],
    capec: ['CAPEC-615'],
    emb3d: ['TID-316', 'TID-408'],
    sources: [HOSTILE, 'CISA ICSMA-17-255-01 (CWE-755)'],
    test: {
      fires: { 'flow.protocol': 'wifi' },
      silent: { 'flow.protocol': 'wifi', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'NET-02',
    title: 'The encryption of Wi-Fi alone is broken',
    explanation:
      'Weaknesses in Wi-Fi’s own encryption have let people nearby read and repeat what devices send. Where nothing above it protects the data, they lie open the next time too.',
    stride: ['I', 'T'],
    applies_to: ['data_flow'],
    when: { 'flow.protocol': 'wifi', 'flow.encrypted': ['no', 'unknown'] },
    harm: 'indirect',
    vulnerability:
      'The radio link is the only protection, in radio software that is seldom updated (key reinstallation, KRACK).',
    control:
      'Encrypt from end to end above Wi-Fi, for example by TLS, so that a broken radio link is not enough; plan for updates of the radio’s software too.',
    fda_control: ['cryptography', 'updatability'],
    safety_note:
      'Where commands or monitoring data have no other protection, decide what reading and repeating them would do.',
    cwe: ['CWE-323'],
    capec: ['CAPEC-94', 'CAPEC-158'],
    emb3d: ['TID-411'],
    sources: ['CISA ICSMA-19-029-01 (CWE-323)', 'CISA ICSMA-18-114-01 (CWE-323)'],
    test: {
      fires: { 'flow.protocol': 'wifi' },
      silent: { 'flow.protocol': 'wifi', 'flow.encrypted': 'yes' },
    },
  },
  {
    id: 'NET-03',
    title: 'The hospital’s Wi-Fi password is taken out of a device',
    explanation:
      'Somebody gets hold of a device, perhaps one that was sold or thrown away, reads the network password from it, and walks into the hospital’s network.',
    stride: ['I'],
    applies_to: ['process'],
    when: {
      'element.role': [
        'device',
        'bedside_device',
        'infusion_pump',
        'ventilator',
        'patient_monitor',
        'imaging_device',
      ],
      'element.stores': 'credentials',
      'flow.protocol': 'wifi',
      'element.keys_protected': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Passwords and keys of the network lie readable in memory and stay there after disposal.',
    control:
      'Encrypt them with a key that is bound to the hardware, give each device its own access that can be withdrawn, and erase everything before disposal.',
    fda_control: ['confidentiality'],
    safety_note: 'A way into the clinical network, and by it to the devices of many patients.',
    cwe: ['CWE-522', 'CWE-311', 'CWE-312'],
    capec: ['CAPEC-37', 'CAPEC-507'],
    emb3d: ['TID-108', 'TID-115'],
    sources: ['CISA ICSMA-17-017-02 (CWE-522)', 'CISA ICSMA-22-251-01 (CWE-311)'],
    test: {
      fires: {
        'element.role': 'infusion_pump',
        'element.stores': ['credentials'],
        'flow.protocol': 'wifi',
      },
      silent: {
        'element.role': 'infusion_pump',
        'element.stores': ['credentials'],
        'flow.protocol': 'wifi',
        'element.keys_protected': 'yes',
      },
    },
  },
  {
    id: 'NET-04',
    title: 'A flood or malformed packets make it restart or drop off the network',
    explanation:
      'So much arrives from the network, on purpose or by a fault elsewhere, or in such a form, that the device restarts or no longer answers.',
    stride: ['D'],
    applies_to: ['process'],
    when: { 'element.network_connected': 'yes', 'element.rate_limit': ['no', 'unknown'] },
    harm: 'direct',
    vulnerability: 'Network traffic competes with the device’s task, and no limit keeps it in its place.',
    control:
      'Limit what is accepted, handle the network on a processor or task of its own, watch and restart it, keep therapy and alarms independent of it, and test under storms of traffic.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Monitors that restart all at once leave patients unobserved.',
    cwe: ['CWE-400', 'CWE-770', 'CWE-20'],
    capec: ['CAPEC-125', 'CAPEC-482'],
    emb3d: ['TID-405', 'TID-404', 'TID-202'],
    sources: [
      'CISA ICSMA-20-170-06 (CWE-400)',
      'CISA ICSMA-20-317-01 (CWE-287)',
      'CISA ICSMA-19-022-01 (CWE-20)',
      `${FDA}, section V.B.2(b)`,
    ],
    test: {
      fires: { 'element.network_connected': 'yes' },
      silent: { 'element.network_connected': 'yes', 'element.rate_limit': 'yes' },
    },
  },
  {
    id: 'NET-05',
    title: 'A flaw in the bought-in network software lets an attacker run code',
    explanation:
      'The part of an embedded system that speaks to the network often comes from a supplier and is in many products. When a flaw in it becomes known, anybody on the network can take over the device.',
    stride: ['E', 'D'],
    applies_to: ['process'],
    when: {
      'element.os': ['rtos', 'embedded'],
      'element.network_connected': 'yes',
      'element.components_tracked': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability:
      'Memory errors in the network stack, of which nobody hears as its version is on no list (URGENT/11 was such a case).',
    control:
      'List the stack and its version in the SBOM and follow its advisories, protect memory, keep the device in a network segment of its own, and have filters there until the update is out.',
    fda_control: ['code_data_execution_integrity', 'updatability'],
    safety_note: 'The device is taken over by the clinical network without anybody touching it.',
    cwe: ['CWE-787', 'CWE-121', 'CWE-191'],
    capec: ['CAPEC-100'],
    emb3d: ['TID-202'],
    sources: ['CISA ICSMA-19-274-01 (IPnet, URGENT/11)', EMB3D],
    test: {
      fires: { 'element.os': 'rtos', 'element.network_connected': 'yes' },
      silent: {
        'element.os': 'rtos',
        'element.network_connected': 'yes',
        'element.components_tracked': 'yes',
      },
    },
  },
  {
    id: 'NET-06',
    title: 'A network service that nobody needs is open to everybody',
    explanation:
      'The device still answers on services from development or maintenance, such as Telnet or file transfer. Somebody on the same network finds them and gets in past everything else.',
    stride: ['E', 'I'],
    applies_to: ['process'],
    when: { 'element.open_services': 'yes' },
    harm: 'direct',
    vulnerability: 'Services are left on as delivered, often without a password.',
    control:
      'Close all services by default; open one for maintenance only after login, for a limited time and on record.',
    fda_control: ['authorization'],
    safety_note: 'Whoever is on the network segment may control the whole device.',
    cwe: ['CWE-1188', 'CWE-306', 'CWE-489'],
    capec: ['CAPEC-121', 'CAPEC-300'],
    emb3d: ['TID-310', 'TID-224'],
    sources: [
      'CISA ICSMA-19-113-01 (CWE-284)',
      'CISA ICSMA-22-244-01 (CWE-489)',
      'CISA ICSMA-20-023-01 (CWE-306)',
    ],
    test: {
      fires: { 'element.open_services': 'yes' },
      silent: { 'element.open_services': 'no' },
    },
  },
  {
    id: 'NET-07',
    title: 'It becomes a stepping stone into the hospital network, or from there',
    explanation:
      'Somebody takes over this device to reach other systems of the hospital, or a computer of the hospital to reach this device. Ransomware spreads in this way.',
    stride: ['E'],
    applies_to: ['process'],
    when: {
      'element.network_zone': ['hospital_lan', 'vpn'],
      'element.malware_protection': ['no', 'unknown'],
    },
    harm: 'indirect',
    vulnerability: 'Whatever is on the same network is trusted, and foreign software can run.',
    control:
      'Run known software only, allow only the connections that are needed, give no two units the same password, tell hospitals which ports and protocols to allow, and report intrusions.',
    fda_control: ['authorization', 'event_detection_logging'],
    safety_note: 'Ransomware interrupts the care of many patients.',
    cwe: ['CWE-668', 'CWE-923'],
    capec: ['CAPEC-555'],
    emb3d: ['TID-412'],
    sources: [`${PLAYBOOK}, section 2.4.2, Table 5, ref 4, and A.1.3`, 'CISA ICSMA-21-313-01 (CWE-284)'],
    test: {
      fires: { 'element.network_zone': 'hospital_lan' },
      silent: { 'element.network_zone': 'hospital_lan', 'element.malware_protection': 'yes' },
    },
  },
  {
    id: 'NET-08',
    title: 'A false mobile phone mast listens in or forces weaker protection',
    explanation:
      'Somebody runs a small mast nearby to which the device connects, or makes it fall back to an old network with weak encryption, and reads or changes what it sends.',
    stride: ['I', 'T'],
    applies_to: ['data_flow'],
    when: [
      { 'flow.protocol': 'cellular', 'flow.encrypted': ['no', 'unknown'] },
      { 'flow.protocol': 'cellular', 'flow.authenticated': ['no', 'unknown'] },
    ],
    harm: 'indirect',
    vulnerability: 'The mobile network is trusted to keep data secret and to lead to the right server.',
    control:
      'Encrypt and authenticate both sides above the mobile network, for example by TLS; use a private access point as an addition only; switch off fallback to 2G where possible.',
    fda_control: ['cryptography'],
    safety_note: 'Data of patients at home are late or false.',
    cwe: ['CWE-300', 'CWE-327', 'CWE-757'],
    capec: ['CAPEC-617', 'CAPEC-606'],
    emb3d: ['TID-411'],
    sources: [EMB3D, HOSTILE],
    test: {
      fires: { 'flow.protocol': 'cellular' },
      silent: { 'flow.protocol': 'cellular', 'flow.encrypted': 'yes', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'NET-09',
    title: 'False time or a false address comes from the network',
    explanation:
      'Networks tell devices what time it is and where to find a server. Somebody gives false answers, and measurements get the wrong time or go to the wrong place.',
    stride: ['T', 'S'],
    applies_to: ['data_flow'],
    when: [
      { 'flow.protocol': ['dns', 'ntp'], 'flow.authenticated': ['no', 'unknown'] },
      { 'flow.payload': 'time', 'flow.authenticated': ['no', 'unknown'] },
    ],
    harm: 'indirect',
    vulnerability: 'The usual time and name services believe whichever answer comes first.',
    control:
      'Use authenticated time, compare it with a clock that only runs forward and alarm on jumps; identify servers by certificate, so that a false address leads nowhere.',
    fda_control: ['code_data_execution_integrity', 'resiliency_and_recovery'],
    safety_note:
      'Wrong times mix up measurements or schedules of therapy; certificates seem expired and connections fail.',
    cwe: ['CWE-345', 'CWE-346'],
    capec: ['CAPEC-598', 'CAPEC-142'],
    emb3d: [],
    sources: [`${PLAYBOOK}, A.1.2 (hidden dependencies: DNS, NTP, DHCP, directory)`],
    test: {
      fires: { 'flow.protocol': 'ntp' },
      silent: { 'flow.protocol': 'ntp', 'flow.authenticated': 'yes' },
    },
  },
  {
    id: 'NET-10',
    title: 'Clinical work stops when the network, the cloud or the login service is down',
    explanation:
      'By an attack, such as ransomware, or a plain outage, a service is gone without which the device does not do its job, while a patient depends on it.',
    stride: ['D'],
    applies_to: ['process'],
    when: {
      'element.depends_on': ['cloud', 'directory', 'network', 'sso'],
      'element.essential_performance': 'yes',
      'element.fails_safe': ['no', 'unknown'],
    },
    harm: 'direct',
    vulnerability: 'There is no way of working without the service, or nobody has ever tried it.',
    control:
      'Define what works without it, keep login rights and drug library at hand locally, show the state of the connection, and practise recovery.',
    fda_control: ['resiliency_and_recovery'],
    safety_note: 'Decide how long diagnosis or treatment may be delayed.',
    cwe: ['CWE-755', 'CWE-636'],
    capec: ['CAPEC-607', 'CAPEC-603'],
    emb3d: ['TID-222'],
    sources: [
      `${FDA}, Appendix 1, resiliency and recovery`,
      `${PLAYBOOK}, A.2.3 (denial of service at the source of updates)`,
    ],
    test: {
      fires: { 'element.depends_on': ['cloud'], 'element.essential_performance': 'yes' },
      silent: {
        'element.depends_on': ['cloud'],
        'element.essential_performance': 'yes',
        'element.fails_safe': 'yes',
      },
    },
  },
];
