/** `<sb-bar>`: the top of a session: its title, the connection lamp, who is here, and Share. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import type { Calls } from '../attention/attention.ts';
import '../attention/gestures.ts';
import { handsUp } from '../attention/hands.ts';
import '../attention/lock-menu.ts';
import { type Desk, editSession } from '../session/commands.ts';
import { Watch } from '../session/observable.ts';
import type { Person } from '../session/people.ts';
import type { Lamp } from '../session/saving.ts';
import type { Snapshot } from '../session/snapshot.ts';
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
      .tools { display: flex; align-items: center; }
      @media (max-width: 900px) { .role { display: none; } .tools { margin-inline-start: auto; } }
      @media (max-width: 720px) { header { gap: 6px; padding: 0 6px; } .share-word { display: none; } }
      @media (max-width: 520px) {
        header { gap: 2px; padding: 0 4px; }
        button { padding-inline: 5px; }
        sb-text { min-width: 0; }
        /* The device's own choice holds; whether the clock stands is said in the panel. */
        .scheme, sb-timer::part(state) { display: none; }
      }
    `,
  ];

  @property({ attribute: false }) desk!: Desk;
  @property() lamp: Lamp = 'connecting';
  @property({ attribute: false }) snapshot!: Snapshot;
  @property({ attribute: false }) people: readonly Person[] = [];
  @property({ attribute: false }) calls!: Calls;
  /** The Yjs client that is followed. */
  @property({ attribute: false }) following: number | null = null;
  /** Of this window. */
  @property({ type: Number }) client = 0;

  private readonly scheme = new Watch(this, () => colorScheme);

  override render() {
    const { me } = this.desk;
    const { info, hands, locked } = this.snapshot;
    const raised = handsUp(hands, new Set([me.id, ...this.people.map(({ id }) => id)]));
    const moderator = can.judge(me.role);
    const dark = this.scheme.value === 'dark';
    return html`<header>
      <a class="home" href="/" rel="external" aria-label="All sessions" title="All sessions">${logo}</a>
      <sb-text
        bare required label="Title of the session" limit=${LIMITS.title} .value=${info.title} ?disabled=${!moderator}
        @sb-commit=${(event: CustomEvent) => editSession(this.desk, { title: event.detail.text })}
      ></sb-text>
      <sb-lamp lamp=${this.lamp}></sb-lamp>
      ${this.renderPhase()}
      <span class="role push">${can.draw(me.role, false) ? me.role : 'observer: you can look, not change'}</span>
      <div class="tools">
        <sb-gestures .desk=${this.desk} .hands=${raised} ?lit=${this.calls.lit}></sb-gestures>
        ${
          can.lock(me.role)
            ? html`<sb-lock
                .desk=${this.desk} ?locked=${info.locked} elements=${locked.size} ?newcomersClosed=${info.newcomersClosed}
              ></sb-lock>`
            : nothing
        }
      </div>
      <sb-people
        .desk=${this.desk} .people=${this.people} .hands=${raised} .reaction=${this.calls.reaction}
        .following=${this.following} client=${this.client}
      ></sb-people>
      <button
        class="plain scheme" aria-label=${dark ? 'Light colours' : 'Dark colours'} title=${dark ? 'Light colours' : 'Dark colours'}
        @click=${toggleColorScheme}
      >${icon(dark ? 'sun' : 'moon')}</button>
      <button
        class="plain" aria-label="Import and export" title="Import and export"
        @click=${() => this.dispatchEvent(new CustomEvent('sb-exchange'))}
      >${icon('file')}</button>
      <button class=${moderator ? 'primary' : ''} aria-label=${moderator ? 'Share' : 'People'} @click=${() => this.dispatchEvent(new CustomEvent('sb-share'))}>
        ${icon('people')} <span class="share-word">${moderator ? 'Share' : 'People'}</span>
      </button>
    </header>`;
  }

  private renderPhase() {
    const { meeting } = this.snapshot.info;
    const phase = meeting?.phase;
    if (!phase) return nothing;
    return html`<button
      class="phase" title="What happens now" @click=${() => this.dispatchEvent(new CustomEvent('sb-now'))}
    ><span class="name">${phase.title}</span> <sb-timer speaks .meeting=${meeting}></sb-timer></button>`;
  }
}

/** A flow that crosses a boundary. */
const logo = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" aria-hidden="true">
  <path d="M12 2.5v19" stroke-dasharray="3 2.2" /><path d="M2.5 12h18M15.5 7l5 5-5 5" />
</svg>`;
