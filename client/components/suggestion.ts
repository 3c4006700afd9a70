/** `<sb-suggestion>`: one open suggestion: what could go wrong, why it is suggested here, and the verdict of who may give one. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import type { Suggestion } from '#shared/document/threats.ts';
import { acceptSuggestion, dismissSuggestion } from '../session/commands.ts';
import { whyHere } from '../session/words.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import './reason.ts';
import { ruleDetails, ruleDetailsStyles } from './rule-details.ts';
import { withLinks } from './words.ts';

@customElement('sb-suggestion')
export class SuggestionCard extends Panel {
  static override styles = [
    controls,
    ruleDetailsStyles,
    css`
      :host { display: grid; gap: 5px; }
      .title { font-weight: 600; }
      .why { display: grid; gap: 1px; font-size: var(--sb-small); }
      .why li { padding-inline-start: 12px; text-indent: -9px; color: var(--sb-quiet); }
      .why li::before { content: '· '; font-weight: 700; }
      .why button { display: inline; text-indent: 0; }
      summary { cursor: pointer; color: var(--sb-quiet); font-size: var(--sb-small); width: fit-content; }
      .verdict { flex-wrap: wrap; gap: 6px; }
      .verdict:has([asking]) button { display: none; }
    `,
  ];

  @property({ attribute: false }) suggestion!: Suggestion;

  private readonly accept = ({ detail }: MouseEvent) => {
    // The list moves up: the second click of a double-click would accept the next one.
    if (detail <= 1) acceptSuggestion(this.desk, this.suggestion, this.snapshot.catalogue);
  };

  private readonly dismiss = ({ detail }: CustomEvent<{ reason: string }>) =>
    dismissSuggestion(this.desk, this.suggestion, detail.reason);

  override render() {
    const { suggestion, snapshot } = this;
    const rule = snapshot.catalogue.rule(suggestion.rule);
    const reasons = whyHere(suggestion, snapshot.things);
    return html`
      <p class="title">${snapshot.catalogue.title(suggestion.rule)}</p>
      ${rule ? html`<p>${rule.explanation}</p>` : nothing}
      ${
        reasons.length > 0
          ? html`<div class="why">
              <b class="quiet" id="why">Why here</b>
              <ul aria-labelledby="why">${reasons.map(words => html`<li>${withLinks(words, this.show)}</li>`)}</ul>
            </div>`
          : nothing
      }
      ${rule ? ruleDetails(rule) : nothing}
      ${can.judge(this.desk.me.role) ? this.renderVerdict() : nothing}
    `;
  }

  private renderVerdict() {
    return html`<div class="row verdict">
      <button @click=${this.accept}>Accept as threat</button>
      <sb-reason label="Dismiss …" action="Dismiss" @sb-reason=${this.dismiss}></sb-reason>
    </div>`;
  }
}
