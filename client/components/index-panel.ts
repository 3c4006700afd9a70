/** `<sb-index>`: the index table, a row for each crossing flow and a column for each STRIDE letter, and the chosen cell below it. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { threatRef } from '#shared/document/threats.ts';
import { CATEGORY, LETTERS, type Letter } from '#shared/stride/letters.ts';
import type { Cell, Row } from '#shared/stride/matrix.ts';
import { onCell, onShapes } from '../session/focus.ts';
import { labelOf, labelsOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import type { CellDetail } from './cell-detail.ts';
import { type Reached, stepFrom } from './grid-keys.ts';
import { Panel } from './panel.ts';
import './cell-detail.ts';
import './letter.ts';
import './questions.ts';

/** Most threats that a cell names; the others are counted. */
const NAMED = 2;

@customElement('sb-index')
export class IndexPanel extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; grid-template-rows: minmax(0, auto) auto fit-content(50%); height: 100%; align-content: start; }
      :host(.chosen) { grid-template-rows: fit-content(48%) minmax(0, 1fr) fit-content(40%); align-content: stretch; }
      .table { overflow: auto; min-height: 0; }
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      thead th { position: sticky; top: 0; z-index: 1; background: var(--wa-color-surface-default); padding: 7px 0; font-weight: 600; text-align: center; box-shadow: inset 0 -1px var(--sb-line-strong); }
      thead th:first-child, tbody th { text-align: start; padding-inline: 12px 6px; }
      thead th:not(:first-child) { width: 40px; }
      tbody th, td { border-bottom: 1px solid var(--sb-line); vertical-align: top; font-weight: 400; }
      tbody th button.link { display: grid; gap: 1px; width: 100%; padding: 6px 0; justify-items: start; text-align: start; }
      tbody th button.link:hover:not(:disabled) { text-decoration: none; }
      tbody th b { color: var(--wa-color-text-normal); font-weight: 600; overflow-wrap: anywhere; }
      tbody th span { font-size: var(--sb-tiny); color: var(--sb-quiet); }
      tr.lit th { box-shadow: inset 3px 0 var(--sb-chosen-line); }
      tr.lit { background: var(--sb-chosen); }
      td { border-inline-start: 1px solid var(--sb-line); height: 1px; }
      td button { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 2px; width: 100%; height: 100%; min-height: 46px; padding: 4px 1px; border: 0; border-radius: 0; background: none; }
      td button[aria-pressed='true'] { box-shadow: inset 0 0 0 2px var(--sb-chosen-line); }
      td button:focus-visible { outline-offset: -3px; }
      tbody button { scroll-margin-top: 34px; }
      .ref { font-weight: 650; font-size: var(--sb-small); }
      .open { min-width: 18px; padding: 0 5px; border: 1px dotted var(--sb-quiet); border-radius: 9px; font-size: var(--sb-tiny); color: var(--sb-quiet); }
      .none { color: var(--sb-line-strong); }
      .empty { padding: 20px 16px; }
      .legend { padding: 8px 12px; }
      .legend .open { display: inline-block; text-align: center; }
      sb-questions { border-top: 1px solid var(--sb-line); overflow: auto; min-height: 0; }
      sb-cell { border-top: 1px solid var(--sb-line-strong); overflow: auto; min-height: 0; }
    `,
  ];

  /** The cell that the Tab key reaches. */
  @state() private reached: Reached = { row: 0, column: 0 };

  private readonly onKeyDown = (event: KeyboardEvent) => {
    const { row, column } = this.reached;
    const next = stepFrom(this.reached, event.key, this.snapshot.rows.length);
    if (next) {
      this.reached = next;
      this.updateComplete.then(() =>
        this.renderRoot.querySelector<HTMLElement>('tbody button[tabindex="0"]')?.focus(),
      );
    } else if (event.key === 'n' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // The same cell may be open already, so that choosing it again would move nothing.
      this.look(onCell(this.snapshot.rows[row]!.flow.id, LETTERS[Math.max(0, column)]!));
      this.updateComplete.then(() => this.renderRoot.querySelector<CellDetail>('sb-cell')?.compose());
    } else return;
    event.preventDefault();
  };

  override willUpdate() {
    const rows = this.snapshot.rows.length;
    if (this.reached.row >= rows) this.reached = { ...this.reached, row: Math.max(0, rows - 1) };
    const { cell } = this.looking;
    const chosen = cell !== null && this.snapshot.rows.some(({ flow }) => flow.id === cell.flow);
    this.classList.toggle('chosen', chosen);
  }

  /** The table makes room for the cell below it; what was chosen stays in sight. */
  override updated(changed: PropertyValues<this>) {
    if (!changed.has('looking') || !this.looking.cell) return;
    this.renderRoot.querySelector('td button[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const { rows } = this.snapshot;
    if (rows.length === 0) return this.renderEmpty();
    return html`
