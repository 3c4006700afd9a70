/** `<sb-cell>`: one cell of the index table: its question, its threats, what the engine suggests, and a line to add a threat. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import { type Suggestion, THREAT_STATUS, type Threat, threatRef } from '#shared/document/threats.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';
import { isInRow, type Row } from '#shared/stride/matrix.ts';
import { acceptSuggestion, addThreat, dismissSuggestion, undoVerdict } from '../session/commands.ts';
import { onThreat } from '../session/focus.ts';
import { labelOf, labelsOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';

@customElement('sb-cell')
export class CellDetail extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 12px; padding: 12px; }
      h3 { font-size: var(--sb-small); font-weight: 600; color: var(--sb-quiet); }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; }
      form input { grid-column: 1 / -1; padding: 7px 9px; }
      li { padding: 7px 0; border-bottom: 1px solid var(--sb-line); }
      li:last-child { border: 0; }
      .threat { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 8px; width: 100%; }
      .suggestion { display: grid; gap: 4px; }
      .suggestion p:first-child { font-weight: 600; }
      summary { cursor: pointer; color: var(--sb-quiet); font-size: var(--sb-small); }
      details p { margin-top: 4px; font-size: var(--sb-small); }
      .dismiss { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
    `,
  ];

  @query('#title') private titleField?: HTMLInputElement;
  @query('[name=target]') private targetField?: HTMLSelectElement;
  @query('#reason') private reasonField?: HTMLInputElement;

  @property({ attribute: false }) row!: Row;
  @property() letter!: Letter;

  /** Suggestion that is about to be dismissed. */
  @state() private dismissing: string | null = null;

  /** The suggestion whose reason was asked for at the last update. */
  private asked: string | null = null;

  private readonly add = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const title = String(data.get('title')).trim();
    if (!title) return;
    addThreat(this.desk, { title, stride: [this.letter], target: String(data.get('target')) });
    this.titleField!.value = '';
    this.titleField!.focus();
  };

  private readonly dismiss = (event: SubmitEvent, suggestion: Suggestion) => {
    event.preventDefault();
    const reason = this.reasonField!.value.trim();
    if (!reason) return;
    dismissSuggestion(this.desk, suggestion, reason);
    this.dismissing = null;
  };

  /** Takes the keyboard to the line that adds a threat. */
  compose() {
    this.titleField?.focus();
  }

  private accept(event: MouseEvent, suggestion: Suggestion) {
    // The list moves up: the second click of a double-click would accept the next one.
    if (event.detail <= 1) acceptSuggestion(this.desk, suggestion);
  }

  override updated(changed: PropertyValues<this>) {
    const moved =
      changed.has('letter') || (changed.has('row') && changed.get('row')?.flow.id !== this.row.flow.id);
    if (moved) {
      if (this.targetField) this.targetField.selectedIndex = 0;
      this.compose();
    }
    if (this.dismissing !== this.asked) this.reasonField?.focus();
    this.asked = this.dismissing;
  }

  override render() {
    const { name, question } = CATEGORY[this.letter];
    const { threats, open } = this.row.cells[this.letter];
    return html`
      <div>
        <h2>${labelOf(this.snapshot.things, this.row.flow.id)} · ${name}</h2>
        <p class="quiet">${question}</p>
      </div>
      ${can.addThreat(this.desk.me.role) ? this.renderComposer() : nothing}
      ${threats.length > 0 ? html`<section><h3>Threats</h3><ul>${threats.map(threat => this.renderThreat(threat))}</ul></section>` : nothing}
      ${
        open.length > 0
          ? html`<section><h3>Suggested here</h3><ul>${repeat(
              open,
              ({ id }) => id,
              suggestion => this.renderSuggestion(suggestion),
            )}</ul></section>`
          : nothing
      }
      ${this.renderJudged()}
    `;
  }

  private renderComposer() {
    const { flow } = this.row;
    const targets = [flow.id, flow.source, flow.target].filter(id => id !== null);
    return html`<form @submit=${this.add}>
      <input id="title" name="title" aria-label="New threat" placeholder="Add a threat: what could go wrong?" maxlength=${LIMITS.title} autocomplete="off" />
      <select name="target" aria-label="What the new threat is on">
        ${targets.map(id => html`<option value=${id}>on ${labelOf(this.snapshot.things, id)}</option>`)}
      </select>
      <button class="primary">Add</button>
    </form>`;
  }

  private renderThreat(threat: Threat) {
    return html`<li>
      <button class="link threat" @click=${() => this.look(onThreat(threat), { panel: 'threats' })}>
        <b>${threatRef(threat)}</b><span>${threat.title}</span>
        <span class="quiet small">${THREAT_STATUS[threat.status]}</span>
      </button>
    </li>`;
  }

  private renderSuggestion(suggestion: Suggestion) {
    const { things } = this.snapshot;
    const rule = CATALOGUE.rule(suggestion.rule);
    return html`<li class="suggestion">
      <p>${CATALOGUE.title(suggestion.rule)}</p>
      <p class="small quiet">
        On ${labelOf(things, suggestion.target)}, because ${labelsOf(things, suggestion.why.flows)} ${suggestion.why.flows.length > 1 ? 'cross' : 'crosses'}
        ${labelsOf(things, suggestion.why.boundaries)}.
      </p>
      ${
        rule
          ? html`<details>
              <summary>What helps, and what to decide</summary>
              <p>${rule.control}</p>
              <p>${rule.safety_note}</p>
            </details>`
          : nothing
      }
      ${can.judge(this.desk.me.role) ? this.renderVerdict(suggestion) : nothing}
    </li>`;
  }

  private renderVerdict(suggestion: Suggestion) {
    if (this.dismissing === suggestion.id) {
      return html`<form class="dismiss" @submit=${(event: SubmitEvent) => this.dismiss(event, suggestion)}>
        <input id="reason" style="grid-column: 1" aria-label="Why it does not apply" placeholder="Does not apply, because …" maxlength=${LIMITS.reason} autocomplete="off" />
        <button class="primary">Dismiss</button>
        <button type="button" class="plain" @click=${() => (this.dismissing = null)}>Cancel</button>
      </form>`;
    }
    return html`<div class="row">
      <button @click=${(event: MouseEvent) => this.accept(event, suggestion)}>Accept as threat</button>
      <button class="plain" @click=${() => (this.dismissing = suggestion.id)}>Dismiss …</button>
    </div>`;
  }

  /** What was dismissed here stays in reach, with who said why; a verdict whose cause is gone is marked. */
  private renderJudged() {
    const { suggestions, triage, things } = this.snapshot;
    const judged = suggestions.filter(
      ({ id, target, stride }) =>
        stride === this.letter && isInRow(this.row.flow, target) && triage.get(id)?.verdict === 'dismissed',
    );
    if (judged.length === 0) return nothing;
    return html`<details>
      <summary>${judged.length} dismissed</summary>
      <ul>
        ${judged.map(({ id, rule, target, stale }) => {
          const { by, reason } = triage.get(id)!;
          return html`<li class="suggestion">
            <p>${CATALOGUE.title(rule)}</p>
            <p class="small quiet">On ${labelOf(things, target)}. ${by.name}: “${reason}”${stale ? ' The diagram has changed since.' : ''}</p>
            ${
              can.judge(this.desk.me.role)
                ? html`<div><button class="plain" @click=${() => undoVerdict(this.desk, id)}>Open again</button></div>`
                : nothing
            }
          </li>`;
        })}
      </ul>
    </details>`;
  }
}
