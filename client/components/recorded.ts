/** The threats that are recorded in one place, each a way to its description. */
import { css, html, nothing } from 'lit';
import { THREAT_STATUS, type Threat, threatRef } from '#shared/document/threats.ts';

export const recordedStyles = css`
  h3 { font-size: var(--sb-small); font-weight: 600; color: var(--sb-quiet); }
  .recorded li { padding: 7px 0; border-bottom: 1px solid var(--sb-line); }
  .recorded li:last-child { border: 0; }
  .recorded button { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 8px; width: 100%; overflow-wrap: anywhere; }
`;

export const recorded = (threats: readonly Threat[], look: (threat: Threat) => void) =>
  threats.length === 0
    ? nothing
    : html`<section class="recorded">
        <h3>Threats</h3>
        <ul>
          ${threats.map(
            threat => html`<li>
              <button class="link" @click=${() => look(threat)}>
                <b>${threatRef(threat)}</b><span>${threat.title}</span>
                <span class="quiet small">${THREAT_STATUS[threat.status]}</span>
              </button>
            </li>`,
          )}
        </ul>
      </section>`;
