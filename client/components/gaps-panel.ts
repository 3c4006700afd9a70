/** `<sb-gaps>`: every element and flow by the letters that are asked of its kind, and which of them nobody has considered. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { KINDS } from '#shared/dfd/kinds.ts';
import { isElement, kindOf } from '#shared/dfd/model.ts';
import { threatRef } from '#shared/document/threats.ts';
import { type Consideration, type GapRow, gapsOf } from '#shared/stride/gaps.ts';
import { CATEGORY, LETTERS, type Letter } from '#shared/stride/letters.ts';
import { onCell, onShapes } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import './gap-detail.ts';
import { type Reached, stepFrom } from './grid-keys.ts';
import './letter.ts';
import { Panel } from './panel.ts';

/** How many letters of some rows are considered, and of how many; only those that are asked of each kind count. */
function tally(rows: readonly GapRow[]): [considered: number, of: number] {
  const all = rows.flatMap(({ letters }) => [...letters.values()]);
  return [all.filter(({ state }) => state !== 'open').length, all.length];
}

@customElement('sb-gaps')
export class GapsPanel extends Panel {
  static override styles = [
    controls,
    css`
      :host { container-type: inline-size; display: grid; grid-template-rows: auto minmax(0, auto) auto; height: 100%; min-height: 0; align-content: start; }
      :host(.chosen) { grid-template-rows: auto fit-content(52%) minmax(0, 1fr); align-content: stretch; }
      .tally { display: grid; gap: 4px; padding: 0 12px 8px; }
      .bar { height: 4px; border-radius: 2px; background: var(--sb-line); overflow: hidden; }
      .bar div { height: 100%; background: var(--sb-chosen-line); }
      .table { overflow: auto; min-height: 0; }
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      thead th { position: sticky; top: 0; z-index: 1; background: var(--wa-color-surface-default); padding: 6px 0; font-weight: 600; text-align: center; box-shadow: inset 0 -1px var(--sb-line-strong); }
      thead th:first-child, tbody th { text-align: start; padding-inline: 12px 6px; }
      thead th:not(:first-child) { width: clamp(26px, 8cqi, 36px); }
      tbody th, td { border-bottom: 1px solid var(--sb-line); font-weight: 400; }
      tbody th button.link { display: grid; gap: 0; width: 100%; padding: 4px 0; justify-items: start; }
      tbody th b { color: var(--wa-color-text-normal); font-weight: 600; overflow-wrap: anywhere; }
      tbody th span { font-size: var(--sb-tiny); color: var(--sb-quiet); }
      .fold th { padding-block: 6px; }
      tbody .fold button.link { display: inline-flex; width: auto; gap: 6px; padding: 0; }
      .fold svg { width: 12px; }
      .fold [aria-expanded='true'] svg { transform: rotate(90deg); }
      tr.lit { background: var(--sb-chosen); }
      tr.lit th { box-shadow: inset 3px 0 var(--sb-chosen-line); }
      td { border-inline-start: 1px solid var(--sb-line); height: 1px; padding: 0; text-align: center; }
      td.blank { background: var(--wa-color-surface-lowered); }
      td:focus-visible { outline-offset: -3px; }
      td button { justify-content: center; width: 100%; height: 100%; min-height: 34px; padding: 2px 0; border: 0; border-radius: 0; background: none; font-size: var(--sb-small); flex-wrap: wrap; gap: 0 3px; }
      td button[aria-pressed='true'] { box-shadow: inset 0 0 0 2px var(--sb-chosen-line); }
      td button:focus-visible { outline-offset: -3px; }
      tbody button { scroll-margin-top: 34px; }
      .ref { font-weight: 650; }
      .open { display: inline-block; width: 9px; height: 9px; border: 1px solid var(--sb-quiet); border-radius: 50%; }
      .open.more { border-style: dashed; }
      .legend { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 8px 12px; }
      .legend span { display: inline-flex; align-items: center; gap: 4px; }
      sb-gap { border-top: 1px solid var(--sb-line-strong); overflow: auto; min-height: 0; }
      .empty { padding: 8px 16px; }
    `,
  ];

  @state() private reached: Reached = { row: 0, column: 0 };
  /** Whether the flows are listed too. */
  @state() private unfolded = false;

  private rows: GapRow[] = [];

  private get listed(): GapRow[] {
    return this.unfolded ? this.rows : this.rows.filter(({ thing }) => isElement(thing));
  }

