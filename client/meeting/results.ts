/** What a vote came to, as bars: the threats with the most dots first. */
import { css, html, nothing } from 'lit';
import { type Threat, threatRef } from '#shared/document/threats.ts';
import type { Vote } from '#shared/meeting/votes.ts';

export const resultStyles = css`
  .results { display: grid; gap: 3px; }
  .results button { display: grid; grid-template-columns: 34px minmax(0, 1fr) auto; gap: 8px; width: 100%; padding: 4px 6px; border: 0; text-align: start; align-items: baseline; background: none; }
  .results .title { overflow-wrap: anywhere; }
  .results .bar { grid-column: 2 / 4; height: 7px; border-radius: 2px; background: var(--sb-chosen-line); min-width: 1px; }
  .results .dots { font-weight: 650; font-variant-numeric: tabular-nums; }
`;

/** Threats by their dots; those that have none are counted only. */
export function ranked({ result }: Vote, threats: readonly Threat[]): { threat: Threat; dots: number }[] {
  const dotsOf = (threat: Threat) => result?.[threat.id] ?? 0;
  return threats
    .filter(threat => dotsOf(threat) > 0)
    .map(threat => ({ threat, dots: dotsOf(threat) }))
    .sort((a, b) => b.dots - a.dots || (a.threat.number ?? 0) - (b.threat.number ?? 0));
}

export function results(vote: Vote, threats: readonly Threat[], look: (threat: Threat) => void) {
  const rows = ranked(vote, threats);
  const most = rows[0]?.dots ?? 1;
  const without = vote.threats.length - rows.length;
  return html`<ol class="results" aria-label="Result of “${vote.title}”">
      ${rows.map(
        ({ threat, dots }) => html`<li>
          <button @click=${() => look(threat)}>
            <b>${threatRef(threat)}</b><span class="title">${threat.title}</span>
            <span class="dots">${dots}<span class="visually-hidden"> ${dots === 1 ? 'dot' : 'dots'}</span></span>
            <span class="bar" style="width: ${(100 * dots) / most}%"></span>
          </button>
        </li>`,
      )}
    </ol>
    ${without > 0 ? html`<p class="quiet small">${without} ${without === 1 ? 'threat' : 'threats'} without a dot.</p>` : nothing}`;
}
