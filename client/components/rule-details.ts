/** What a rule of the catalogue says about itself, in the same words wherever it is told. */
import { css, html } from 'lit';
import { FDA_CONTROLS, type Rule } from '#shared/stride/rule.ts';

/** Where the catalogues of weaknesses, attacks and device threats explain an entry. */
const PAGES: Record<'cwe' | 'capec' | 'emb3d', (id: string) => string> = {
  cwe: id => `https://cwe.mitre.org/data/definitions/${id.slice('CWE-'.length)}.html`,
  capec: id => `https://capec.mitre.org/data/definitions/${id.slice('CAPEC-'.length)}.html`,
  emb3d: id => `https://emb3d.mitre.org/threats/${id}.html`,
};

export const ruleDetailsStyles = css`
  .rule dl { display: grid; gap: 6px; margin: 6px 0 2px; padding-inline-start: 12px; font-size: var(--sb-small); }
  .rule dt { font-weight: 600; color: var(--sb-quiet); }
  .rule dd { overflow-wrap: anywhere; }
  .rule a { color: var(--wa-color-text-link); }
`;

/** What it goes back to and what to think of, each under its name. */
export function ruleFacts(rule: Rule): [label: string, content: unknown][] {
  const entries = (['cwe', 'capec', 'emb3d'] as const).flatMap(kind =>
    rule[kind].map(id => html`<a href=${PAGES[kind](id)} target="_blank" rel="noreferrer">${id}</a> `),
  );
  return [
    ['Usual weakness', rule.vulnerability],
    ['What helps', rule.control],
    ['Patient safety', rule.safety_note],
    ['FDA control category', rule.fda_control.map(control => FDA_CONTROLS[control]).join('; ')],
    ...(entries.length > 0 ? ([['Listed as', entries]] as [string, unknown][]) : []),
    ['Sources', rule.sources.join('; ')],
  ];
}

/** Folded until somebody wants to know. */
export const ruleDetails = (rule: Rule) => {
  const facts = [...ruleFacts(rule), ['Rule', rule.id]];
  return html`<details class="rule">
    <summary>Details</summary>
    <dl>${facts.map(([label, content]) => html`<div><dt>${label}</dt><dd>${content}</dd></div>`)}</dl>
  </details>`;
};
