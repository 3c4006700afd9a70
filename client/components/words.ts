import { html } from 'lit';
import type { Suggestion } from '#shared/document/threats.ts';
import type { Snapshot } from '../session/snapshot.ts';
import { changeInWords, type Words } from '../session/words.ts';

/** A sentence in which each thing is a way to it on the board. */
export const withLinks = (words: Words, show: (id: string) => void) =>
  words.map(word => {
    if (typeof word === 'string') return word;
    const { id, name } = word;
    return id === null
      ? name
      : html`<button class="link named" title="Show on the board" @click=${() => show(id)}>${name}</button>`;
  });

/** That the cause of a judged suggestion is gone, and what took it away. */
export const changedSince = (
  suggestion: Suggestion,
  { things, catalogue }: Snapshot,
  show: (id: string) => void,
) => html`The diagram has changed since: ${withLinks(changeInWords(suggestion, things, catalogue), show)}`;
