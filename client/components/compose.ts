/** `<sb-compose>`: a line to add a threat of one letter, on one of the things that are at hand. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import type { Letter } from '#shared/stride/letters.ts';
import { addThreat, type Desk } from '../session/commands.ts';
import type { Snapshot } from '../session/snapshot.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';

@customElement('sb-compose')
export class Compose extends LitElement {
  static override styles = [
    controls,
    css`
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; }
      input { padding: 7px 9px; }
      select + button { grid-column: 2; }
      form:has(select) input { grid-column: 1 / -1; }
    `,
  ];

  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) snapshot!: Snapshot;
  @property() letter!: Letter;
  /** What it may be on, the likeliest first. */
  @property({ attribute: false }) targets: readonly string[] = [];

  @query('input') private titleField!: HTMLInputElement;
  @query('select') private targetField?: HTMLSelectElement;

  private place = '';

  private readonly add = (event: SubmitEvent) => {
    event.preventDefault();
    const title = this.titleField.value.trim();
    if (!title) return;
    const target = this.targetField?.value ?? this.targets[0]!;
    addThreat(this.desk, { title, stride: [this.letter], target });
    this.titleField.value = '';
    this.titleField.focus();
  };

  /** Takes the keyboard to it. */
  compose() {
    this.titleField.focus();
  }

  override updated() {
    const place = `${this.letter} ${this.targets[0]}`;
    if (place === this.place) return;
    this.place = place;
    if (this.targetField) this.targetField.selectedIndex = 0;
    this.compose();
  }

  override render() {
    const { things } = this.snapshot;
    return html`<form @submit=${this.add}>
      <input aria-label="New threat" placeholder="Add a threat: what could go wrong?" maxlength=${LIMITS.title} autocomplete="off" />
      ${
        this.targets.length > 1
          ? html`<select aria-label="What the new threat is on">
              ${this.targets.map(id => html`<option value=${id}>on ${labelOf(things, id)}</option>`)}
            </select>`
          : nothing
      }
      <button class="primary">Add</button>
    </form>`;
  }
}
