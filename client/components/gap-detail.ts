/** `<sb-gap>`: one letter of one element or flow: its question, what was said to it, and what there is to say. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Element, Flow } from '#shared/dfd/model.ts';
import { isProposing } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import type { Suggestion } from '#shared/document/threats.ts';
import { doesNotApply } from '#shared/stride/gaps.ts';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';
import { byTarget } from '../session/cells.ts';
import { ruleOut, undoVerdict } from '../session/commands.ts';
import { decidedOn } from '../session/decided.ts';
import { onThreat } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import './compose.ts';
import { Panel } from './panel.ts';
import './reason.ts';
import { recorded, recordedStyles } from './recorded.ts';
import './suggestions.ts';
import './verdicts.ts';

@customElement('sb-gap')
export class GapDetail extends Panel {
  static override styles = [
    controls,
    recordedStyles,
    css`
      :host { display: grid; gap: 12px; padding: 12px; align-content: start; }
      sb-reason:not([asking]) { margin-inline-start: -10px; }
      .verdict { display: grid; gap: 4px; justify-items: start; padding: 7px 10px; border-radius: 5px; background: var(--wa-color-surface-lowered); overflow-wrap: anywhere; }
    `,
  ];

  @property({ attribute: false }) thing!: Element | Flow;
  @property() letter!: Letter;

  override render() {
    const { name, question } = CATEGORY[this.letter];
    const { threats, suggestions, triage } = this.snapshot;
    const found = threats.filter(
      ({ target, stride, status }) =>
        target === this.thing.id && stride.includes(this.letter) && status !== 'rejected',
    );
    const here = suggestions.filter(
      ({ target, stride }) => target === this.thing.id && stride === this.letter,
    );
    const open = here.filter(({ id, stale }) => !stale && !triage.has(id));
    const dismissed = here.filter(({ id }) => triage.get(id)?.verdict === 'dismissed');
    return html`
      <div>
        <h2>${labelOf(this.snapshot.things, this.thing.id)} · ${name}</h2>
        <p class="quiet">${question}</p>
      </div>
      ${
        can.addThreat(this.desk.me.role, isProposing(this.snapshot.info))
          ? html`<sb-compose .desk=${this.desk} .snapshot=${this.snapshot} .letter=${this.letter} .targets=${[this.thing.id]}></sb-compose>`
          : nothing
      }
      ${this.renderRuledOut(found.length > 0)}
      ${recorded(found, threat => this.look(onThreat(threat), { panel: 'threats' }))}
      ${this.renderSuggested(open)}
      <sb-verdicts
        .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .decided=${decidedOn(dismissed, this.snapshot)}
      ></sb-verdicts>
    `;
  }

  /** That the letter does not apply here: who said so and why, or a line to say it where there is no threat. */
  private renderRuledOut(hasThreats: boolean) {
    const judge = can.judge(this.desk.me.role);
    const verdict = this.snapshot.triage.get(doesNotApply(this.letter, this.thing.id, this.snapshot.heirs));
    if (verdict) {
      return html`<div class="verdict">
        <p>Does not apply: “${verdict.reason}” <span class="quiet small">${verdict.by.name}</span></p>
        ${judge ? html`<button class="plain" @click=${() => undoVerdict(this.desk, verdict.id)}>Take it back</button>` : nothing}
      </div>`;
    }
    if (!judge || hasThreats) return nothing;
    const say = (event: CustomEvent<{ reason: string }>) =>
      ruleOut(this.desk, this.letter, this.thing, event.detail.reason);
    // What is typed for one cell is not said of the next.
    return keyed(
      `${this.letter} ${this.thing.id}`,
      html`<sb-reason label="Does not apply, because …" action="Say so" @sb-reason=${say}></sb-reason>`,
    );
  }

  private renderSuggested(open: readonly Suggestion[]) {
    const [group] = byTarget(open, [this.thing.id]);
    if (!group) return nothing;
    const { desk, snapshot, looking } = this;
    return html`<section>
      <h3>Suggested here</h3>
      ${keyed(
        `${this.letter} ${this.thing.id}`,
        html`<sb-suggestions .desk=${desk} .snapshot=${snapshot} .looking=${looking} .suggestions=${group.suggestions}></sb-suggestions>`,
      )}
    </section>`;
  }
}
