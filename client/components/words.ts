import { html } from 'lit';
import type { Words } from '../session/words.ts';

/** A sentence in which each thing is a way to it on the board. */
export const inWords = (words: Words, show: (id: string) => void) =>
  words.map(word => {
    if (typeof word === 'string') return word;
    const { id, name } = word;
    return id === null
      ? name
      : html`<button class="link named" title="Show on the board" @click=${() => show(id)}>${name}</button>`;
  });