  private readonly onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest('.fold')) return;
    const next = stepFrom(this.reached, event.key, this.listed.length);
    if (!next) return;
    event.preventDefault();
    this.reached = next;
    this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.stop')?.focus());
  };

  override willUpdate(changed: PropertyValues<this>) {
    const before = changed.get('snapshot');
    const { model, threats, suggestions, triage, heirs } = this.snapshot;
    const isSame =
      before?.model === model &&
      before.threats === threats &&
      before.suggestions === suggestions &&
      before.triage === triage &&
      before.heirs === heirs;
    if (changed.has('snapshot') && !isSame) this.rows = gapsOf(model, threats, suggestions, triage, heirs);
    // A flow that is chosen elsewhere is not hidden here.
    if (changed.has('looking') && this.rows.some(row => !isElement(row.thing) && row === this.chosen))
      this.unfolded = true;
    const last = Math.max(0, this.listed.length - 1);
    if (this.reached.row > last) this.reached = { ...this.reached, row: last };
    this.classList.toggle('chosen', this.chosen !== undefined);
  }

  /** The row of the chosen cell; a letter that is not asked of it is no choice here. */
  private get chosen(): GapRow | undefined {
    const { cell } = this.looking;
    return cell
      ? this.rows.find(
          ({ thing, letters, beyond }) =>
            thing.id === cell.flow && (letters.has(cell.letter) || beyond.has(cell.letter)),
        )
      : undefined;
  }

  override updated(changed: PropertyValues<this>) {
    if (!changed.has('looking') || !this.looking.cell) return;
    this.renderRoot.querySelector('td button[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    if (this.rows.length === 0)
      return html`<p class="empty quiet">Nothing is drawn yet. Each element and each data flow gets a row here.</p>`;
    const [considered, of] = tally(this.rows);
    const elements = this.rows.filter(({ thing }) => isElement(thing));
    const flows = this.rows.filter(row => !isElement(row.thing));
    return html`
      <div class="tally small">
        <p><b>${considered} of ${of}</b> letters are considered.</p>
        <div class="bar" aria-hidden="true"><div style="width: ${of === 0 ? 0 : (100 * considered) / of}%"></div></div>
      </div>
      <div class="table"><table role="grid" aria-label="Elements and data flows, by STRIDE category" @keydown=${this.onKeyDown}>
        <thead>
          <tr>
            <th scope="col">Element</th>
            ${LETTERS.map(letter => html`<th scope="col"><sb-letter letter=${letter}></sb-letter></th>`)}
          </tr>
        </thead>
        <tbody>
          ${elements.map((row, index) => this.renderRow(row, index))}
          ${flows.length > 0 ? this.renderFold(flows) : nothing}
          ${this.unfolded ? flows.map((row, index) => this.renderRow(row, elements.length + index)) : nothing}
        </tbody>
      </table></div>
      ${this.renderBelow()}
    `;
  }

  private renderFold(flows: GapRow[]) {
    const [considered, of] = tally(flows);
    return html`<tr class="fold"><th colspan=${LETTERS.length + 1}>
      <button class="link" aria-expanded=${this.unfolded} @click=${() => (this.unfolded = !this.unfolded)}>
        ${icon('chevron')} <b>${flows.length} data ${flows.length === 1 ? 'flow' : 'flows'}</b> <span>${considered} of ${of} letters</span>
      </button>
    </th></tr>`;
  }

  private renderRow(row: GapRow, index: number) {
    const { id } = row.thing;
    const at = (column: number) => this.reached.row === index && this.reached.column === column;
    return html`<tr class=${this.looking.shapes.includes(id) ? 'lit' : ''}>
      <th scope="row">
        <button
          class="link ${at(-1) ? 'stop' : ''}" tabindex=${at(-1) ? 0 : -1}
          @focus=${() => (this.reached = { row: index, column: -1 })} @click=${() => this.look(onShapes([id]))}
        >
          <b>${labelOf(this.snapshot.things, id)}</b><span>${KINDS[kindOf(row.thing)].label}</span>
        </button>
      </th>
      ${LETTERS.map((letter, column) => this.renderCell(row, letter, { row: index, column }, at(column)))}
    </tr>`;
  }

  private renderCell(row: GapRow, letter: Letter, at: Reached, stop: boolean) {
    const { id } = row.thing;
    const reach = () => (this.reached = at);
    const found = row.letters.get(letter) ?? row.beyond.get(letter);
    if (!found) {
      return html`<td
        role="gridcell" class="blank ${stop ? 'stop' : ''}" tabindex=${stop ? 0 : -1} @focus=${reach}
        aria-label="${CATEGORY[letter].name} is not asked of ${KINDS[kindOf(row.thing)].label.toLowerCase()}s"
      ></td>`;
    }
    const { cell } = this.looking;
    const [content, word] = shown(found, row.letters.has(letter));
    return html`<td role="gridcell"><button
      class=${stop ? 'stop' : ''} tabindex=${stop ? 0 : -1} aria-pressed=${cell?.flow === id && cell.letter === letter}
      aria-label="${labelOf(this.snapshot.things, id)}, ${CATEGORY[letter].name}: ${word}"
      title=${found.state === 'does-not-apply' || !row.letters.has(letter) ? word : nothing}
      @focus=${reach} @click=${() => this.look(onCell(id, letter))}
    >${content}</button></td>`;
  }

  private renderBelow() {
    const row = this.chosen;
    const { cell } = this.looking;
    if (row && cell) {
      return html`<sb-gap
        .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .thing=${row.thing} .letter=${cell.letter}
      ></sb-gap>`;
    }
    return html`<p class="legend small quiet">
      <span><span class="ref">T1</span> a threat</span> <span>${icon('check')} suggestions judged</span>
      <span>n/a does not apply</span> <span><span class="open"></span> not considered yet</span>
    </p>`;
  }
}

/** What a cell shows, and the same in words. */
function shown(found: Consideration, asked: boolean): [content: unknown, words: string] {
  switch (found.state) {
    case 'threat': {
      const [first, ...more] = found.threats.map(threatRef);
      const rest = more.length > 0 ? `+${more.length}` : '';
      return [
        html`<span class="ref">${first}</span>${rest ? html`<span>${rest}</span>` : nothing}`,
        `${first}${rest && `, ${rest}`}`,
      ];
    }
    case 'judged':
      return [icon('check'), 'suggestions judged'];
    case 'does-not-apply':
      return ['n/a', `n/a, does not apply: ${found.verdict.reason}`];
    case 'open':
      return asked
        ? [html`<span class="open"></span>`, 'not considered']
        : [html`<span class="open more"></span>`, 'suggested, though not asked of its kind'];
  }
}
