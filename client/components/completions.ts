/** What a field offers while one types; it names the list by its id. */
import { html, nothing } from 'lit';

export const completions = (id: string, texts: readonly string[]) =>
  texts.length > 0
    ? html`<datalist id=${id}>${texts.map(text => html`<option value=${text}></option>`)}</datalist>`
    : nothing;
