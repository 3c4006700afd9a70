/** `<sb-join>`: behind an invitation link, `/join#<token>`. The token is in the fragment, which no server and no log sees. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import { ROLE_PURPOSE, type Role } from '#shared/document/roles.ts';
import { type ApiFailure, api, body, rememberedName, rememberName } from '../session/api.ts';
import { controls } from '../theme/controls.ts';
import './not-found.ts';

@customElement('sb-join')
export class JoinPage extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: grid; place-items: center; height: 100%; padding: 24px; }
      main {
        width: min(400px, 100%);
      }
      form { display: grid; gap: 16px; width: min(400px, 100%); }
      h1 { font-size: 20px; overflow-wrap: anywhere; }
      .field { display: grid; gap: 5px; }
      .field input { padding: 8px 10px; }
      button { justify-self: start; padding: 7px 18px; }
    `,
  ];

  @state() private invitation: { title: string; role: Role } | null = null;
  @state() private invalid = '';
  @state() private failure = '';
  @state() private busy = false;

  private readonly token = location.hash.slice(1);

  private async enter(event: SubmitEvent) {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get('name')).trim();
    this.busy = true;
    this.failure = '';
    try {
      const { sessionId } = await body(api.join.$post({ json: { token: this.token, name } }));
      rememberName(name);
      location.replace(`/s/${sessionId}`);
    } catch (error) {
      this.failure = (error as ApiFailure).message;
      this.busy = false;
    }
  }

  override connectedCallback() {
    super.connectedCallback();
    document.title = 'Invitation · Strideboard';
    // Another link pasted into this tab is another invitation.
    window.addEventListener('hashchange', () => location.reload());
    body(api.invitation.$post({ json: { token: this.token || '-' } })).then(
      invitation => (this.invitation = invitation),
      (error: ApiFailure) => (this.invalid = error.message),
    );
  }

  override render() {
    if (this.invalid) {
      return html`<sb-not-found heading="This link does not open" message=${this.invalid}></sb-not-found>`;
    }
    if (!this.invitation)
      return html`<main><p class="quiet" role="status">Looking up the invitation …</p></main>`;
    const { title, role } = this.invitation;
    return html`<main><form @submit=${this.enter}>
      <div class="stack">
        <p class="quiet">You are invited as <b>${role}</b> to</p>
        <h1>${title}</h1>
        <p class="small quiet">${ROLE_PURPOSE[role]}</p>
      </div>
      <div class="field">
        <label for="name">Your name</label>
        <input id="name" name="name" required autofocus maxlength=${LIMITS.name} .value=${rememberedName()} autocomplete="name" />
      </div>
      ${this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing}
      <button class="primary" ?disabled=${this.busy}>Enter the session</button>
    </form></main>`;
  }
}
