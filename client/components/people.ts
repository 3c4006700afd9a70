/** `<sb-people>`: who is here, the person themself first, each with what one may do about them. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Hand } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import { ROLES, type Role } from '#shared/document/roles.ts';
import { ordinal } from '../attention/hands.ts';
import { REACTIONS, type Reaction } from '../attention/reactions.ts';
import '../attention/remove-dialog.ts';
import { type ApiFailure, api, body } from '../session/api.ts';
import { type Desk, lowerHand } from '../session/commands.ts';
import type { Person } from '../session/people.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { chosen, menus } from '../theme/menus.ts';

/** Most people shown by themselves; the others are counted. */
const SHOWN = 6;

/**
 * @fires sb-follow `{ client }`, whose view is wanted; null for one's own
 * @fires sb-notice `{ text }`, something that the person should know
 */
@customElement('sb-people')
export class People extends LitElement {
  static override styles = [
    controls,
    menus,
    css`
      ul { display: flex; align-items: center; }
      .face {
        position: relative; display: grid; place-items: center; width: 28px; height: 28px; min-height: 0; margin-inline-start: -5px; padding: 0; border-radius: 50%;
        color: white; border: 2px solid var(--wa-color-surface-default); font-size: 10px; font-weight: 700; letter-spacing: 0.02em;
      }
      /* Short for what the button is called in full. */
      [data-text]::after { content: attr(data-text); }
      button.face:hover:not(:disabled) { filter: brightness(1.12); }
      .me > .face { outline: 1px solid var(--sb-line-strong); background: #47525d; }
      .followed .face { outline: 2px solid var(--wa-color-focus); }
      li:has(.badge) { position: relative; z-index: 1; margin-inline-end: 16px; }
      .more.face { background: var(--wa-color-neutral-fill-normal); color: var(--wa-color-text-normal); }
      .badge {
        position: absolute; display: grid; place-items: center; min-width: 15px; height: 15px; padding: 0 2px; border-radius: 8px; font-size: 9px; line-height: 1;
        background: var(--wa-color-surface-raised); color: var(--wa-color-text-normal); border: 1px solid var(--sb-line-strong);
      }
      .badge svg { width: 11px; height: 11px; }
      .hand { inset: -7px -15px auto auto; display: flex; }
      .reaction { inset: auto -13px -7px auto; width: 20px; height: 20px; border-radius: 50%; }
      .reaction svg { width: 14px; height: 14px; }
      .all { display: none; }
      .all.many { display: block; }
      .few { display: none; }
      @media (max-width: 900px) { .one { display: none; } .all { display: block; } .rest { display: none; } .few { display: inline; } }
    `,
  ];

  @property({ attribute: false }) people: readonly Person[] = [];
  @property({ attribute: false }) desk!: Desk;
  /** Of those who are here, the first to be raised first. */
  @property({ attribute: false }) hands: readonly Hand[] = [];
  /** What the person themself shows. */
  @property({ attribute: false }) reaction: Reaction | null = null;
  /** The Yjs client that is followed. */
  @property({ attribute: false }) following: number | null = null;
  /** Of this window. */
  @property({ type: Number }) client = 0;

  @state() private leaving: Person | null = null;

  private send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private act(person: Pick<Person, 'id'> & Partial<Person>, what: string) {
    if (what === 'follow') this.send('sb-follow', { client: person.clients?.[0] ?? null });
    else if (what === 'unfollow') this.send('sb-follow', { client: null });
    else if (what === 'lower') lowerHand(this.desk, person.id);
    else if (what === 'remove') this.leaving = person as Person;
    else void this.setRole(person.id, what as Role);
  }

  private async setRole(userId: string, role: Role) {
    const param = { id: this.desk.sessionId!, userId };
    try {
      await body(api.sessions[':id'].members[':userId'].$patch({ param, json: { role } }));
    } catch (error) {
      this.send('sb-notice', { text: (error as ApiFailure).message });
    }
  }

  override render() {
    const { people, desk } = this;
    const { me } = desk;
    return html`<ul aria-label="People here">
        <li class="one me">${this.renderMe()}</li>
        ${repeat(
          people.slice(0, SHOWN),
          ({ id }) => id,
          person => html`<li class="one ${this.follows(person) ? 'followed' : ''}">
            <wa-dropdown placement="bottom-end" @wa-select=${(event: Event) => this.act(person, chosen(event))}>
              ${this.renderFace(person, person.color, this.wordsOf(person))}
              <div class="menu-heading">${person.name} <span class="quiet">${person.role}</span></div>
              ${this.renderItems(person)}
            </wa-dropdown>
          </li>`,
        )}
        <li class="all ${people.length > SHOWN ? 'many' : ''}">${people.length > 0 ? this.renderAll() : nothing}</li>
      </ul>
      ${
        can.facilitate(me.role)
          ? html`<sb-remove .sessionId=${desk.sessionId ?? ''} .person=${this.leaving} @sb-closed=${() => (this.leaving = null)}></sb-remove>`
          : nothing
      }`;
  }

