/** `<sb-suggestion>`: one open suggestion: what could go wrong, why it is suggested here, and the verdict of who may give one. */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import type { Suggestion } from '#shared/document/threats.ts';
import { acceptSuggestion, dismissSuggestion } from '../session/commands.ts';
import { whyHere } from '../session/words.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import { ruleDetails, ruleDetailsStyles } from './rule-details.ts';
import { inWords } from './words.ts';

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
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
    `,
  ];

  @query('#reason') private reasonField?: HTMLInputElement;

  @property({ attribute: false }) suggestion!: Suggestion;

  @state() private dismissing = false;

  private readonly accept = ({ detail }: MouseEvent) => {
    // The list moves up: the second click of a double-click would accept the next one.
    if (detail <= 1) acceptSuggestion(this.desk, this.suggestion, this.snapshot.catalogue);
  };

  private readonly dismiss = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = this.reasonField!.value.trim();
    if (reason) dismissSuggestion(this.desk, this.suggestion, reason);
  };

  private readonly ask = async () => {
    this.dismissing = true;
    await this.updateComplete;
    this.reasonField?.focus();
  };

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
              <ul aria-labelledby="why">${reasons.map(words => html`<li>${inWords(words, this.show)}</li>`)}</ul>
            </div>`
          : nothing
      }
      ${rule ? ruleDetails(rule) : nothing}
      ${can.judge(this.desk.me.role) ? this.renderVerdict() : nothing}
    `;
  }

  private renderVerdict() {
    if (this.dismissing) {
      return html`<form @submit=${this.dismiss}>
        <input id="reason" aria-label="Why it does not apply" placeholder="Does not apply, because …" maxlength=${LIMITS.reason} autocomplete="off" />
        <button class="primary">Dismiss</button>
        <button type="button" class="plain" @click=${() => (this.dismissing = false)}>Cancel</button>
      </form>`;
    }
    return html`<div class="row verdict">
      <button @click=${this.accept}>Accept as threat</button>
      <button class="plain" @click=${this.ask}>Dismiss …</button>
    </div>`;
  }
}
