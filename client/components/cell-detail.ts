/** `<sb-cell>`: one cell of the index table: its question, its threats, what the engine suggests, and a line to add a threat. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import { THREAT_STATUS, type Threat, threatRef } from '#shared/document/threats.ts';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';
import { isInRow, type Row } from '#shared/stride/matrix.ts';
import { byTarget, type TargetGroup } from '../session/cells.ts';
import { addThreat, undoVerdict } from '../session/commands.ts';
import { onThreat } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { titleOf } from '../session/words.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import './suggestion.ts';
import { symbol } from './symbol.ts';
import { changedSince } from './words.ts';

/** Most suggestions of one thing that are shown before somebody asks for more. */
const SHOWN = 3;

@customElement('sb-cell')
export class CellDetail extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 12px; padding: 12px; align-content: start; }
      h3 { font-size: var(--sb-small); font-weight: 600; color: var(--sb-quiet); }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; }
      form input { grid-column: 1 / -1; padding: 7px 9px; }
      li { padding: 7px 0; border-bottom: 1px solid var(--sb-line); }
      li:last-child { border: 0; }
      .threat { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 8px; width: 100%; }
      .suggested { display: grid; gap: 12px; }
      .suggested h4 { display: flex; align-items: center; gap: 6px; margin: 0; padding-bottom: 3px; border-bottom: 1px solid var(--sb-line-strong); font-weight: 600; }
      .suggested h4 .count { margin-inline-start: auto; font-weight: 400; }
      .judged { display: grid; gap: 4px; }
      .judged p:first-child { font-weight: 600; }
      .judged .named { display: inline; }
      summary { cursor: pointer; color: var(--sb-quiet); font-size: var(--sb-small); }
    `,
  ];

  @query('#title') private titleField?: HTMLInputElement;
  @query('[name=target]') private targetField?: HTMLSelectElement;

  @property({ attribute: false }) row!: Row;
  @property() letter!: Letter;

  /** Things of which all suggestions are shown. */
  @state() private unfolded: ReadonlySet<string> = new Set();

  private readonly add = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const title = String(data.get('title')).trim();
    if (!title) return;
    addThreat(this.desk, { title, stride: [this.letter], target: String(data.get('target')) });
    this.titleField!.value = '';
    this.titleField!.focus();
  };

  /** Takes the keyboard to the line that adds a threat. */
  compose() {
    this.titleField?.focus();
  }

  /** Whether another cell is shown than before. */
  private hasMoved(changed: PropertyValues<this>): boolean {
    return changed.has('letter') || (changed.has('row') && changed.get('row')?.flow.id !== this.row.flow.id);
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (this.hasMoved(changed)) this.unfolded = new Set();
  }

  override updated(changed: PropertyValues<this>) {
    if (!this.hasMoved(changed)) return;
    if (this.targetField) this.targetField.selectedIndex = 0;
    this.compose();
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
      ${open.length > 0 ? this.renderSuggested() : nothing}
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

  private renderSuggested() {
    const { flow, cells } = this.row;
    const groups = byTarget(cells[this.letter].open, [flow.id, flow.source, flow.target]);
    return html`<section class="suggested">
      <h3>Suggested here</h3>
      ${repeat(
        groups,
        ({ target }) => target,
        group => this.renderGroup(group),
      )}
    </section>`;
  }

  private renderGroup({ target, suggestions }: TargetGroup) {
    const { desk, snapshot, looking } = this;
    const kind = snapshot.things.get(target)?.kind;
    const label = labelOf(snapshot.things, target);
    const more = this.unfolded.has(target) ? 0 : Math.max(0, suggestions.length - SHOWN);
    return html`<div>
      <h4>
        ${kind ? symbol(kind, 16) : nothing}
        <button class="link" title="Show on the board" @click=${() => this.show(target)}>${label}</button>
        <span class="quiet small count">${suggestions.length} open</span>
      </h4>
      <ul>
        ${repeat(
          suggestions.slice(0, suggestions.length - more),
          ({ id }) => id,
          suggestion =>
            html`<li><sb-suggestion .desk=${desk} .snapshot=${snapshot} .looking=${looking} .suggestion=${suggestion}></sb-suggestion></li>`,
        )}
      </ul>
      ${
        more > 0
          ? html`<button class="plain" @click=${() => (this.unfolded = new Set([...this.unfolded, target]))}>${more} more<span class="visually-hidden"> on ${label}</span></button>`
          : nothing
      }
    </div>`;
  }

  /** What was dismissed here stays in reach, with who said why; a verdict whose cause is gone is marked. */
  private renderJudged() {
    const { suggestions, triage, things, catalogue } = this.snapshot;
    const judged = suggestions.filter(
      ({ id, target, stride }) =>
        stride === this.letter && isInRow(this.row.flow, target) && triage.get(id)?.verdict === 'dismissed',
    );
    if (judged.length === 0) return nothing;
    return html`<details>
      <summary>${judged.length} dismissed</summary>
      <ul>
        ${judged.map(suggestion => {
          const { id, rule, target, stale } = suggestion;
          const { by, reason } = triage.get(id)!;
          return html`<li class="judged">
            <p>${titleOf(rule, catalogue)}</p>
            <p class="small quiet">On ${labelOf(things, target)}. ${by.name}: “${reason}”</p>
            ${stale ? html`<p class="small">${changedSince(suggestion, this.snapshot, this.show)}</p>` : nothing}
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
