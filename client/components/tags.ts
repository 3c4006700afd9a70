/**
 * `<sb-tags>`: the tags of a threat, each removable, and a field to add one, with those in use offered.
 *
 * @fires sb-tags `{ tags }`, all of them
 */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { LIMITS, MOST } from '#shared/document/rights.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { completions } from './completions.ts';

@customElement('sb-tags')
export class Tags extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    controls,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; min-width: 0; }
      .tag { display: inline-flex; align-items: center; max-width: 100%; padding: 0 3px 0 7px; border: 1px solid var(--sb-line-strong); border-radius: 10px; font-size: var(--sb-small); overflow-wrap: anywhere; }
      .tag:not(:has(button)) { padding-inline-end: 7px; }
      .tag button { padding: 1px; min-height: 0; border-radius: 50%; }
      .tag .icon { width: 11px; height: 11px; }
      input:not([type='checkbox'], [type='radio']) { flex: 1 1 70px; width: 70px; min-width: 0; }
      :host([bare]) input:not(:hover, :focus) { border-color: transparent; background: none; }
    `,
  ];

  @query('input') private field?: HTMLInputElement;

  @property({ attribute: false }) tags: readonly string[] = [];
  /** Tags in use, to be completed. */
  @property({ attribute: false }) known: readonly string[] = [];
  /** Whose they are, for who can't see what stands beside them. */
  @property() of = '';
  @property({ type: Boolean }) disabled = false;
  /** The field looks like text until it is pointed at. */
  @property({ type: Boolean, reflect: true }) bare = false;

  private set(tags: readonly string[]) {
    this.tags = tags;
    this.dispatchEvent(new CustomEvent('sb-tags', { detail: { tags } }));
  }

  private add() {
    const { field, tags } = this;
    const text = field?.value.trim().slice(0, LIMITS.tag) ?? '';
    if (field) field.value = '';
    const isThere = tags.some(tag => tag.toLowerCase() === text.toLowerCase());
    if (text && !isThere && tags.length < MOST.tags) this.set([...tags, text]);
  }

  private readonly onKeyDown = (event: KeyboardEvent) => {
    const field = this.field!;
    if (event.key === ',' || (event.key === 'Enter' && field.value.trim())) {
      event.preventDefault();
      this.add();
    } else if (event.key === 'Enter' || event.key === 'Escape') {
      field.value = '';
      field.blur();
    } else if (event.key === 'Backspace' && !field.value && this.tags.length > 0) {
      this.set(this.tags.slice(0, -1));
    }
  };

  override render() {
    const { tags, known, of, disabled } = this;
    const unused = known.filter(tag => !tags.includes(tag));
    return html`
      ${tags.map(
        tag =>
          html`<span class="tag">${tag}${
            disabled
              ? nothing
              : html`<button
                class="plain" aria-label="Remove tag ${tag} of ${of}" @click=${() => this.set(tags.filter(each => each !== tag))}
              >${icon('close')}</button>`
          }</span>`,
      )}
      ${
        disabled || tags.length >= MOST.tags
          ? nothing
          : html`<input
              aria-label="Add a tag to ${of}" placeholder="Add a tag" maxlength=${LIMITS.tag} autocomplete="off" list=${unused.length > 0 ? 'known' : nothing}
              @keydown=${this.onKeyDown} @blur=${this.add}
            />${completions('known', unused)}`
      }
    `;
  }
}
