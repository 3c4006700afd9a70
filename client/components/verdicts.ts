/**
 * `<sb-verdicts>`: what was decided, folded into one line: it stays in reach, with who said why, and with what changed since where
 * the cause is gone.
 */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { can } from '#shared/document/rights.ts';
import { CATEGORY } from '#shared/stride/letters.ts';
import { undoVerdict } from '../session/commands.ts';
import type { Decided } from '../session/decided.ts';
import { labelOf } from '../session/things.ts';
import { titleOf } from '../session/words.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import { changedSince } from './words.ts';

@customElement('sb-verdicts')
export class Verdicts extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: block; }
      :host([hidden]) { display: none; }
      summary { cursor: pointer; color: var(--sb-quiet); font-size: var(--sb-small); width: fit-content; }
      li { display: grid; gap: 4px; padding: 7px 0; border-bottom: 1px solid var(--sb-line); overflow-wrap: anywhere; }
      li:last-child { border: 0; }
      .title { font-weight: 600; }
      .named { display: inline; }
      .note { padding-top: 6px; }
    `,
  ];

  @property({ attribute: false }) decided: readonly Decided[] = [];
  /** What the fold is called, by how many there are. */
  @property({ attribute: false }) label: (count: number) => string = count => `${count} dismissed`;
  /** What there is to know about all of them. */
  @property() note = '';

  override willUpdate() {
    // What says nothing takes no room.
    this.hidden = this.decided.length === 0;
  }

  override render() {
    if (this.hidden) return nothing;
    return html`<details>
      <summary>${this.label(this.decided.length)}</summary>
      ${this.note ? html`<p class="small quiet note">${this.note}</p>` : nothing}
      <ul>
        ${repeat(
          this.decided,
          ({ verdict }) => verdict.id,
          decided => this.renderOne(decided),
        )}
      </ul>
    </details>`;
  }

  private renderOne(decided: Decided) {
    const { things, catalogue } = this.snapshot;
    const { id, verdict, by, reason } = decided.verdict;
    const suggestion = 'suggestion' in decided ? decided.suggestion : null;
    const [title, target] =
      'letter' in decided
        ? [`${CATEGORY[decided.letter].name} does not apply`, decided.thing]
        : [titleOf(decided.suggestion.rule, catalogue), decided.suggestion.target];
    return html`<li>
      <p class="title">${title}</p>
      <p class="small quiet">
        ${suggestion && !things.has(target) ? nothing : `On ${labelOf(things, target)}. `}${verdict === 'accepted' ? `Accepted by ${by.name}.` : `${by.name}: “${reason}”`}
      </p>
      ${suggestion?.stale ? html`<p class="small">${changedSince(suggestion, this.snapshot, this.show)}</p>` : nothing}
      ${
        can.judge(this.desk.me.role)
          ? html`<div><button class="plain flush" @click=${() => undoVerdict(this.desk, id)}>Open again<span class="visually-hidden">: ${title}</span></button></div>`
          : nothing
      }
    </li>`;
  }
}
