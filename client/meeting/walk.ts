/** `<sb-walk>`: the crossings one by one, everybody at the same one: what is suggested and what is recorded there, and how many are done. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import { LETTERS } from '#shared/stride/letters.ts';
import { isInRow, type Row } from '#shared/stride/matrix.ts';
import { recorded, recordedStyles } from '../components/recorded.ts';
import '../components/suggestions.ts';
import { editSession } from '../session/commands.ts';
import { onShapes, onThreat } from '../session/focus.ts';
import { labelOf, labelsOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { MeetingPart } from './part.ts';

@customElement('sb-walk')
export class Walk extends MeetingPart {
  static override styles = [
    controls,
    recordedStyles,
    css`
      :host { display: grid; gap: 10px; }
      .steps { display: flex; flex-wrap: wrap; gap: 3px; }
      .steps [role='listitem'] > * { width: 26px; height: 24px; min-height: 0; padding: 0; border: 1px solid var(--sb-line-strong); border-radius: 3px; justify-content: center; display: grid; place-items: center; font-size: var(--sb-tiny); background: none; }
      .steps .covered { background: var(--wa-color-neutral-fill-normal); }
      .steps [aria-current] { outline: 2px solid var(--sb-chosen-line); outline-offset: 1px; font-weight: 700; }
      .where { display: grid; gap: 2px; }
      .where b { font-size: 15px; overflow-wrap: anywhere; }
      details summary { cursor: pointer; font-weight: 600; font-size: var(--sb-small); }
    `,
  ];

  /** While people are to think for themselves, what others thought of stands back. */
  @state() private unfolded = false;

  override render() {
    const { rows, info, threats } = this.snapshot;
    if (rows.length === 0)
      return html`<p class="quiet">No flow crosses a trust boundary yet: there is nothing to step through.</p>`;
    const covered = rows.filter(({ flow }) => info.covered.includes(flow.id)).length;
    const row = rows.find(({ flow }) => flow.id === info.crossing);
    return html`
      <div class="stack">
        <div class="row spread">
          <h2>Crossings</h2>
          <span class="quiet small">${covered} of ${rows.length} done</span>
        </div>
        ${this.renderSteps(rows)}
        ${can.facilitate(this.desk.me.role) ? this.renderControls(rows, row) : nothing}
      </div>
      ${row ? this.renderRow(row) : html`<p class="quiet">${can.facilitate(this.desk.me.role) ? 'Go to the first crossing to begin.' : 'The moderator has not chosen a crossing yet.'}</p>`}
      ${
        row && !info.round
          ? this.renderKnown(
              row,
              threats.filter(({ target, into }) => !into && isInRow(row.flow, target)),
            )
          : nothing
      }
    `;
  }

  private go(row: Row | undefined, done?: string) {
    const { covered } = this.snapshot.info;
    editSession(this.desk, {
      crossing: row?.flow.id ?? '',
      ...(done && { covered: [...covered.filter(id => id !== done), done] }),
    });
  }

  private renderSteps(rows: readonly Row[]) {
    const { info, things } = this.snapshot;
    const leads = can.facilitate(this.desk.me.role);
    return html`<div class="steps" role="list" aria-label="Crossings, ${rows.length}">
      ${rows.map((row, index) => {
        const { id } = row.flow;
        const covered = info.covered.includes(id);
        const label = `${index + 1}: ${labelOf(things, id)}${covered ? ', done' : ''}`;
        const current = id === info.crossing ? 'step' : nothing;
        return html`<span role="listitem" style="display: contents">${
          leads
            ? html`<button class=${covered ? 'covered' : ''} aria-current=${current} aria-label=${label} title=${label} @click=${() => this.go(row)}>${covered ? '✓' : index + 1}</button>`
            : html`<span class=${covered ? 'covered' : ''} aria-current=${current} role="img" aria-label=${label} title=${label}>${covered ? '✓' : index + 1}</span>`
        }</span>`;
      })}
    </div>`;
  }

  private renderControls(rows: readonly Row[], row: Row | undefined) {
    const { covered } = this.snapshot.info;
    const at = row ? rows.indexOf(row) : -1;
    const open = (from: number) =>
      [...rows.slice(from + 1), ...rows.slice(0, from + 1)].find(
        ({ flow }) => !covered.includes(flow.id) && flow.id !== row?.flow.id,
      );
    const next = open(at);
    return html`<div class="row">
      <button ?disabled=${at <= 0} @click=${() => this.go(rows[at - 1])}>Back</button>
      ${
        row
          ? html`<button class="primary" @click=${() => this.go(next, row.flow.id)}>${next ? 'Done, next crossing' : 'Done, that was the last'}</button>`
          : html`<button class="primary" ?disabled=${!next} @click=${() => this.go(next)}>Go to the first crossing</button>`
      }
    </div>`;
  }

  private renderRow({ flow }: Row) {
    const { things } = this.snapshot;
    return html`<div class="where">
      <b>${labelOf(things, flow.id)}</b>
      <span>${labelOf(things, flow.source)} ${flow.bidirectional ? '↔' : '→'} ${labelOf(things, flow.target)}</span>
      <span class="quiet small">crosses ${labelsOf(things, flow.crosses)}</span>
      <span><button class="link small" @click=${() => this.look(onShapes([flow.id]))}>Show on the board</button></span>
    </div>`;
  }

  private renderKnown({ cells }: Row, threats: Parameters<typeof recorded>[0]) {
    const open = LETTERS.flatMap(letter => cells[letter].open).sort((a, b) => b.rank - a.rank);
    return html`
      ${recorded(threats, threat => this.look(onThreat(threat), { panel: 'threats' }))}
      ${
        open.length > 0
          ? html`<details ?open=${this.unfolded} @toggle=${(event: Event) => (this.unfolded = (event.target as HTMLDetailsElement).open)}>
              <summary>${open.length} suggestions</summary>
              <sb-suggestions .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .suggestions=${open}></sb-suggestions>
            </details>`
          : nothing
      }
    `;
  }
}
