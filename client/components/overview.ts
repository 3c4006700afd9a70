/** `<sb-overview>`: what is there to say while nothing is selected: scope, findings, and the five symbols. */
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { KINDS, type Kind } from '#shared/dfd/kinds.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import { editSession } from '../session/commands.ts';
import { onShapes } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import './questions.ts';
import { symbol } from './symbol.ts';
import './text-field.ts';

@customElement('sb-overview')
export class Overview extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 20px; padding: 12px; }
      section { display: grid; gap: 7px; }
      li { display: grid; }
      li button { padding: 5px 0; }
      dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 8px 10px; }
      dt { color: var(--sb-quiet); }
    `,
  ];

  override render() {
    const { model, info } = this.snapshot;
    const moderator = can.judge(this.desk.me.role);
    return html`
      <section>
        <h2>Scope</h2>
        <sb-text
          multiline ?bare=${!moderator} label="Scope of the session" limit=${LIMITS.description} .value=${info.scope}
          placeholder=${moderator ? 'What is looked at, and what is not?' : 'Not described yet.'} ?disabled=${!moderator}
          @sb-commit=${(event: CustomEvent) => editSession(this.desk, { scope: event.detail.text })}
        ></sb-text>
      </section>
      <sb-questions .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking}></sb-questions>
      ${
        model.findings.length > 0
          ? html`<section>
              <h2>To look at in the diagram</h2>
              <ul>
                ${model.findings.map(
                  ({ on, message }) => html`<li>
                    <button class="link" @click=${() => this.look(onShapes([on]))}>
                      <span><b>${labelOf(this.snapshot.things, on)}</b> ${message}</span>
                    </button>
                  </li>`,
                )}
              </ul>
            </section>`
          : nothing
      }
      <section>
        <h2>The five symbols</h2>
        <dl>
          ${Object.entries(KINDS).map(
            ([kind, { label, meaning }]) => html`<dt>${symbol(kind as Kind, 22)}</dt>
              <dd><b>${label}.</b> <span class="quiet">${meaning}</span></dd>`,
          )}
        </dl>
      </section>
    `;
  }
}
