/** `<sb-attribute>`: one attribute of a thing, asked in its words and answered in place. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Attribute, UNKNOWN } from '#shared/dfd/attributes.ts';
import type { Json } from '#shared/document/board.ts';
import { type Desk, editShape } from '../session/commands.ts';
import type { Thing } from '../session/things.ts';
import { choices } from '../theme/choices.ts';
import { controls } from '../theme/controls.ts';
import './text-field.ts';

@customElement('sb-attribute')
export class AttributeField extends LitElement {
  static override styles = [
    controls,
    choices,
    css`
      :host { display: block; }
      .field { display: grid; gap: 3px; }
      .question { display: block; font-size: var(--sb-small); color: var(--sb-quiet); font-weight: 400; }
    `,
  ];

  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) thing!: Pick<Thing, 'id' | 'attributes'>;
  @property({ attribute: false }) attribute!: Attribute;
  @property({ type: Boolean }) readonly = false;

  private set(value: Json | undefined) {
    editShape(this.desk, this.thing.id, { [`meta.${this.attribute.key}`]: value });
  }

  override render() {
    const { values, many } = this.attribute;
    if (!values) return this.renderText();
    if (many) return this.renderMany();
    return values.length <= 2 ? this.renderFew() : this.renderOne();
  }

  private get answer() {
    return this.thing.attributes[this.attribute.key] ?? UNKNOWN;
  }

  private renderText() {
    const { label, question } = this.attribute;
    return html`<div class="field">
      <label>${label} <span class="question">${question}</span></label>
      <sb-text
        label="${label}: ${question}" .value=${this.answer === UNKNOWN ? '' : String(this.answer)} placeholder="unknown" ?disabled=${this.readonly}
        @sb-commit=${(event: CustomEvent) => this.set(event.detail.text || undefined)}
      ></sb-text>
    </div>`;
  }

  private renderFew() {
    const { key, label, question, values = [] } = this.attribute;
    const options = [...values, { value: UNKNOWN, label: 'Unknown' }];
    return html`<fieldset ?disabled=${this.readonly}>
      <legend>${label} <span class="question">${question}</span></legend>
      <div class="choices">
        ${options.map(
          option => html`<label><input
            type="radio" name=${key} .checked=${this.answer === option.value}
            @change=${() => this.set(option.value === UNKNOWN ? undefined : option.value)}
          />${option.label}</label>`,
        )}
      </div>
    </fieldset>`;
  }

  private renderOne() {
    const { label, question, values = [] } = this.attribute;
    const pick = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      this.set(value === UNKNOWN ? undefined : value);
    };
    return html`<div class="field">
      <label for="answer">${label} <span class="question">${question}</span></label>
      <select id="answer" ?disabled=${this.readonly} @change=${pick}>
        <option value=${UNKNOWN} ?selected=${this.answer === UNKNOWN}>Unknown</option>
        ${values.map(option => html`<option value=${option.value} ?selected=${this.answer === option.value}>${option.label}</option>`)}
      </select>
    </div>`;
  }

  private renderMany() {
    const { label, question, values = [] } = this.attribute;
    const answers = this.answer === UNKNOWN ? [] : [this.answer].flat();
    const toggle = (value: string) => {
      const next = values
        .map(option => option.value)
        .filter(each => (each === value) !== answers.includes(each));
      this.set(next.length > 0 ? next : undefined);
    };
    return html`<fieldset ?disabled=${this.readonly}>
      <legend>${label}${answers.length === 0 ? html`<span class="quiet"> · unknown</span>` : nothing} <span class="question">${question}</span></legend>
      <div class="many">
        ${values.map(
          option => html`<label><input
            type="checkbox" .checked=${answers.includes(option.value)} @change=${() => toggle(option.value)}
          />${option.label}</label>`,
        )}
      </div>
    </fieldset>`;
  }
}
