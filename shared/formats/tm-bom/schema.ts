/**
 * OWASP TM-BOM, the Threat Model Library schema 1.0.2: what a sound file holds, as far as it is read or kept.
 * https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.2/threat-model.schema.json
 */
import * as z from 'zod';

export const NAME = 'tm-bom';

export const SCHEMA =
  'https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.2/threat-model.schema.json';
export const ANY_SCHEMA =
  /^https:\/\/github\.com\/OWASP\/www-project-threat-model-library\/blob\/v[1-9][0-9]*\.[0-9]+\.[0-9]+\/threat-model.schema.json$/;

/** Of the names of other tools' extensions. */
const EXTENSION =
  /^([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]+(\/[-$%'()*+,.:;=@^_~0-9A-Za-z]+)+$/;

/** Characters that RFC 3986 lets a URI have, one fragment at most. */
const URI =
  /^[A-Za-z][A-Za-z0-9+.-]*:(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+(?:#(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?$/;

/** A value that may be missing, and counts as missing when it is none of its kind. */
const maybe = <T extends z.ZodType>(type: T) => z.optional(type).catch(undefined);
const text = z.string().catch('');
const name = z.string().regex(/^[0-9a-z-]+$/);
const uri = z.string().refine(value => URI.test(value) && URL.canParse(value));
const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const degree = z.enum(['minimal', 'low', 'moderate', 'high', 'maximal']);
const sensitivity = z.enum(['pii', 'phi', 'fin', 'ip', 'cred', 'biz', 'gov', 'pci', 'op']);
const accessControl = z.enum(['none', 'acl', 'rbac', 'mac', 'dac', 'abac']);
const authentication = z.enum([
  'none',
  'password',
  'otp',
  'challenge_response',
  'public_key',
  'token',
  'biometrics',
  'sso',
  'social',
]);

/** Things of the diagram: read leniently, for one bad value is no reason to lose a component. */
const thing = { symbolic_name: text, title: text, description: text };

export const TrustZone = z.object(thing);

export const ActorExtra = z.object({
  type: maybe(z.enum(['system', 'user', 'power_user', 'administrator', 'engineer', 'third_party'])),
  permissions: maybe(z.string()),
  trust_zone: maybe(z.string()),
});
export const Actor = ActorExtra.extend(thing);

export const ComponentExtra = z.object({
  parent_component: maybe(name),
  repo_link: maybe(uri),
  trust_zone: maybe(z.string()),
});
export const Component = ComponentExtra.extend(thing);

export const DataStoreExtra = z.object({
  type: maybe(z.enum(['sql', 'key_value', 'document', 'object', 'graph', 'time_series'])),
  vendor: maybe(z.string()),
  product: maybe(z.string()),
  trust_zone: maybe(z.string()),
});
export const DataStore = DataStoreExtra.extend(thing);

const EndRef = z.object({ type: z.string(), object: name });
export type EndRef = z.infer<typeof EndRef>;

export const DataFlowExtra = z.object({
  source: maybe(EndRef),
  destination: maybe(EndRef),
  has_sensitive_data: maybe(z.boolean()),
});
export const DataFlow = DataFlowExtra.extend({
  ...thing,
  source: maybe(EndRef.extend({ object: z.string() })),
  destination: maybe(EndRef.extend({ object: z.string() })),
  encrypted: maybe(z.boolean()),
});

export const ThreatExtra = z.object({
  components_affected: maybe(z.array(name)),
  threat_persona: maybe(name),
  event: maybe(z.string()),
  sources: maybe(z.array(z.enum(['adversary', 'human_error', 'failure', 'events_beyond_org_control']))),
  attack_mechanisms: maybe(z.array(z.object({ capec_id: z.int(), capec_title: maybe(z.string()) }))),
  weaknesses: maybe(z.array(z.object({ cwe_id: z.int(), cwe_title: maybe(z.string()) }))),
});
export const Threat = ThreatExtra.extend(thing);

/** What is kept whole and written back: each sound or not at all. */
const pair = { trust_zone_a: name, trust_zone_b: name };
export const TrustBoundary = z.object({
  ...pair,
  access_control_methods: maybe(z.array(accessControl)),
  authentication_methods: maybe(z.array(authentication)),
  access_token_expires: maybe(z.boolean()),
  access_token_ttl: maybe(z.int()),
  has_refresh_token: maybe(z.boolean()),
  refresh_token_expires: maybe(z.boolean()),
  refresh_token_ttl: maybe(z.int()),
  can_user_logout: maybe(z.boolean()),
  can_system_logout: maybe(z.boolean()),
});

const kept = { symbolic_name: name, title: text, description: text };

export const DataSet = z.object({
  ...kept,
  placements: z.array(z.object({ data_store: maybe(name), encrypted: maybe(z.boolean()) })),
  data_sensitivity: z.array(sensitivity),
  access_control_methods: maybe(z.array(accessControl)),
  record_count: maybe(z.int()),
});
export type DataSet = z.infer<typeof DataSet>;

export const Assumption = z.object({
  description: z.string(),
  topics: maybe(z.array(name)),
  validity: z.enum(['unconfirmed', 'confirmed', 'rejected']),
});
export type Assumption = z.infer<typeof Assumption>;

export const Persona = z.object({
  ...kept,
  is_person: z.boolean(),
  skill_level: z.enum([
    'script_kid',
    'insider',
    'engineer',
    'expert_engineer',
    'oc_sponsored',
    'state_sponsored',
  ]),
  access_level: z.enum(['anonymous', 'user', 'admin']),
  malicious_intent: z.boolean(),
  applicability_to_org: degree,
});

export const Control = z.object({
  ...kept,
  threats: z.array(name),
  trust_boundary: maybe(z.object(pair)),
  status: z.enum([
    'assumed',
    'active',
    'suggested',
    'under_review',
    'approved',
    'scheduled',
    'retired',
    'wont_do',
  ]),
  priority: z.enum(['none', 'low', 'medium', 'high', 'critical']),
});
export type Control = z.infer<typeof Control>;

export const LEVELS = ['very_low', 'low', 'medium', 'high', 'very_high', 'critical'] as const;
export const Risk = z.object({
  ...kept,
  threats: z.array(name),
  likelihood: z.enum(['rare', 'unlikely', 'possible', 'likely', 'certain']),
  impact: z.enum(['negligible', 'minor', 'moderate', 'major', 'severe']),
  impact_description: z.string(),
  score: z.int().min(0).max(25),
  level: z.enum(LEVELS),
});
export type Risk = z.infer<typeof Risk>;

export const DiagramSource = z.object({
  title: z.string(),
  description: maybe(z.string()),
  link: maybe(uri),
  type: z.enum(['graphviz', 'mermaid', 'plantuml', 'svg']),
  source: z.string(),
});

export const ScopeExtra = z.object({
  business_criticality: maybe(degree),
  data_sensitivity: maybe(z.array(sensitivity)),
  exposure: maybe(z.enum(['internal', 'external'])),
  tier: maybe(z.enum(['mission_critical', 'business_critical', 'important', 'non_critical'])),
});
export const Scope = ScopeExtra.extend({ title: text, description: text });

/** What stands at the top and is no list. */
export const Head = z.object({
  version: maybe(z.string().regex(/^\d+(\.\d+)*$/)),
  description: maybe(z.string()),
  frozen: maybe(z.boolean()),
  released_at: maybe(date),
  product_release_date: maybe(date),
  release_docs_link: maybe(uri),
  reviewed_at: maybe(date),
  repo_link: maybe(uri),
});

export const Extensions = z.record(z.string().regex(EXTENSION), z.json());
