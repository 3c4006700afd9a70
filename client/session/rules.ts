/** The rules that a session has: the server's and the team's own, those that are switched off too. */

import type { SessionInfo } from '#shared/document/document.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import type { Letter } from '#shared/stride/letters.ts';
import type { Rule } from '#shared/stride/rule.ts';
import { type RulesReading, readRules } from '#shared/stride/rules-file.ts';
import { api, body } from './api.ts';

export interface ListedRule {
  rule: Rule;
  /** Whether the team brought it. */
  own: boolean;
}

/** What there is wrong with a team's own rules, and the sound ones; an empty text has none and nothing wrong. */
export const readOwnRules = (server: Catalogue, text: string): RulesReading =>
  text.trim() === '' ? { rules: [], errors: [] } : readRules(text, server.ids);

/** The team's own first: they are what it looks for. */
export const rulesOf = (server: Catalogue, { rules }: Pick<SessionInfo, 'rules'>): ListedRule[] => [
  ...readOwnRules(server, rules).rules.map(rule => ({ rule, own: true })),
  ...server.rules.map(rule => ({ rule, own: false })),
];

/** Whether every word occurs somewhere in a rule, its id and its references included. */
export function isFound({ rule }: ListedRule, text: string, letter: Letter | ''): boolean {
  if (letter && !rule.stride.includes(letter)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { id, title, explanation, vulnerability, control, safety_note, cwe, capec, emb3d, sources } = rule;
  const all = [
    id,
    title,
    explanation,
    vulnerability,
    control,
    safety_note,
    ...cwe,
    ...capec,
    ...emb3d,
    ...sources,
  ]
    .join('\n')
    .toLowerCase();
  return words.every(word => all.includes(word));
}

/** One sound rule, told line by line, for a team to start its own from. */
export const EXAMPLE_RULES = `# Your own rules, as a list. This one is complete: change it, or copy it for the next.
- id: OWN-1                      # two parts in capitals; never change it later: verdicts refer to it
  title: The service port is used by somebody who is not from our service
  explanation: >
    Somebody with a laptop and a cable plugs into the service port and changes settings,
    because the port is open to whoever stands before the device.
  stride: [E, T]                 # S T R I D E; it is shown under the first one
  applies_to: [data_flow]        # external_entity, process, data_store, data_flow
  when:                          # all of these must hold
    flow.protocol: [serial, usb] # one of these answers
    flow.authenticated: [no, unknown] # unknown: nobody answered yet
    crosses_boundary: true
  harm: indirect                 # direct, indirect, privacy or none
  vulnerability: The port is not locked and asks for nothing.
  control: Ask for a key of the service team, and record every use of the port.
  fda_control: [authentication, event_detection_logging]
  safety_note: Decide whether a changed setting could reach the therapy unnoticed.
  cwe: [CWE-306]
  capec: []
  emb3d: []
  sources: [Our own service manual]
  test:                          # answers on which it fires, and on which it stays silent
    fires: { flow.protocol: serial }
    silent: { flow.protocol: serial, flow.authenticated: 'yes' }
`;

/**
 * Has the server read the team's own rules, and keep them.
 * @param text YAML; empty to have none
 * @throws {ApiFailure} with what is wrong, line by line
 */
export const putRules = (sessionId: string, text: string): Promise<unknown> =>
  body(api.sessions[':id'].rules.$put({ param: { id: sessionId }, json: { text } }));
