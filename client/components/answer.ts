/**
 * `<sb-answer>`: the answers to a question: buttons for a few, a list for more, boxes where several may be true. A list and boxes
 * have a button of their own, so that who walks through them by keyboard answers nothing on the way.
 *
 * @fires sb-answer `{ value }`, a string or several
 */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Attribute } from '#shared/dfd/attributes.ts';
import { choices } from '../theme/choices.ts';
import { controls } from '../theme/controls.ts';

/** Most answers that get a button each. */
const BUTTONS = 4;

@customElement('sb-answer')
export class Answer extends LitElement {
  static override styles = [
    controls,
    choices,
    css`
      :host { display: block; min-width: 0; }
      .buttons { display: flex; flex-wrap: wrap; gap: 6px; }
      form { display: grid; gap: 6px; }
      .boxes { justify-items: start; }
      .list { grid-template-columns: minmax(0, 1fr) auto; }
      fieldset { width: 100%; }
      .many { max-height: 150px; overflow: auto; width: 100%; padding: 3px; }
    `,
  ];

  @property({ attribute: false }) attribute!: Attribute;

  private answer(value: string | string[]) {
    this.dispatchEvent(new CustomEvent('sb-answer', { detail: { value } }));
  }

  private readonly onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const values = new FormData(event.target as HTMLFormElement).getAll('value').map(String);
    if (values.length > 0) this.answer(this.attribute.many ? values : values[0]!);
  };

  override render() {
    const { label, question, values = [], many } = this.attribute;
    if (many) {
      return html`<form class="boxes" @submit=${this.onSubmit}>
        <fieldset>
          <legend class="visually-hidden">${question}</legend>
          <div class="many">
            ${values.map(option => html`<label><input type="checkbox" name="value" value=${option.value} />${option.label}</label>`)}
          </div>
        </fieldset>
        <button>Answer</button>
      </form>`;
    }
    if (values.length > BUTTONS) {
      return html`<form class="list" @submit=${this.onSubmit}>
        <select name="value" required aria-label="${label}: ${question}">
          <option value="" disabled selected>Choose …</option>
          ${values.map(option => html`<option value=${option.value}>${option.label}</option>`)}
        </select>
        <button>Answer</button>
      </form>`;
    }
    return html`<div class="buttons" role="group" aria-label=${question}>
      ${values.map(
        option => html`<button
          @click=${({ detail }: MouseEvent) => {
            // The next question comes to the same place: a double-click would answer it too.
            if (detail <= 1) this.answer(option.value);
          }}
        >${option.label}</button>`,
      )}
    </div>`;
  }
}
