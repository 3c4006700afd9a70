/** `<sb-overview>`: what is there to say while nothing is selected: scope, method, workflows, rules, findings, and the five symbols. */
import { css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { KINDS, type Kind } from '#shared/dfd/kinds.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import { editSession } from '../session/commands.ts';
import { controls } from '../theme/controls.ts';
import './findings.ts';
import './method-choice.ts';
import { Panel } from './panel.ts';
import './questions.ts';
import './rules-dialog.ts';
import { symbol } from './symbol.ts';
import './text-field.ts';
import './workflows.ts';

@customElement('sb-overview')
export class Overview extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 20px; padding: 12px; }
      section { display: grid; gap: 7px; }
      dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 8px 10px; }
      dt { color: var(--sb-quiet); }
    `,
  ];

  @state() private showingRules = false;

  override render() {
    const { info } = this.snapshot;
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
      <sb-method .desk=${this.desk} .snapshot=${this.snapshot}></sb-method>
      <sb-workflows .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking}></sb-workflows>
      ${this.renderRules()}
      <sb-findings .desk=${this.desk} .snapshot=${this.snapshot}></sb-findings>
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

  private renderRules() {
    const { catalogue, info } = this.snapshot;
    const off = info.rulesOff.length > 0 ? `, ${info.rulesOff.length} switched off` : '';
    return html`<section>
      <h2>Rules</h2>
      <p class="row spread">
        <span>${catalogue.rules.length} rules in use${off}</span>
        <button @click=${() => (this.showingRules = true)}>Look at the rules</button>
      </p>
      <sb-rules
        .desk=${this.desk} .snapshot=${this.snapshot} ?open=${this.showingRules}
        @sb-closed=${() => (this.showingRules = false)}
      ></sb-rules>
    </section>`;
  }
}
