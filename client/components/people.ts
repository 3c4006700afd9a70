import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Person } from '../session/people.ts';

/** Most people shown by themselves; the others are counted. */
const SHOWN = 6;

/** `<sb-people>`: who is here, the person themself first. */
@customElement('sb-people')
export class People extends LitElement {
  static override styles = css`
    ul { display: flex; margin: 0; padding: 0; list-style: none; }
    li {
      display: grid; place-items: center; width: 26px; height: 26px; margin-inline-start: -5px; border-radius: 50%; color: white;
      border: 2px solid var(--wa-color-surface-default); font-size: 10px; font-weight: 700; letter-spacing: 0.02em;
    }
    li.me { outline: 1px solid var(--sb-line-strong); }
    li.more { background: var(--wa-color-neutral-fill-normal); color: var(--wa-color-text-normal); }
  `;

  @property({ attribute: false }) people: readonly Person[] = [];
  @property({ attribute: false }) me?: { name: string; role: string };

  override render() {
    const more = this.people.length - SHOWN;
    return html`<ul aria-label="People here">
      ${this.me ? html`<li class="me" style="background: #47525d" title="${this.me.name} (you), ${this.me.role}" aria-label="${this.me.name} (you), ${this.me.role}">${initials(this.me.name)}</li>` : nothing}
      ${this.people
        .slice(0, SHOWN)
        .map(
          ({ name, role, color }) =>
            html`<li style="background: ${color}" title="${name}, ${role}" aria-label="${name}, ${role}">${initials(name)}</li>`,
        )}
      ${
        more > 0
          ? html`<li class="more" title=${this.people
              .slice(SHOWN)
              .map(({ name }) => name)
              .join(', ')}>+${more}</li>`
          : nothing
      }
    </ul>`;
  }
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map(word => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
