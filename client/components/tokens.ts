/** `<sb-tokens>`: passes for programs that act in one's name: made, shown once, revoked. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import { type ApiFailure, api, body } from '../session/api.ts';
import { controls } from '../theme/controls.ts';

interface Token {
  id: string;
  name: string;
  createdAt: string;
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

@customElement('sb-tokens')
export class Tokens extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 10px; }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; }
      li { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; align-items: center; gap: 10px; padding: 6px 0; border-bottom: 1px solid var(--sb-line); }
      .fresh { display: grid; gap: 5px; padding: 10px 12px; border: 1px solid var(--sb-chosen-line); border-radius: 6px; background: var(--sb-chosen); }
      .fresh input { font-family: ui-monospace, monospace; font-size: var(--sb-small); }
    `,
  ];

  @state() private tokens: Token[] = [];
  @state() private fresh = '';
  @state() private failure = '';

  override connectedCallback() {
    super.connectedCallback();
    this.run(async () => {});
  }

  /** Does something, and shows what there is then. */
  private async run(change: () => Promise<unknown>) {
    try {
      await change();
      this.tokens = await body(api.tokens.$get({ query: {} }));
      this.failure = '';
    } catch (error) {
      // Who has no session yet is nobody to the server, and has none.
      const { code, message } = error as ApiFailure;
      if (code !== 'not_signed_in') this.failure = message;
    }
  }

  private readonly make = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get('name')).trim();
    if (!name) return;
    form.reset();
    this.run(async () => (this.fresh = (await body(api.tokens.$post({ json: { name } }))).token));
  };

  override render() {
    return html`
      <p class="small quiet">A program that sends one as <code>Authorization: Bearer …</code> may do what you may. <a href="/api/openapi.json">The API</a> lists what there is.</p>
      ${this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing}
      ${
        this.fresh
          ? html`<div class="fresh" role="status">
              <b>Copy it now: it is not shown again.</b>
              <input readonly aria-label="The new token" .value=${this.fresh} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
            </div>`
          : nothing
      }
      <ul>
        ${this.tokens.map(
          ({ id, name, createdAt }) => html`<li>
            <span>${name}</span><span class="small quiet">${DATE.format(new Date(createdAt))}</span>
            <button class="plain" aria-label="Revoke ${name}" @click=${() => this.run(() => body(api.tokens[':id'].$delete({ param: { id } })))}>Revoke</button>
          </li>`,
        )}
      </ul>
      <form @submit=${this.make}>
        <input name="name" required maxlength=${LIMITS.name} aria-label="What the token is for" placeholder="What it is for, like “Build server”" autocomplete="off" />
        <button>Make a token</button>
      </form>
    `;
  }
}
