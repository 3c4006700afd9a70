/** `<sb-remove>`: asks before a person is sent away. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ROLES } from '#shared/document/roles.ts';
import { type ApiFailure, api, body } from '../session/api.ts';
import type { Person } from '../session/people.ts';
import { controls } from '../theme/controls.ts';

/** @fires sb-closed when it is over, whichever way */
@customElement('sb-remove')
export class RemoveDialog extends LitElement {
  static override styles = [
    controls,
    css`
      wa-dialog { --width: 440px; }
      label { display: flex; gap: 8px; font-weight: 400; font-size: inherit; }
      .row { justify-content: end; }
    `,
  ];

  @property() sessionId = '';
  /** null while nobody is to go. */
  @property({ attribute: false }) person: Person | null = null;

  @state() private failure = '';

  private async sendAway(person: Person) {
    const { sessionId: id } = this;
    const links = this.renderRoot.querySelector<HTMLInputElement>('#links')!.checked;
    try {
      await body(api.sessions[':id'].members[':userId'].$delete({ param: { id, userId: person.id } }));
      if (links) await this.replaceLinks(id);
      this.close();
    } catch (error) {
      this.failure = (error as ApiFailure).message;
    }
  }

  /** All of them: nobody knows which the person has seen. Revoked ones stay revoked. */
  private async replaceLinks(id: string) {
    const { invites } = api.sessions[':id'];
    const links = await body(invites.$get({ param: { id } }));
    const replaced = ROLES.filter(role => links[role]).map(role =>
      body(invites[':role'].$put({ param: { id, role } })),
    );
    await Promise.all(replaced);
  }

  private close() {
    this.failure = '';
    this.dispatchEvent(new CustomEvent('sb-closed'));
  }

  override render() {
    const { person } = this;
    return html`<wa-dialog label="Remove ${person?.name ?? ''}" ?open=${person !== null} @wa-after-hide=${() => this.close()}>
      ${person ? this.renderQuestion(person) : nothing}
    </wa-dialog>`;
  }

  private renderQuestion(person: Person) {
    return html`<div class="stack">
      <p>${person.name} loses access to this session at once, and for good. What ${person.name} drew and wrote stays.</p>
      <label><input type="checkbox" id="links" />
        <span>Replace the invitation links too: with an old one ${person.name} could come back from another browser. Nobody else gets in by an old link then either.</span>
      </label>
      ${this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing}
      <div class="row">
        <button @click=${() => this.close()}>Cancel</button>
        <button class="primary" @click=${() => this.sendAway(person)}>Remove</button>
      </div>
    </div>`;
  }
}
