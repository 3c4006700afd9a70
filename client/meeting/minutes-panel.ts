/** `<sb-minutes>`: the record of the session: what remains to be done, and what happened, to be read, copied, taken away and printed. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { MINUTES, minutesMarkdown } from '#shared/meeting/markdown.ts';
import { reportOf } from '#shared/meeting/report.ts';
import { Panel } from '../components/panel.ts';
import { api, body } from '../session/api.ts';
import { exportPath } from '../session/exchange.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import './followups.ts';
import './timeline.ts';
import { localTimes } from './times.ts';

/** How long it says that it was copied, in ms. */
const COPIED = 2_000;

@customElement('sb-minutes')
export class MinutesPanel extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: flex; flex-direction: column; height: 100%; }
      .take { flex-wrap: wrap; padding: 10px 12px 6px; }
      .take a { display: inline-flex; align-items: center; gap: 5px; padding: 3px 9px; min-height: 26px; border: 1px solid var(--sb-line-strong); border-radius: 5px; background: var(--wa-color-surface-raised); color: inherit; text-decoration: none; }
      .take a:hover { background: color-mix(in oklab, var(--wa-color-surface-raised), var(--wa-color-text-normal) 6%); }
      .remains { flex: 0 1 auto; max-height: 52%; min-height: 150px; overflow: auto; display: grid; gap: 14px; align-content: start; padding: 4px 12px 12px; border-bottom: 1px solid var(--sb-line-strong); }
      .happened { padding: 8px 12px 0; }
      sb-timeline { flex: 1 1 0; min-height: 170px; }
      .printed { display: none; }
      @media print {
        :host { display: block; height: auto; color: black; --wa-color-text-normal: black; --wa-color-text-link: black; --wa-color-surface-default: white; --sb-quiet: #444; --sb-line: #bbb; --sb-line-strong: #888; }
        .take { display: none; }
        .printed { display: block; margin-bottom: 12px; }
        .printed h1 { font-size: 18px; }
        .printed p { white-space: pre-line; }
        .remains { max-height: none; overflow: visible; padding: 0 0 8px; }
        .happened { padding: 12px 0 0; }
      }
    `,
  ];

  @state() private copied = false;
  /** Of everybody who has entered the session. */
  @state() private names: readonly string[] = [];

  override firstUpdated() {
    const { sessionId } = this.desk;
    if (!sessionId) return;
    body(api.sessions[':id'].members.$get({ param: { id: sessionId }, query: {} })).then(
      members => (this.names = [...new Set(members.map(({ name }) => name))]),
      // Names can be typed.
      () => {},
    );
  }

  private readonly copy = async () => {
    await navigator.clipboard.writeText(minutesMarkdown(reportOf(this.desk.doc), localTimes()));
    this.copied = true;
    setTimeout(() => (this.copied = false), COPIED);
  };

  override render() {
    const { desk, snapshot, looking, names } = this;
    const { title, scope } = snapshot.info;
    // Browsers give the clipboard to https and localhost only.
    const copies = navigator.clipboard !== undefined;
    return html`
      <header class="printed">
        <h1>Record of ${title}</h1>
        ${scope ? html`<p>${scope}</p>` : nothing}
      </header>
      <div class="row take">
        ${copies ? html`<button @click=${this.copy}>${icon('copy')} ${this.copied ? 'Copied' : 'Copy as Markdown'}</button>` : nothing}
        ${desk.sessionId ? html`<a href=${exportPath(desk.sessionId, MINUTES.name)} download>${icon('file')} Download</a>` : nothing}
        <span class="visually-hidden" role="status">${this.copied ? 'The record was copied.' : ''}</span>
      </div>
      <div class="remains" tabindex="0" role="region" aria-label="What remains to be done">
        ${(['question', 'action'] as const).map(
          kind => html`<sb-followups
            .desk=${desk} .snapshot=${snapshot} .looking=${looking} .kind=${kind} .names=${names}
          ></sb-followups>`,
        )}
      </div>
      <h2 class="happened">What happened</h2>
      <sb-timeline .desk=${desk} .snapshot=${snapshot} .looking=${looking}></sb-timeline>
    `;
  }
}
