/**
 * `<sb-propose>`: a line to write down what could go wrong, with the letters for who knows them. What is being typed is kept in this
 * browser until it is sent.
 *
 * @fires sb-propose `{ title, stride, target }`
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import { CATEGORY, LETTERS, type Letter } from '#shared/stride/letters.ts';
import '../components/letter.ts';
import type { Snapshot } from '../session/snapshot.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';

export interface Proposal {
  title: string;
  stride: Letter[];
  target: string;
}

@customElement('sb-propose')
export class Propose extends LitElement {
  static override styles = [
    controls,
    css`
      form { display: grid; gap: 7px; }
      textarea { min-height: 0; field-sizing: content; padding: 8px 9px; resize: none; }
      .row { flex-wrap: wrap; gap: 6px 10px; }
      .letters { display: flex; gap: 3px; }
      .letters button { width: 26px; padding: 0; justify-content: center; color: var(--sb-quiet); font-weight: 650; }
      .letters button[aria-pressed='true'] { border-color: transparent; background: none; }
      select { flex: 1 1 120px; width: auto; min-width: 0; text-overflow: ellipsis; }
    `,
  ];

  @property({ attribute: false }) snapshot!: Snapshot;
  /** What it may be on, the likeliest first. */
  @property({ attribute: false, hasChanged: (now, before) => String(now) !== String(before) })
  targets: readonly string[] = [];
  /** Under which name what is typed is kept. */
  @property() keep = '';
  @property() action = 'Add threat';

  @query('textarea') private field!: HTMLTextAreaElement;
  @query('select') private place?: HTMLSelectElement;
  @state() private stride: readonly Letter[] = [];

  override firstUpdated() {
    this.field.value = localStorage.getItem(this.keep) ?? '';
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('targets') && this.place) this.place.selectedIndex = 0;
  }

  private readonly onInput = () => localStorage.setItem(this.keep, this.field.value);

  private readonly onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  };

  private readonly onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    this.send();
  };

  private send() {
    const title = this.field.value.trim().replace(/\s+/g, ' ');
    this.field.focus();
    if (!title) return;
    const proposal: Proposal = {
      title,
      stride: [...this.stride],
      target: this.place?.value ?? this.targets[0] ?? '',
    };
    this.dispatchEvent(new CustomEvent('sb-propose', { detail: proposal }));
    this.field.value = '';
    localStorage.removeItem(this.keep);
    this.stride = [];
  }

  override render() {
    const toggle = (letter: Letter) =>
      (this.stride = LETTERS.filter(each => (each === letter) !== this.stride.includes(each)));
    return html`<form @submit=${this.onSubmit}>
      <textarea
        rows="2" aria-label="New threat" placeholder="What could go wrong here? Enter adds it." maxlength=${LIMITS.title}
        @input=${this.onInput} @keydown=${this.onKeyDown}
      ></textarea>
      <div class="row">
        <span class="letters" role="group" aria-label="Categories, if you know them">
          ${LETTERS.map(
            letter => html`<button
              type="button" aria-pressed=${this.stride.includes(letter)} aria-label=${CATEGORY[letter].name}
              title="${CATEGORY[letter].name}: ${CATEGORY[letter].question}" @click=${() => toggle(letter)}
                        >${this.stride.includes(letter) ? html`<sb-letter letter=${letter}></sb-letter>` : letter}</button>`,
          )}
        </span>
        ${
          this.targets.length > 1
            ? html`<select aria-label="What the new threat is on">
                ${this.targets.map(target => html`<option value=${target}>on ${labelOf(this.snapshot.things, target)}</option>`)}
              </select>`
            : nothing
        }
        <button class="primary">${this.action}</button>
      </div>
    </form>`;
  }
}
