/** `<sb-share>`: the invitation links, for moderators to copy, replace and revoke; for the others, who is here. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import { ROLE_PURPOSE, ROLES, type Role } from '#shared/document/roles.ts';
import { type ApiFailure, api, body } from '../session/api.ts';
import type { Person } from '../session/people.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';

type Links = Record<Role, string | null>;

@customElement('sb-share')
export class ShareDialog extends LitElement {
  static override styles = [
    controls,
    css`
      wa-dialog { --width: 560px; }
      .links { display: grid; gap: 18px; }
      li { display: grid; gap: 5px; }
      li > b { text-transform: capitalize; }
      .link { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; }
      .link input { font-family: ui-monospace, monospace; font-size: var(--sb-small); }
      .closed { margin-block-end: 14px; padding: 6px 9px; border-inline-start: 3px solid var(--wa-color-warning-border-loud); background: var(--wa-color-warning-fill-quiet); }
      .people li { display: block; padding: 4px 0; }
    `,
  ];

  @property() sessionId = '';
  @property() myRole: Role = 'observer';
  @property({ type: Boolean }) open = false;
  /** Whether nobody new comes in, whatever link they have. */
  @property({ type: Boolean }) closed = false;
  @property({ attribute: false }) people: readonly Person[] = [];

  @state() private links: Links | null = null;
  @state() private failure = '';
  @state() private copied: Role | null = null;
  /** What waits for a second click. */
  @state() private asking: { role: Role; action: 'replace' | 'revoke' } | null = null;

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (changed.has('open') && this.open && can.invite(this.myRole)) {
      this.load(body(api.sessions[':id'].invites.$get({ param: { id: this.sessionId } })));
    }
  }

  private load(request: Promise<Links>) {
    this.asking = null;
    this.failure = '';
    request.then(
      links => (this.links = links),
      (error: ApiFailure) => (this.failure = error.message),
    );
  }

  private change(role: Role, action: 'replace' | 'revoke') {
    const route = api.sessions[':id'].invites[':role'];
    const param = { id: this.sessionId, role };
    this.load(body(action === 'replace' ? route.$put({ param }) : route.$delete({ param })));
  }

  private async copy(role: Role, link: string) {
    // Browsers give the clipboard to https and localhost only; elsewhere the link is selected, to be copied by hand.
    if (!navigator.clipboard) {
      this.renderRoot.querySelector<HTMLInputElement>(`#link-${role}`)?.focus();
      return;
    }
    await navigator.clipboard.writeText(link);
    this.copied = role;
    setTimeout(() => (this.copied = null), 2000);
  }

  override render() {
    const moderator = can.invite(this.myRole);
    return html`<wa-dialog
      label=${moderator ? 'Invite people' : 'Who is here'} ?open=${this.open} light-dismiss
      @wa-after-hide=${() => this.dispatchEvent(new CustomEvent('sb-closed'))}
    >
      ${this.open ? (moderator ? this.renderLinks() : this.renderPeople()) : nothing}
    </wa-dialog>`;
  }

  private renderLinks() {
    if (this.failure) return html`<p class="error" role="alert">${this.failure}</p>`;
    if (!this.links) return html`<p class="quiet">Loading …</p>`;
    return html`${
      this.closed
        ? html`<p class="closed">The session is closed to newcomers: these links let in only who was here before.</p>`
        : nothing
    }<ul class="links">${ROLES.map(role => this.renderLink(role, this.links![role]))}</ul>`;
  }

  private renderLink(role: Role, token: string | null) {
    const link = `${location.origin}/join#${token}`;
    return html`<li>
      <b>${role}</b>
      <span class="small quiet">${ROLE_PURPOSE[role]}</span>
      ${
        token
          ? html`<div class="link">
              <input id="link-${role}" readonly aria-label="Invitation link for ${role}s" .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
              <button @click=${() => this.copy(role, link)} aria-label="Copy the link for ${role}s">
                ${icon(this.copied === role ? 'check' : 'copy')} ${this.copied === role ? 'Copied' : 'Copy'}
              </button>
            </div>`
          : html`<p class="quiet">Nobody can join as ${role} now.</p>`
      }
      ${this.renderActions(role, token)}
    </li>`;
  }

  private renderActions(role: Role, token: string | null) {
    if (!token)
      return html`<div><button @click=${() => this.change(role, 'replace')}>Make a new link</button></div>`;
    if (this.asking?.role === role) {
      const { action } = this.asking;
      return html`<div class="row small">
        <span>${action === 'replace' ? 'The old link stops working.' : 'The link stops working.'} Who is in stays in.</span>
        <button class="primary" @click=${() => this.change(role, action)}>${action === 'replace' ? 'Replace' : 'Revoke'}</button>
        <button class="plain" @click=${() => (this.asking = null)}>Cancel</button>
      </div>`;
    }
    return html`<div class="row">
      <button class="plain small" @click=${() => (this.asking = { role, action: 'replace' })}>Replace the ${role} link …</button>
      <button class="plain small" @click=${() => (this.asking = { role, action: 'revoke' })}>Revoke the ${role} link …</button>
    </div>`;
  }

  private renderPeople() {
    if (this.people.length === 0)
      return html`<p class="quiet">Nobody else is here now. Moderators can invite people.</p>`;
    return html`<ul class="people">${this.people.map(({ name, role }) => html`<li>${name} <span class="quiet">${role}</span></li>`)}</ul>`;
  }
}
