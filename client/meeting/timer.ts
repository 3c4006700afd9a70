/** `<sb-timer>`: how long the phase lasts still, the same on every screen; `<sb-countdown>`: until a moment. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Meeting, timeLeft } from '#shared/meeting/meeting.ts';
import { clockText, serverNow, Ticking } from './clock.ts';

@customElement('sb-timer')
export class Timer extends LitElement {
  static override styles = css`
    :host { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .over { color: var(--wa-color-danger-on-quiet); }
    .state { font-size: 0.65em; margin-inline-start: 0.3em; }
    .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  `;

  @property({ attribute: false }) meeting: Meeting | null = null;
  /** Says aloud when a minute is left, and when time is up: one timer of a page does. */
  @property({ type: Boolean }) speaks = false;

  constructor() {
    super();
    new Ticking(this);
  }

  override render() {
    const left = timeLeft(this.meeting, serverNow());
    if (left === null) return nothing;
    const state = this.meeting?.left !== null ? 'paused' : left < 0 ? 'over' : '';
    return html`<span role="timer" class=${left < 0 ? 'over' : ''}
        >${clockText(left)}${state ? html`<span class="state" part="state"> ${state}</span>` : nothing}</span
      >${this.speaks ? html`<span class="said" role="status">${this.words(left)}</span>` : nothing}`;
  }

  private words(left: number): string {
    if (this.meeting?.left !== null) return 'The clock is stopped.';
    if (left < 0) return `The time for “${this.meeting.phase!.title}” is up.`;
    return left <= 60_000 ? 'One minute left.' : '';
  }
}

@customElement('sb-countdown')
export class Countdown extends LitElement {
  static override styles = css`
    :host { font-variant-numeric: tabular-nums; font-weight: 600; }
  `;

  /** In ms since 1970, by the server's clock. */
  @property({ type: Number }) until = 0;
  /** What stands there afterwards. */
  @property() over = '';

  constructor() {
    super();
    new Ticking(this);
  }

  override render() {
    const left = this.until - serverNow();
    return left > 0 ? clockText(left) : this.over;
  }
}