  private renderMe() {
    const { me } = this.desk;
    const words = `${me.name} (you), ${me.role}${this.handInWords(me.id)}`;
    if (!can.facilitate(me.role))
      return html`<span class="face" role="img" title=${words} aria-label=${words}>${this.inFace(me, this.reaction)}</span>`;
    return html`<wa-dropdown placement="bottom-end" @wa-select=${(event: Event) => this.act(me, chosen(event))}>
      ${this.renderFace({ ...me, reaction: this.reaction }, '#47525d', words)}
      <div class="menu-heading">${me.name} <span class="quiet">you, moderator</span></div>
      <wa-dropdown-item value="participant">Step down: be a participant</wa-dropdown-item>
    </wa-dropdown>`;
  }

  /** Everybody in one menu, for who finds no room, and for small windows. */
  private renderAll() {
    const { length } = this.people;
    const act = (event: Event) => {
      const [id, what] = chosen(event).split(' ') as [string, string | undefined];
      const person = this.people.find(each => each.id === id);
      if (person && what) this.act(person, what);
    };
    return html`<wa-dropdown placement="bottom-end" @wa-select=${act}>
      <button slot="trigger" class="face more" aria-label="Everybody: ${length} others" title="Everybody who is here">
        <span class="rest" data-text="+${length - SHOWN}">${badgeOf(this.people.slice(SHOWN))}</span>
        <span class="few" data-text=${length}>${badgeOf(this.people)}</span>
      </button>
      ${repeat(
        this.people,
        ({ id }) => id,
        person => html`<wa-dropdown-item value=${person.id}>
          ${person.name} <span class="quiet">${person.role}${this.handInWords(person.id)}</span>
          ${this.renderItems(person, `${person.id} `, 'submenu')}
        </wa-dropdown-item>`,
      )}
    </wa-dropdown>`;
  }

  private renderFace(person: Pick<Person, 'id' | 'name' | 'reaction'>, color: string, words: string) {
    return html`<button slot="trigger" class="face" style="background: ${color}" title=${words} aria-label=${words}>
      ${this.inFace(person, person.reaction)}
    </button>`;
  }

  private inFace({ id, name }: Pick<Person, 'id' | 'name'>, reaction: Reaction | null) {
    const place = this.placeOf(id);
    return html`<span data-text=${initials(name)}></span>
      ${place > 0 ? html`<span class="badge hand" data-text=${place}>${icon('hand')}</span>` : nothing}
      ${badgeOf([{ reaction }])}`;
  }

  private renderItems(person: Person, prefix = '', slot = '') {
    const { role } = this.desk.me;
    const items: { value: string; label: string; disabled?: boolean; danger?: boolean }[] = [];
    if (this.follows(person)) items.push({ value: 'unfollow', label: 'Stop following' });
    else if (person.following === this.client)
      items.push({ value: 'follow', label: 'Follows you', disabled: true });
    else items.push({ value: 'follow', label: 'Follow', disabled: person.clients.length === 0 });
    if (can.facilitate(role)) {
      if (this.placeOf(person.id) > 0) items.push({ value: 'lower', label: 'Put the hand down' });
      for (const other of ROLES.filter(each => each !== person.role))
        items.push({ value: other, label: `Make ${other}` });
      items.push({ value: 'remove', label: 'Remove from session …', danger: true });
    }
    return items.map(
      ({ value, label, disabled = false, danger = false }) =>
        html`<wa-dropdown-item
          slot=${slot || nothing} value="${prefix}${value}" ?disabled=${disabled} variant=${danger ? 'danger' : 'default'}
        >${label}</wa-dropdown-item>`,
    );
  }

  private follows({ clients }: Person): boolean {
    return this.following !== null && clients.includes(this.following);
  }

  /** From 1; 0 while their hand is down. */
  private placeOf(id: string): number {
    return this.hands.findIndex(hand => hand.id === id) + 1;
  }

  private handInWords(id: string): string {
    const place = this.placeOf(id);
    return place > 0 ? `, hand raised, ${ordinal(place)}` : '';
  }

  private wordsOf({ id, name, role }: Person): string {
    return `${name}, ${role}${this.handInWords(id)}`;
  }
}

/** What one of them shows at the moment. */
function badgeOf(people: readonly Pick<Person, 'reaction'>[]) {
  const kind = people.find(({ reaction }) => reaction)?.reaction?.kind;
  return kind ? html`<span class="badge reaction">${icon(REACTIONS[kind].icon)}</span>` : nothing;
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map(word => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
