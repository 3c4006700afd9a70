/** What a rule of the catalogue says about itself, folded until somebody wants to know. */
import { css, html, nothing } from 'lit';
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

export const ruleDetails = (rule: Rule) => {
  const said = (label: string, content: unknown) => html`<div><dt>${label}</dt><dd>${content}</dd></div>`;
  const entries = (['cwe', 'capec', 'emb3d'] as const).flatMap(kind =>
    rule[kind].map(id => html`<a href=${PAGES[kind](id)} target="_blank" rel="noreferrer">${id}</a> `),
  );
  return html`<details class="rule">
    <summary>Details</summary>
    <dl>
      ${said('Usual weakness', rule.vulnerability)}
      ${said('What helps', rule.control)}
      ${said('Patient safety', rule.safety_note)}
      ${said('FDA control category', rule.fda_control.map(control => FDA_CONTROLS[control]).join('; '))}
      ${entries.length > 0 ? said('Listed as', entries) : nothing}
      ${said('Rule and sources', `${rule.id}. ${rule.sources.join('; ')}`)}
    </dl>
  </details>`;
};