<div class="table"><table role="grid" aria-label="Index table: data flows that cross a trust boundary, by STRIDE category" @keydown=${this.onKeyDown}>
        <thead>
          <tr>
            <th scope="col">Data flow</th>
            ${LETTERS.map(letter => html`<th scope="col"><sb-letter letter=${letter}></sb-letter></th>`)}
          </tr>
        </thead>
        <tbody>${rows.map((row, index) => this.renderRow(row, index))}</tbody>
      </table></div>
      ${this.renderBelow()}
      ${this.renderQuestions()}
    `;
  }

  private renderRow({ flow, cells }: Row, index: number) {
    const { things } = this.snapshot;
    const arrow = flow.bidirectional ? '↔' : '→';
    return html`<tr class=${this.highlights.rows.has(flow.id) ? 'lit' : ''}>
      <th scope="row">
        <button
          class="link" tabindex=${this.reached.row === index && this.reached.column === -1 ? 0 : -1}
          @focus=${() => (this.reached = { row: index, column: -1 })} @click=${() => this.look(onShapes([flow.id]))}
        >
          <b>${labelOf(things, flow.id)}</b>
          <span>${labelOf(things, flow.source)} ${arrow} ${labelOf(things, flow.target)}</span>
          <span>crosses ${labelsOf(things, flow.crosses)}</span>
        </button>
      </th>
      ${LETTERS.map((letter, column) => this.renderCell(flow.id, letter, cells[letter], index, column))}
    </tr>`;
  }

  private renderCell(flow: string, letter: Letter, { threats, open }: Cell, row: number, column: number) {
    const { cell } = this.looking;
    const chosen = cell?.flow === flow && cell.letter === letter;
    const reached = this.reached.row === row && this.reached.column === column;
    const more = threats.length - NAMED;
    const named = threats.slice(0, NAMED).map(threatRef);
    // All that is seen, word for word: who speaks to the computer says what they see.
    const label =
      `${labelOf(this.snapshot.things, flow)}, ${CATEGORY[letter].name}: ` +
      `${named.join(', ') || 'no threats'}${more > 0 ? `, +${more}` : ''}, ${open.length} open suggestions`;
    return html`<td role="gridcell">
      <button
        aria-label=${label}
        aria-pressed=${chosen}
        tabindex=${reached ? 0 : -1}
        @focus=${() => (this.reached = { row, column })}
        @click=${() => this.look(onCell(flow, letter))}
      >
        ${named.map(ref => html`<span class="ref">${ref}</span> `)}
        ${more > 0 ? html`<span class="small">+${more}</span>` : nothing}
        ${open.length > 0 ? html`<span class="open">${open.length}</span>` : nothing}
        ${threats.length + open.length === 0 ? html`<span class="none">–</span>` : nothing}
      </button>
    </td>`;
  }

  private renderBelow() {
    const { cell } = this.looking;
    const row = cell && this.snapshot.rows.find(({ flow }) => flow.id === cell.flow);
    if (row) {
      return html`<sb-cell .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .row=${row} .letter=${cell.letter}></sb-cell>`;
    }
    return html`<p class="legend small quiet">
      <span class="ref">T1</span> a recorded threat, <span class="open">2</span> suggestions to judge.
      Choose a cell to see them and to add a threat.
    </p>`;
  }

  private renderQuestions() {
    return html`<sb-questions foldable .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking}></sb-questions>`;
  }

  private renderEmpty() {
    return html`<div class="empty stack">
      <h2>No data crosses a trust boundary yet</h2>
      <p class="quiet">
        Draw two elements, a trust boundary around one of them, and a data flow between them. Each flow that crosses a boundary
        gets a row here, with a cell for each STRIDE category.
      </p>
    </div>
    ${this.renderQuestions()}`;
  }
}
