/**
 * `<sb-text>`: a text that other people may change too. It commits shortly after typing and when it is left, and what somebody
 * else writes meanwhile waits until the person is done.
 *
 * @fires sb-commit `{ text }`, only when it differs
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controls } from '../theme/controls.ts';
import { completions } from './completions.ts';

/** Pause in typing after which a text is written, in ms. */
const COMMIT_AFTER = 300;

@customElement('sb-text')
export class TextField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    controls,
    css`
      :host { display: block; }
      :host([bare]) :is(input, textarea):not(:disabled) { border-color: transparent; background: none; }
      :host([bare]) :is(input, textarea):not(:disabled):hover { border-color: var(--sb-line-strong); }
      :host([bare]) :is(input, textarea):focus { border-color: var(--sb-line-strong); background: var(--wa-color-surface-default); }
      :host([bare]) :is(input, textarea):disabled { border-color: transparent; background: none; opacity: 1; }
      input { text-overflow: ellipsis; }
      textarea { display: block; field-sizing: content; }
      :host(:is([bare], [wrap])) textarea { min-height: 0; resize: none; }
    `,
  ];

  @query('input, textarea') private field!: HTMLInputElement | HTMLTextAreaElement;

  @property() value = '';
  /** What it is, for who can't see what stands beside it. */
  @property() label = '';
  @property() placeholder = '';
  @property({ type: Number }) limit = 300;
  /** What may be meant, offered while one types; of a text of one line. */
  @property({ attribute: false }) completions: readonly string[] = [];
  @property({ type: Boolean }) multiline = false;
  /** One text that may need several lines: Enter ends it. */
  @property({ type: Boolean, reflect: true }) wrap = false;
  @property({ type: Boolean }) disabled = false;
  /** Whether it must not be left empty: it goes back to what it was. */
  @property({ type: Boolean }) required = false;
  /** Looks like text until it is pointed at. */
  @property({ type: Boolean, reflect: true }) bare = false;

  private timer?: ReturnType<typeof setTimeout>;
  /** Something was typed that is not written yet. */
  private typed = false;

  private readonly onInput = () => {
    this.typed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), COMMIT_AFTER);
  };

  private readonly onBlur = () => {
    this.commit();
    this.field.value = this.value;
  };

  private readonly onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !this.multiline) {
      event.preventDefault();
      this.field.blur();
    }
    if (event.key === 'Escape') {
      this.typed = false;
      this.field.blur();
    }
  };

  /** Takes the keyboard there, the text ready to be typed over. */
  async select() {
    await this.updateComplete;
    this.field.select();
  }

  /** Who only looked at a text writes nothing: it would put back what somebody else changed meanwhile. */
  private commit() {
    clearTimeout(this.timer);
    if (!this.typed) return;
    this.typed = false;
    // Its right went away meanwhile: the server would refuse it.
    if (this.disabled) return;
    const text = this.field.value.trim();
    if (text === this.value || (this.required && text === '')) return;
    this.value = text;
    this.dispatchEvent(new CustomEvent('sb-commit', { detail: { text } }));
  }

  override disconnectedCallback() {
    if (this.hasUpdated) this.commit();
    super.disconnectedCallback();
  }

  override updated() {
    const typing = this.shadowRoot!.activeElement === this.field;
    if (!typing && this.field.value !== this.value) this.field.value = this.value;
  }

  override render() {
    const { label, placeholder, limit, disabled } = this;
    const title = this.bare ? this.value : nothing;
    return this.multiline || this.wrap
      ? html`<textarea aria-label=${label} placeholder=${placeholder} maxlength=${limit} ?disabled=${disabled} rows="1" @input=${this.onInput} @blur=${this.onBlur} @keydown=${this.onKeyDown}></textarea>`
      : html`<input aria-label=${label} title=${title} placeholder=${placeholder} maxlength=${limit} ?disabled=${disabled} autocomplete="off" list=${this.completions.length > 0 ? 'completions' : nothing} @input=${this.onInput} @blur=${this.onBlur} @keydown=${this.onKeyDown} />
          ${completions('completions', this.completions)}`;
  }
}
