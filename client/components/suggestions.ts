/** `<sb-suggestions>`: what is open about one thing, of very much the first few until somebody asks for more. */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Suggestion } from '#shared/document/threats.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import './suggestion.ts';

/** Most that are shown before somebody asks for more. */
const SHOWN = 3;

@customElement('sb-suggestions')
export class Suggestions extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: block; }
      li { padding: 7px 0; border-bottom: 1px solid var(--sb-line); }
      li:last-child { border: 0; }
    `,
  ];

  /** All of one thing, the most worthwhile first. */
  @property({ attribute: false }) suggestions: readonly Suggestion[] = [];

  @state() private unfolded = false;

  override render() {
    const { desk, snapshot, looking, suggestions } = this;
    const more = this.unfolded ? 0 : Math.max(0, suggestions.length - SHOWN);
    return html`
      <ul>
        ${repeat(
          suggestions.slice(0, suggestions.length - more),
          ({ id }) => id,
          suggestion =>
            html`<li><sb-suggestion .desk=${desk} .snapshot=${snapshot} .looking=${looking} .suggestion=${suggestion}></sb-suggestion></li>`,
        )}
      </ul>
      ${
        more > 0
          ? html`<button class="plain flush" @click=${() => (this.unfolded = true)}>${more} more<span class="visually-hidden"> on ${labelOf(snapshot.things, suggestions[0]!.target)}</span></button>`
          : nothing
      }
    `;
  }
}
