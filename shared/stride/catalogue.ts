/**
 * The rules that suggestions come from, as validated data: texts live here, the document holds rule ids only. These six are the
 * generic ones, one per letter, of the project's medical catalogue; each says on what kinds of thing it makes sense.
 */
import { z } from 'zod';
import type { Kind } from '../dfd/kinds.ts';
import { LETTERS } from './letters.ts';

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9]*-[A-Z0-9]+$/),
  title: z.string().min(1),
  stride: z.enum(LETTERS),
  appliesTo: z.array(z.enum(['external_entity', 'process', 'data_store', 'data_flow'])).min(1),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)),
  capec: z.array(z.string().regex(/^CAPEC-\d+$/)),
  emb3d: z.array(z.string().regex(/^TID-\d+$/)),
  mitigation: z.string(),
  safetyNote: z.string(),
  sources: z.array(z.string()).min(1),
});

export type Rule = z.infer<typeof ruleSchema>;

const PLAYBOOK = 'MITRE/MDIC Playbook for Threat Modeling Medical Devices (2021), Table 3 and section 2.4.1';

export const RULES: readonly Rule[] = z.array(ruleSchema).parse([
  {
    id: 'GEN-S',
    title: 'A peer on the other side of the boundary is not who it claims to be',
    stride: 'S',
    appliesTo: ['process', 'external_entity'],
    cwe: ['CWE-287', 'CWE-290'],
    capec: ['CAPEC-151'],
    emb3d: ['TID-406'],
    mitigation: 'Mutual authentication at the receiving process; record how each peer is identified.',
    safetyNote: 'Decide whether a false peer could change therapy, diagnosis or alarms.',
    sources: [PLAYBOOK, 'Elevation of Privilege card game, Spoofing suit'],
  },
  {
    id: 'GEN-T',
    title: 'Data changed while crossing the boundary or by the receiving side',
    stride: 'T',
    appliesTo: ['data_flow', 'process', 'data_store'],
    cwe: ['CWE-345', 'CWE-924'],
    capec: ['CAPEC-94'],
    emb3d: ['TID-406'],
    mitigation: 'Message authentication end to end, input validation at the receiver.',
    safetyNote: 'Decide whether altered data could reach a clinical decision or an actuator.',
    sources: [PLAYBOOK, 'Microsoft threat-modeling-templates, medical device template'],
  },
  {
    id: 'GEN-R',
    title: 'A party denies having sent, received or changed something',
    stride: 'R',
    appliesTo: ['process', 'external_entity'],
    cwe: ['CWE-778'],
    capec: ['CAPEC-268'],
    emb3d: ['TID-225'],
    mitigation: 'Attributable, tamper-evident event record on both sides.',
    safetyNote: 'Decide whether missing evidence would prevent finding the cause of harm.',
    sources: [PLAYBOOK, 'Microsoft threat-modeling-templates, medical device template'],
  },
  {
    id: 'GEN-I',
    title: 'Data readable by an unintended party on the path or at the receiver',
    stride: 'I',
    appliesTo: ['data_flow', 'process', 'data_store'],
    cwe: ['CWE-319', 'CWE-200'],
    capec: ['CAPEC-157'],
    emb3d: ['TID-408'],
    mitigation: 'Encrypt in transit and at rest, minimise payload.',
    safetyNote: 'Altered or disclosed patient data can itself lead to harm.',
    sources: [PLAYBOOK, 'German Notified Bodies Alliance questionnaire, item 3.4'],
  },
  {
    id: 'GEN-D',
    title: 'Flow or receiving process can be interrupted or overloaded',
    stride: 'D',
    appliesTo: ['data_flow', 'process', 'data_store'],
    cwe: ['CWE-400'],
    capec: ['CAPEC-125'],
    emb3d: ['TID-404', 'TID-405'],
    mitigation: 'Limits, watchdog, degraded mode, alarm on loss.',
    safetyNote: 'Decide whether loss or delay leads to delayed or denied care.',
    sources: [PLAYBOOK, 'Microsoft threat-modeling-templates, medical device template'],
  },
  {
    id: 'GEN-E',
    title: 'Input across the boundary gives the sender more rights than intended',
    stride: 'E',
    appliesTo: ['process'],
    cwe: ['CWE-269', 'CWE-862', 'CWE-20'],
    capec: ['CAPEC-233'],
    emb3d: ['TID-310', 'TID-327'],
    mitigation: 'Authorise each operation, strict parsing, least privilege of the receiving process.',
    safetyNote: 'Decide which safety limits an attacker could override.',
    sources: [PLAYBOOK, 'Microsoft threat-modeling-templates, medical device template'],
  },
]);

const byKind = new Map<string, Rule[]>();
for (const rule of RULES) {
  for (const kind of rule.appliesTo) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
}

/** The rules that make sense on a kind of thing. */
export const rulesFor = (kind: Kind): readonly Rule[] => byKind.get(kind) ?? [];

const byId = new Map(RULES.map(rule => [rule.id, rule]));

/** The rule behind a suggestion; undefined when a later version of the catalogue dropped it. */
export const ruleOf = (id: string): Rule | undefined => byId.get(id);

/** Title of a rule, or its id when the catalogue no longer has it. */
export const ruleTitle = (id: string): string => ruleOf(id)?.title ?? id;
