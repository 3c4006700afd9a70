/** `<sb-findings>`: what is odd about the diagram, by what it is; of many places the first few. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { FINDINGS, type Finding, type FindingCode } from '#shared/dfd/model.ts';
import { onShapes } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';

/** Places of one kind that are shown before "and so many more". */
const SHOWN = 4;
/** Places that are added by each click on that, so that a board of thousands is never listed at once. */
const MORE = 50;

@customElement('sb-findings')
export class Findings extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 7px; }
      :host([hidden]) { display: none; }
      .kinds { display: grid; gap: 10px; }
      .kinds > li { display: grid; gap: 3px; padding-inline-start: 9px; border-inline-start: 3px solid var(--wa-color-warning-border-loud); }
      .places { display: flex; flex-wrap: wrap; gap: 2px 12px; }
      .places button { overflow-wrap: anywhere; }
      .count { font-variant-numeric: tabular-nums; }
    `,
  ];

  @state() private shown: Partial<Record<FindingCode, number>> = {};

  override willUpdate() {
    this.hidden = this.snapshot.model.findings.length === 0;
  }

  override render() {
    const { findings } = this.snapshot.model;
    if (findings.length === 0) return nothing;
    const byCode = new Map<FindingCode, Finding[]>();
    for (const finding of findings) {
      const known = byCode.get(finding.code);
      if (known) known.push(finding);
      else byCode.set(finding.code, [finding]);
    }
    return html`
      <h2>To look at in the diagram</h2>
      <ul class="kinds">${[...byCode].map(([code, places]) => this.renderKind(code, places))}</ul>
    `;
  }

  private renderKind(code: FindingCode, places: Finding[]) {
    const most = this.shown[code] ?? SHOWN;
    const rest = places.length - most;
    const more = () => {
      this.shown = { ...this.shown, [code]: most + MORE };
    };
    return html`<li>
      <p>${FINDINGS[code]} ${places.length > 1 ? html`<span class="count quiet small">${places.length} times</span>` : nothing}</p>
      <ul class="places">
        ${places.slice(0, most).map(
          ({ on }) => html`<li>
            <button class="link" @click=${() => this.look(onShapes([on]))}>${labelOf(this.snapshot.things, on)}</button>
          </li>`,
        )}
        ${rest > 0 ? html`<li><button class="link quiet" @click=${more}>and ${rest} more</button></li>` : nothing}
      </ul>
    </li>`;
  }
}
