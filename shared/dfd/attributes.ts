/**
 * The typed attributes of elements, flows and boundaries: what the inspector asks and the suggestion rules test. An
 * attribute that nobody answered is absent from the document and reads as {@link UNKNOWN}.
 */
import type { Kind } from './kinds.ts';

export const UNKNOWN = 'unknown';

export interface Attribute {
  key: string;
  label: string;
  /** Asked in full, for someone who is no security person. */
  question: string;
  kinds: readonly Kind[];
  /** The answers besides unknown; none for free text. */
  values?: readonly { value: string; label: string }[];
  /** Several answers at once. */
  many?: boolean;
}

/** An attribute's answer: one value, several, or free text. */
export type Answer = string | string[];
export type Attributes = Record<string, Answer>;

const list = (...values: string[]) =>
  values.map(value => ({
    value,
    label: value.slice(0, 1).toUpperCase() + value.slice(1).replaceAll('_', ' '),
  }));
const named = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));
const YES_NO = list('yes', 'no');

const FLOW = ['data_flow'] as const;
const CODE = ['process'] as const;
const STORE = ['data_store'] as const;
const ELEMENT = ['external_entity', 'process', 'data_store'] as const;

export const ATTRIBUTES: readonly Attribute[] = [
  {
    key: 'role',
    label: 'Role',
    question: 'What part does it play?',
    kinds: ELEMENT,
    values: named({
      patient: 'Patient',
      clinician: 'Clinician or healthcare provider',
      caregiver: 'Caregiver',
      technician: 'Technician',
      sensor: 'Sensor',
      patient_worn_device: 'Patient-worn device',
      implant: 'Implant',
      bedside_device: 'Bedside device',
      infusion_pump: 'Infusion pump',
      patient_monitor: 'Patient monitor',
      central_station: 'Central station',
      actuator: 'Actuator',
      mobile_app: 'Mobile app',
      gateway: 'Gateway',
      workstation: 'Workstation',
      cloud_service: 'Cloud service',
      cloud_storage: 'Cloud storage',
      web_portal: 'Web portal',
      ehr: 'Electronic health record',
      pacs: 'PACS',
      ai_model: 'AI model',
      update_server: 'Update server',
      app_store: 'App store',
      service_tool: 'Service tool',
    }),
  },
  {
    key: 'technology',
    label: 'Technology',
    question: 'What is it built on (product, language, operating system, version)?',
    kinds: ELEMENT,
  },
  {
    key: 'authenticates_users',
    label: 'Authenticates users',
    question: 'Does it check who its users are?',
    kinds: CODE,
    values: YES_NO,
  },
  {
    key: 'physical_access',
    label: 'Physical access',
    question: 'Who can touch it?',
    kinds: ['process', 'data_store'],
    values: list('patient', 'public', 'ward', 'service', 'locked'),
  },
  {
    key: 'updatable',
    label: 'Updatable',
    question: 'Can its software be updated in the field?',
    kinds: CODE,
    values: YES_NO,
  },
  {
    key: 'writes_logs',
    label: 'Writes security logs',
    question: 'Does it record security events?',
    kinds: CODE,
    values: YES_NO,
  },
  {
    key: 'stores',
    label: 'Stores',
    question: 'What is kept here?',
    kinds: ['process', 'data_store'],
    values: named({
      phi: 'Patient data',
      credentials: 'Credentials and keys',
      config: 'Configuration',
      treatment_plan: 'Treatment plan',
      logs: 'Logs',
    }),
    many: true,
  },
  {
    key: 'encrypted',
    label: 'Encrypted at rest',
    question: 'Is what is stored encrypted?',
    kinds: STORE,
    values: YES_NO,
  },
  {
    key: 'protocol',
    label: 'Protocol',
    question: 'How does the data travel?',
    kinds: FLOW,
    values: named({
      ble: 'Bluetooth Low Energy',
      bluetooth_classic: 'Bluetooth Classic',
      nfc: 'NFC',
      wifi: 'Wi-Fi',
      cellular: 'Cellular',
      proprietary_rf: 'Proprietary radio',
      usb: 'USB',
      serial: 'Serial',
      can: 'CAN',
      https: 'HTTPS',
      http: 'HTTP',
      mqtt: 'MQTT',
      dicom: 'DICOM',
      hl7v2: 'HL7 v2',
      fhir: 'FHIR',
      ssh: 'SSH',
      rdp: 'Remote desktop',
      email: 'E-mail',
      removable_media: 'Removable media',
      in_person: 'In person (touch, sight, skin contact)',
    }),
  },
  {
    key: 'payload',
    label: 'Payload',
    question: 'What does it carry?',
    kinds: FLOW,
    values: named({
      telemetry: 'Measurements',
      phi: 'Patient data',
      commands: 'Commands',
      alarms: 'Alarms',
      config: 'Configuration',
      credentials: 'Credentials',
      firmware: 'Firmware or software',
      analysis_results: 'Analysis results',
      orders: 'Orders',
      treatment_plan: 'Treatment plan',
    }),
    many: true,
  },
  {
    key: 'authenticated',
    label: 'Authenticated',
    question: 'Does each side know for certain whom it talks to?',
    kinds: FLOW,
    values: YES_NO,
  },
  {
    key: 'encrypted',
    label: 'Encrypted in transit',
    question: 'Is it unreadable to others on the way?',
    kinds: FLOW,
    values: YES_NO,
  },
  {
    key: 'integrity',
    label: 'Integrity protected',
    question: 'Would the receiver notice a change on the way?',
    kinds: FLOW,
    values: YES_NO,
  },
  {
    key: 'replay_protection',
    label: 'Replay protected',
    question: 'Would the receiver notice an old message sent again?',
    kinds: FLOW,
    values: YES_NO,
  },
  {
    key: 'controlled_by',
    label: 'Controlled by',
    question: 'Who is in control of what lies inside?',
    kinds: ['trust_boundary'],
    values: list('manufacturer', 'hospital', 'patient', 'third_party'),
  },
];

const BY_KIND = new Map<Kind, Attribute[]>();
for (const attribute of ATTRIBUTES) {
  for (const kind of attribute.kinds) BY_KIND.set(kind, [...(BY_KIND.get(kind) ?? []), attribute]);
}

export const attributesOf = (kind: Kind): readonly Attribute[] => BY_KIND.get(kind) ?? [];

/** The answers in a shape's meta, as every attribute of its kind; unanswered or unreadable ones are {@link UNKNOWN}. */
export function readAttributes(kind: Kind, meta: Record<string, unknown>): Attributes {
  const attributes: Attributes = {};
  for (const { key } of attributesOf(kind)) attributes[key] = readAnswer(meta[key]);
  return attributes;
}

function readAnswer(value: unknown): Answer {
  if (typeof value === 'string' && value !== '') return value;
  const several = Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  return several.length > 0 ? several : UNKNOWN;
}
