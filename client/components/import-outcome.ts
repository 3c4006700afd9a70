/** `<sb-import-outcome>`: what came in with a file, and everything that could not be represented. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Brought, Imported } from '../session/exchange.ts';
import { controls } from '../theme/controls.ts';

/** Changes of one kind that are listed before "and so many more". */
const SHOWN = 12;

@customElement('sb-import-outcome')
export class ImportOutcome extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 16px; }
      .counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(92px, 1fr)); gap: 8px; }
      .counts div { padding: 8px 10px; border: 1px solid var(--sb-line); border-radius: 6px; }
      dt { font-size: var(--sb-small); color: var(--sb-quiet); }
      dd { font-size: 18px; font-weight: 650; font-variant-numeric: tabular-nums; }
      .list { max-height: 34vh; overflow: auto; border: 1px solid var(--sb-line); border-radius: 6px; }
      .list li { display: grid; gap: 1px; padding: 6px 10px; border-bottom: 1px solid var(--sb-line); }
      .list li:last-child { border: 0; }
      .where { font-family: ui-monospace, monospace; font-size: var(--sb-tiny); overflow-wrap: anywhere; }
      section { display: grid; gap: 6px; }
    `,
  ];

  @property({ attribute: false }) outcome!: Imported | Brought;

  override render() {
    const { counts, skipped } = this.outcome;
    return html`
      <dl class="counts">
        ${Object.entries(counts).map(([what, count]) => (count > 0 ? html`<div><dt>${LABELS[what as keyof typeof counts]}</dt><dd>${count}</dd></div>` : nothing))}
      </dl>
      ${'changes' in this.outcome ? this.renderChanges(this.outcome) : nothing}
      ${
        skipped.length > 0
          ? html`<section>
              <h2>${skipped.length} not shown as the file has it</h2>
              <ul class="list" tabindex="0" aria-label="What is not shown as the file has it">
                ${skipped.map(
                  ({ what, why, where }) => html`<li>
                    <span>${what}</span><span class="small quiet">${why}</span>
                    ${where ? html`<span class="where quiet">${where}</span>` : nothing}
                  </li>`,
                )}
              </ul>
            </section>`
          : html`<p class="quiet">Everything in the file is shown.</p>`
      }
    `;
  }

  private renderChanges({ changes: { added, changed, missing }, unchanged, skipped }: Brought) {
    const nothingNew = added.length + changed.length === 0;
    return html`
      ${nothingNew ? html`<p>${skipped.length > 0 ? 'Nothing in it is new.' : 'The session has all of it already.'}</p>` : nothing}
      ${this.renderList('New', added)} ${this.renderList('Changed', changed)}
      ${this.renderList('In the session and not in the file; they stay', missing)}
      ${unchanged > 0 && !nothingNew ? html`<p class="small quiet">${unchanged} ${unchanged === 1 ? 'is' : 'are'} the same.</p>` : nothing}
    `;
  }

  private renderList(heading: string, changes: Brought['changes']['added']) {
    if (changes.length === 0) return nothing;
    return html`<section>
      <h2>${heading} (${changes.length})</h2>
      <ul class="list" tabindex="0" aria-label=${heading}>
        ${changes.slice(0, SHOWN).map(
          ({ kind, name, what }) => html`<li>
            <span>${name || 'Unnamed'} <span class="quiet small">${kind}</span></span>
            ${what.length > 0 ? html`<span class="small quiet">${what.join(', ')}</span>` : nothing}
          </li>`,
        )}
        ${changes.length > SHOWN ? html`<li class="quiet small">and ${changes.length - SHOWN} more</li>` : nothing}
      </ul>
    </section>`;
  }
}

const LABELS: Record<keyof Imported['counts'], string> = {
  diagrams: 'Diagrams',
  elements: 'Elements',
  flows: 'Data flows',
  boundaries: 'Boundaries',
  threats: 'Threats',
  notes: 'Notes',
};
