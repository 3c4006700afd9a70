/** `<sb-cell>`: one cell of the index table: its question, its threats, what the engine suggests, and a line to add a threat. */
import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { isProposing } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';
import { isInRow, type Row } from '#shared/stride/matrix.ts';
import { byTarget, type TargetGroup } from '../session/cells.ts';
import { decidedOn } from '../session/decided.ts';
import { onThreat } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import './compose.ts';
import type { Compose } from './compose.ts';
import { Panel } from './panel.ts';
import { recorded, recordedStyles } from './recorded.ts';
import './suggestions.ts';
import { symbol } from './symbol.ts';
import './verdicts.ts';

@customElement('sb-cell')
export class CellDetail extends Panel {
  static override styles = [
    controls,
    recordedStyles,
    css`
      :host { display: grid; gap: 12px; padding: 12px; align-content: start; }
      .suggested { display: grid; gap: 12px; }
      .suggested h4 { display: flex; align-items: center; gap: 6px; margin: 0; padding-bottom: 3px; border-bottom: 1px solid var(--sb-line-strong); font-weight: 600; }
      .suggested h4 .count { margin-inline-start: auto; font-weight: 400; white-space: nowrap; }
    `,
  ];

  @query('sb-compose') private line?: Compose;

  @property({ attribute: false }) row!: Row;
  @property() letter!: Letter;

  /** Takes the keyboard to the line that adds a threat. */
  compose() {
    this.line?.compose();
  }

  /** What the cell is about: the flow, and what is at its ends. */
  private get about(): string[] {
    const { id, source, target } = this.row.flow;
    return [id, source, target].filter(each => each !== null);
  }

  override render() {
    const { name, question } = CATEGORY[this.letter];
    const { threats, open } = this.row.cells[this.letter];
    const { suggestions, triage } = this.snapshot;
    const dismissed = suggestions.filter(
      ({ id, target, stride }) =>
        stride === this.letter && isInRow(this.row.flow, target) && triage.get(id)?.verdict === 'dismissed',
    );
    return html`
      <div>
        <h2>${labelOf(this.snapshot.things, this.row.flow.id)} · ${name}</h2>
        <p class="quiet">${question}</p>
      </div>
      ${
        can.addThreat(this.desk.me.role, isProposing(this.snapshot.info))
          ? html`<sb-compose .desk=${this.desk} .snapshot=${this.snapshot} .letter=${this.letter} .targets=${this.about}></sb-compose>`
          : nothing
      }
      ${recorded(threats, threat => this.look(onThreat(threat), { panel: 'threats' }))}
      ${
        open.length > 0
          ? html`<section class="suggested">
              <h3>Suggested here</h3>
              ${repeat(
                byTarget(open, this.about),
                ({ target }) => `${this.row.flow.id} ${this.letter} ${target}`,
                group => this.renderGroup(group),
              )}
            </section>`
          : nothing
      }
      <sb-verdicts
        .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .decided=${decidedOn(dismissed, this.snapshot)}
      ></sb-verdicts>
    `;
  }

  private renderGroup({ target, suggestions }: TargetGroup) {
    const { desk, snapshot, looking } = this;
    const kind = snapshot.things.get(target)?.kind;
    return html`<div>
      <h4>
        ${kind ? symbol(kind, 16) : nothing}
        <button class="link" title="Show on the board" @click=${() => this.show(target)}>${labelOf(snapshot.things, target)}</button>
        <span class="quiet small count">${suggestions.length} open</span>
      </h4>
      <sb-suggestions .desk=${desk} .snapshot=${snapshot} .looking=${looking} .suggestions=${suggestions}></sb-suggestions>
    </div>`;
  }
}
