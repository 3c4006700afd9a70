/** `<sb-timeline>`: what happened, phase by phase, the newest at the bottom. It follows the end unless somebody reads further up. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Told } from '#shared/meeting/words.ts';
import { Panel } from '../components/panel.ts';
import { onThreat } from '../session/focus.ts';
import type { Snapshot } from '../session/snapshot.ts';
import { controls } from '../theme/controls.ts';
import { type Group, grouped, type Row } from './record.ts';
import { dayText, timeText } from './times.ts';

/** So close to the end, in px, somebody is at the end. */
const AT_END = 24;

/** The words around are English. */
const names = new Intl.ListFormat('en');

@customElement('sb-timeline')
export class Timeline extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; min-height: 0; position: relative; }
      .scroll { overflow: auto; min-height: 0; padding: 0 12px 12px; }
      .scroll:focus-visible { outline-offset: -2px; }
      h3 { position: sticky; top: 0; z-index: 1; display: flex; gap: 8px; justify-content: space-between; padding: 8px 0 4px; background: var(--wa-color-surface-default); border-bottom: 1px solid var(--sb-line-strong); font-size: var(--sb-small); font-weight: 650; }
      h3 .quiet { font-weight: 400; white-space: nowrap; }
      h3.meeting, h3.between { font-size: var(--sb-text); }
      li { display: grid; grid-template-columns: 64px minmax(0, 1fr); gap: 4px; padding: 3px 0; line-height: 1.4; }
      time { color: var(--sb-quiet); font-size: var(--sb-small); font-variant-numeric: tabular-nums; padding-top: 1px; }
      .told { overflow-wrap: anywhere; }
      .told .link { vertical-align: baseline; font-weight: 650; }
      .aside .told { color: var(--sb-quiet); }
      .aside b { font-weight: 500; }
      .newest { position: absolute; inset-block-end: 8px; inset-inline-end: 20px; box-shadow: var(--wa-shadow-s); }
      @media print {
        :host, .scroll { display: block; overflow: visible; padding: 0; }
        h3 { position: static; break-after: avoid; background: none; }
        li { break-inside: avoid; }
        .newest { display: none; }
        .link { color: inherit; }
      }
    `,
  ];

  @state() private atEnd = true;

  private groups: Group[] = [];
  private read: Pick<Snapshot, 'minutes' | 'threats'> | null = null;

  private get scroller(): HTMLElement {
    return this.renderRoot.querySelector('.scroll')!;
  }

  private readonly onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < AT_END;
  };

  private readonly toEnd = () => {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  };

  /** What stands above takes more room, or less. */
  private readonly resized = new ResizeObserver(() => this.atEnd && this.toEnd());

  override connectedCallback() {
    super.connectedCallback();
    this.resized.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  override willUpdate() {
    const { minutes, threats } = this.snapshot;
    if (this.read?.minutes === minutes && this.read.threats === threats) return;
    this.read = { minutes, threats };
    this.groups = grouped(minutes, new Map(threats.map(threat => [threat.id, threat])));
  }

  override updated() {
    if (this.atEnd) this.toEnd();
  }

  override render() {
    return html`
      <div class="scroll" role="region" aria-label="What happened" tabindex="0" @scroll=${this.onScroll}>
        ${
          this.groups.length === 0
            ? html`<p class="quiet">Nothing yet. Decisions, phases and votes are written down here by themselves as they happen.</p>`
            : nothing
        }
        ${repeat(
          this.groups,
          ({ id }) => id,
          group => this.renderGroup(group),
        )}
      </div>
      ${this.atEnd ? nothing : html`<button class="newest" @click=${this.toEnd}>To the newest</button>`}
    `;
  }

  private renderGroup({ kind, title, startedAt, endedAt, rows }: Group) {
    const words = {
      meeting: `Meeting of ${dayText(startedAt)}`,
      phase: title,
      between: `Outside of a meeting, ${dayText(startedAt)}`,
    }[kind];
    const span =
      kind === 'phase' && `${timeText(startedAt)} – ${endedAt === null ? 'now' : timeText(endedAt)}`;
    return html`<section>
      <h3 class=${kind}>${words}${span ? html`<span class="quiet">${span}</span>` : nothing}</h3>
      <ul>
        ${repeat(
          rows,
          ({ id }) => id,
          row => this.renderRow(row),
        )}
      </ul>
    </section>`;
  }

  private renderRow({ at, who, told, aside }: Row) {
    return html`<li class=${aside ? 'aside' : ''}>
      <time datetime=${new Date(at).toISOString()} title=${dayText(at)}>${timeText(at)}</time>
      <span class="told"><b>${names.format(who)}</b> ${this.renderTold(told)}</span>
    </li>`;
  }

  private renderTold(told: Told) {
    return told.map(word => {
      if (typeof word === 'string') return word;
      const threat = this.snapshot.threats.find(({ id }) => id === word.threat);
      const look = () => threat && this.look(onThreat(threat));
      return html`<button class="link" title="Show on the board" @click=${look}>${word.ref}</button> ${word.title}`;
    });
  }
}
