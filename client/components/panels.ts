/** `<sb-panels>`: the panels beside the board, one at a time. */
import { css, html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import type { Person } from '../session/people.ts';
import type { TriageWork } from '../session/triage.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import '../meeting/meeting-panel.ts';
import '../meeting/minutes-panel.ts';
import type { Drafts } from '../meeting/drafts.ts';
import './index-views.ts';
import type { IndexView } from './index-views.ts';
import './inspect-panel.ts';
import { PANELS, Panel, type PanelName } from './panel.ts';
import './threats-panel.ts';
import './triage-panel.ts';
import type { TriagePanel } from './triage-panel.ts';

/**
 * @fires sb-panel `{ panel }`, another panel is wanted
 * @fires sb-hide the panels are to make room for the board
 */
@customElement('sb-panels')
export class Panels extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); height: 100%; min-width: 0; background: var(--wa-color-surface-default); }
      .tabs { display: flex; padding: 0 4px; border-bottom: 1px solid var(--sb-line); align-items: center; }
      [role='tablist'] { display: flex; min-width: 0; overflow-x: auto; scrollbar-width: none; }
      [role='tab'] { flex: none; border: 0; border-radius: 0; background: none; padding: 9px 7px 8px; border-bottom: 2px solid transparent; font-weight: 500; color: var(--sb-quiet); }
      [aria-selected='true'] { color: var(--wa-color-text-normal); border-color: var(--sb-chosen-line); font-weight: 650; }
      .count { font-size: var(--sb-tiny); color: var(--sb-quiet); font-weight: 500; }
      .hide { margin-inline-start: auto; }
      [role='tab']:focus-visible { outline-offset: -2px; }
      [role='tabpanel'] { overflow: auto; min-height: 0; container: panel / size; }
      [role='tabpanel']:focus-visible { outline-offset: -2px; }
      @media print {
        :host { display: block; height: auto; background: none; }
        .tabs { display: none; }
        [role='tabpanel'] { overflow: visible; }
      }
    `,
  ];

  @property() panel: PanelName = 'index';
  @property({ attribute: false }) drafts!: Drafts;
  @property({ attribute: false }) triage!: TriageWork;
  /** The others who are here. */
  @property({ attribute: false }) people: readonly Person[] = [];

  @query('sb-triage') private triagePanel?: TriagePanel;

  /** Stays as it was chosen while other panels are looked at. */
  @state() private indexView: IndexView = 'crossings';

  constructor() {
    super();
    // From the tab as well: who chose it can go on by keyboard.
    this.addEventListener('keydown', event => this.triagePanel?.press(event));
  }

  /** Those of a role; who is no moderator any more leaves the triage. */
  private get names(): PanelName[] {
    const names = Object.keys(PANELS) as PanelName[];
    return names.filter(name => name !== 'triage' || can.judge(this.desk.me.role));
  }

  private get shown(): PanelName {
    return this.names.includes(this.panel) ? this.panel : 'index';
  }

  /** What was chosen is in sight among the tabs; who came from a button of another panel goes on in this one. */
  protected override update(changed: PropertyValues<this>) {
    const held = (this.renderRoot as ShadowRoot).activeElement;
    super.update(changed);
    if (!changed.has('panel')) return;
    this.renderRoot
      .querySelector(`#tab-${this.shown}`)!
      .scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (held && !(this.renderRoot as ShadowRoot).activeElement)
      this.renderRoot.querySelector<HTMLElement>('#panel')!.focus({ preventScroll: true });
  }

  private choose(panel: PanelName) {
    this.dispatchEvent(new CustomEvent('sb-panel', { detail: { panel } }));
  }

  private readonly onTabKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const { names } = this;
    const next = names[(names.indexOf(this.shown) + step + names.length) % names.length]!;
    this.choose(next);
    this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };

  /** Takes the keyboard to the panel when what had it is gone with the one before. */
  async takeKeyboard() {
    await this.updateComplete;
    if (document.activeElement === document.body)
      this.renderRoot.querySelector<HTMLElement>('#panel')?.focus({ preventScroll: true });
  }

  override render() {
    const { rows, threats, model, followups } = this.snapshot;
    const { names, shown } = this;
    const counts: Record<PanelName, number> = {
      session: 0,
      index: rows.length,
      threats: threats.filter(({ into }) => !into).length,
      triage: names.includes('triage') ? this.triage.queue.length : 0,
      inspect: model.findings.length,
      minutes: followups.filter(({ done }) => !done).length,
    };
    return html`
      <div class="tabs">
        <div role="tablist" aria-label="Panels" @keydown=${this.onTabKey}>
          ${names.map(
            name => html`<button
              role="tab" id="tab-${name}" aria-controls="panel" aria-selected=${shown === name}
              tabindex=${shown === name ? 0 : -1} @click=${() => this.choose(name)}
            >${PANELS[name]} <span class="count">${counts[name] || ''}</span></button>`,
          )}
        </div>
        <button
          class="plain hide" aria-label="Hide panel" title="Hide panel"
          @click=${() => this.dispatchEvent(new CustomEvent('sb-hide'))}
        >${icon('hide')}</button>
      </div>
      <div id="panel" role="tabpanel" aria-labelledby="tab-${shown}" tabindex="0">${this.renderPanel()}</div>
    `;
  }

  private renderPanel() {
    const { desk, snapshot, looking, highlights } = this;
    switch (this.shown) {
      case 'session':
        return html`<sb-meeting
          .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights} .drafts=${this.drafts}
        ></sb-meeting>`;
      case 'index':
        return html`<sb-index-views
          .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights} .view=${this.indexView}
          @sb-view=${(event: CustomEvent<{ view: IndexView }>) => (this.indexView = event.detail.view)}
        ></sb-index-views>`;
      case 'threats':
        return html`<sb-threats .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights} .people=${this.people}></sb-threats>`;
      case 'triage':
        return html`<sb-triage .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights} .work=${this.triage} .people=${this.people}></sb-triage>`;
      case 'inspect':
        return html`<sb-inspect .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights}></sb-inspect>`;
      case 'minutes':
        return html`<sb-minutes .desk=${desk} .snapshot=${snapshot} .looking=${looking}></sb-minutes>`;
    }
  }
}
