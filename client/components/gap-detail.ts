/** `<sb-gap>`: one letter of one element or flow: its question, what was said to it, and what there is to say. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Element, Flow } from '#shared/dfd/model.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import { type Suggestion, THREAT_STATUS, threatRef } from '#shared/document/threats.ts';
import { doesNotApply } from '#shared/stride/gaps.ts';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';
import { addThreat, ruleOut, undoVerdict } from '../session/commands.ts';
import { onThreat } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import './reason.ts';
import './suggestion.ts';

@customElement('sb-gap')
export class GapDetail extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 12px; padding: 12px; align-content: start; }
      h3 { font-size: var(--sb-small); font-weight: 600; color: var(--sb-quiet); }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; }
      form input { padding: 7px 9px; }
      li { display: grid; gap: 4px; padding: 7px 0; border-bottom: 1px solid var(--sb-line); }
      li:last-child { border: 0; }
      .threat { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 8px; width: 100%; }
      .verdict { display: grid; gap: 4px; justify-items: start; padding: 7px 10px; border-radius: 5px; background: var(--wa-color-surface-lowered); overflow-wrap: anywhere; }
    `,
  ];

  @query('input') private titleField?: HTMLInputElement;

  @property({ attribute: false }) thing!: Element | Flow;
  @property() letter!: Letter;

  private readonly add = (event: SubmitEvent) => {
    event.preventDefault();
    const title = this.titleField!.value.trim();
    if (!title) return;
    addThreat(this.desk, { title, stride: [this.letter], target: this.thing.id });
    this.titleField!.value = '';
    this.titleField!.focus();
  };

  override updated(changed: PropertyValues<this>) {
    const moved =
      changed.has('letter') || (changed.has('thing') && changed.get('thing')?.id !== this.thing.id);
    if (moved) this.titleField?.focus();
  }

  override render() {
    const { name, question } = CATEGORY[this.letter];
    const { threats, suggestions, triage } = this.snapshot;
    const recorded = threats.filter(
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
        can.addThreat(this.desk.me.role)
          ? html`<form @submit=${this.add}>
              <input aria-label="New threat" placeholder="Add a threat: what could go wrong?" maxlength=${LIMITS.title} autocomplete="off" />
              <button class="primary">Add</button>
            </form>`
          : nothing
      }
      ${this.renderRuledOut(recorded.length > 0)}
      ${this.renderList(
        'Threats',
        recorded,
        threat => html`
        <button class="link threat" @click=${() => this.look(onThreat(threat), { panel: 'threats' })}>
          <b>${threatRef(threat)}</b><span>${threat.title}</span><span class="quiet small">${THREAT_STATUS[threat.status]}</span>
        </button>`,
      )}
      ${this.renderList('Suggested here', open, suggestion => this.renderSuggestion(suggestion))}
      ${this.renderList('Dismissed', dismissed, suggestion => this.renderDismissed(suggestion))}
    `;
  }

  private renderList<T extends { id: string }>(heading: string, items: T[], render: (item: T) => unknown) {
    if (items.length === 0) return nothing;
    return html`<section><h3>${heading}</h3><ul>${repeat(
      items,
      ({ id }) => id,
      item => html`<li>${render(item)}</li>`,
    )}</ul></section>`;
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
      html`<sb-reason label="Does not apply, because …" @sb-reason=${say}></sb-reason>`,
    );
  }

  private renderSuggestion(suggestion: Suggestion) {
    const { desk, snapshot, looking } = this;
    return html`<sb-suggestion .desk=${desk} .snapshot=${snapshot} .looking=${looking} .suggestion=${suggestion}></sb-suggestion>`;
  }

  private renderDismissed({ id, rule, stale }: Suggestion) {
    const { triage, catalogue } = this.snapshot;
    const { by, reason } = triage.get(id)!;
    return html`
      <p>${catalogue.title(rule)}</p>
      <p class="small quiet">${by.name}: “${reason}”${stale ? ' The diagram has changed since.' : ''}</p>
      ${can.judge(this.desk.me.role) ? html`<div><button class="plain" @click=${() => undoVerdict(this.desk, id)}>Open again</button></div>` : nothing}
    `;
  }
}
