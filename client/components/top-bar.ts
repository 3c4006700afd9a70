/** `<sb-bar>`: the top of a session: its title, the connection lamp, who is here, and Share. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import type { Meeting } from '#shared/meeting/meeting.ts';
import { type Desk, editSession, lockBoard } from '../session/commands.ts';
import { Watch } from '../session/observable.ts';
import type { Person } from '../session/people.ts';
import type { Lamp } from '../session/saving.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { colorScheme, toggleColorScheme } from '../theme/scheme.ts';
import './lamp.ts';
import '../meeting/timer.ts';
import './people.ts';
import './text-field.ts';

/**
 * @fires sb-now when the person wants to see what the meeting is at
 * @fires sb-share when the person wants to invite somebody, or see who is here
 * @fires sb-exchange when the person wants a file out or in
 */
@customElement('sb-bar')
export class TopBar extends LitElement {
  static override styles = [
    controls,
    css`
      header { display: flex; align-items: center; gap: 12px; height: 46px; padding: 0 12px; border-bottom: 1px solid var(--sb-line); min-width: 0; }
      .home { display: inline-flex; color: inherit; padding: 4px; border-radius: 5px; }
      .home svg { width: 20px; height: 20px; }
      sb-text { flex: 0 1 340px; min-width: 80px; font-weight: 600; }
      .phase { min-width: 0; flex: 0 1 auto; font-weight: 600; background: var(--sb-chosen); border-color: var(--sb-chosen-line); }
      .phase .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      @media (max-width: 900px) { .phase { flex: none; } .phase .name { display: none; } }
      .push { margin-inline-start: auto; }
      .role { font-size: var(--sb-small); color: var(--sb-quiet); white-space: nowrap; }
      button { flex: none; }
      .lock[aria-pressed='true'] { background: var(--sb-chosen); border-color: var(--sb-chosen-line); }
      @media (max-width: 720px) { .role { display: none; } sb-people { margin-inline-start: auto; } }
      @media (max-width: 480px) { sb-people { display: none; } }
    `,
  ];

  @property({ attribute: false }) desk!: Desk;
  @property() heading = '';
  @property() lamp: Lamp = 'connecting';
  @property({ attribute: false }) meeting: Meeting | null = null;
  @property({ type: Boolean }) locked = false;
  @property({ attribute: false }) people: readonly Person[] = [];

  private readonly scheme = new Watch(this, () => colorScheme);

  override render() {
    const { me } = this.desk;
    const moderator = can.judge(me.role);
    const dark = this.scheme.value === 'dark';
    return html`<header>
      <a class="home" href="/" rel="external" aria-label="All sessions" title="All sessions">${logo}</a>
      <sb-text
        bare required label="Title of the session" limit=${LIMITS.title} .value=${this.heading} ?disabled=${!moderator}
        @sb-commit=${(event: CustomEvent) => editSession(this.desk, { title: event.detail.text })}
      ></sb-text>
      <sb-lamp lamp=${this.lamp}></sb-lamp>
      ${this.renderPhase()}
      <span class="role push">${can.draw(me.role, false) ? me.role : 'observer: you can look, not change'}</span>
      ${can.lock(me.role) ? this.renderLock() : nothing}
      <sb-people .people=${this.people} .me=${me}></sb-people>
      <button
        class="plain" aria-label=${dark ? 'Light colours' : 'Dark colours'} title=${dark ? 'Light colours' : 'Dark colours'}
        @click=${toggleColorScheme}
      >${icon(dark ? 'sun' : 'moon')}</button>
      <button
        class="plain" aria-label="Import and export" title="Import and export"
        @click=${() => this.dispatchEvent(new CustomEvent('sb-exchange'))}
      >${icon('file')}</button>
      <button class=${moderator ? 'primary' : ''} @click=${() => this.dispatchEvent(new CustomEvent('sb-share'))}>
        ${icon('people')} ${moderator ? 'Share' : 'People'}
      </button>
    </header>`;
  }

  private renderPhase() {
    const phase = this.meeting?.phase;
    if (!phase) return nothing;
    return html`<button
      class="phase" title="What happens now" @click=${() => this.dispatchEvent(new CustomEvent('sb-now'))}
    ><span class="name">${phase.title}</span> <sb-timer speaks .meeting=${this.meeting}></sb-timer></button>`;
  }

  private renderLock() {
    const { locked } = this;
    return html`<button
      class="plain lock" aria-label="Lock the board" aria-pressed=${locked}
      title=${locked ? 'The board is locked: only moderators can draw. Press to open it.' : 'Lock the board: only moderators can draw then'}
      @click=${() => lockBoard(this.desk, !locked)}
    >${icon(locked ? 'lock' : 'unlock')}</button>`;
  }
}

/** A flow that crosses a boundary. */
const logo = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
  <path d="M12 2.5v19" stroke-dasharray="3 2.2" /><path d="M2.5 12h18M15.5 7l5 5-5 5" />
</svg>`;
