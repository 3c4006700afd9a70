/** `<sb-rules>`: the rules of the session, to look up, to switch off, and to add to. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { can } from '#shared/document/rights.ts';
import { CATEGORY, LETTERS, type Letter } from '#shared/stride/letters.ts';
import { switchRule } from '../session/commands.ts';
import { isFound, type ListedRule, rulesOf } from '../session/rules.ts';
import type { Snapshot } from '../session/snapshot.ts';
import { controls } from '../theme/controls.ts';
import './letter.ts';
import './own-rules.ts';
import { Panel } from './panel.ts';
import './rule-card.ts';
import './switch.ts';

const VIEWS = { all: 'All rules', own: 'Our own rules' } as const;

/** Which rules are listed. */
const WHICH = { all: 'On and off', off: 'Switched off', own: 'Our own' } as const;

/** @fires sb-closed */
@customElement('sb-rules')
export class RulesDialog extends Panel {
  static override styles = [
    controls,
    css`
      wa-dialog { --width: 820px; }
      .body { display: grid; gap: 12px; }
      .filters { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
      .filters select { width: auto; max-width: 40vw; }
      @media (max-width: 560px) { .filters { grid-template-columns: 1fr 1fr; } .filters input { grid-column: 1 / -1; } }
      .filters { position: sticky; top: calc(-1 * var(--spacing)); z-index: 1; padding-block: 8px; background: var(--wa-color-surface-raised); }
      .rules > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; align-items: center; border-bottom: 1px solid var(--sb-line); }
      button.head { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 10px; width: 100%; padding: 7px 0; justify-items: start; }
      .head .title { color: var(--wa-color-text-normal); font-weight: 600; overflow-wrap: anywhere; }
      .head .about { grid-row: 2; font-size: var(--sb-tiny); color: var(--sb-quiet); }
      .head .letters { display: flex; gap: 2px; grid-row: 1 / 3; grid-column: 2; align-self: center; }
      .off .title { color: var(--sb-quiet); font-weight: 400; text-decoration: line-through; }
      .on { display: flex; align-items: center; gap: 5px; font-weight: 400; min-width: 44px; cursor: pointer; }
      sb-rule { grid-column: 1 / -1; padding: 2px 0 12px; }
    `,
  ];

  @property({ type: Boolean }) open = false;

  @state() private view: keyof typeof VIEWS = 'all';
  @state() private text = '';
  @state() private letter: Letter | '' = '';
  @state() private which: keyof typeof WHICH = 'all';
  /** Ids of the rules that are shown in full. */
  @state() private unfolded: ReadonlySet<string> = new Set();

  /** The team's own rules were looked at: what is typed there waits until the dialog is opened again. */
  private written = false;
  private rules: ListedRule[] = [];
  private readFrom: string | null = null;
  /** How often each is suggested now. */
  private suggested = new Map<string, number>();
  private counted: Snapshot['suggestions'] | null = null;

  override willUpdate() {
    const { info, suggestions } = this.snapshot;
    this.written ||= this.view === 'own';
    if (!this.open) return;
    if (this.counted !== suggestions) {
      this.counted = suggestions;
      this.suggested = new Map();
      for (const { rule, stale } of suggestions)
        if (!stale) this.suggested.set(rule, (this.suggested.get(rule) ?? 0) + 1);
    }
    if (this.readFrom === info.rules) return;
    this.readFrom = info.rules;
    this.rules = rulesOf(this.snapshot.server, info);
  }

  private readonly onHidden = (event: Event) => {
    if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent('sb-closed'));
  };

  override render() {
    return html`<wa-dialog label="Rules of this session" ?open=${this.open} @wa-after-hide=${this.onHidden}>
      ${this.open || this.written ? html`<div class="body">${this.renderBody()}</div>` : nothing}
    </wa-dialog>`;
  }

  private renderBody() {
    const moderator = can.judge(this.desk.me.role);
    return html`
      ${
        moderator
          ? html`<sb-switch
              label="What is shown" .options=${VIEWS} value=${this.view}
              @sb-choose=${(event: CustomEvent) => (this.view = event.detail.value)}
            ></sb-switch>`
          : nothing
      }
      ${
        this.view === 'own' || this.written
          ? html`<sb-own-rules ?hidden=${this.view !== 'own'} .desk=${this.desk} .snapshot=${this.snapshot}></sb-own-rules>`
          : nothing
      }
      ${this.view === 'all' ? this.renderList(moderator) : nothing}
    `;
  }

  private renderList(moderator: boolean) {
    const off = new Set(this.snapshot.info.rulesOff);
    const shown = this.rules.filter(
      listed =>
        isFound(listed, this.text, this.letter) &&
        (this.which !== 'off' || off.has(listed.rule.id)) &&
        (this.which !== 'own' || listed.own),
    );
    const value = (event: Event) => (event.target as HTMLInputElement).value;
    return html`
      <div class="filters">
        <input type="search" aria-label="Find in rules" placeholder="Find: words, or an id" .value=${this.text} @input=${(event: Event) => (this.text = value(event))} />
        <select aria-label="Category" @change=${(event: Event) => (this.letter = value(event) as Letter | '')}>
          <option value="">All letters</option>
          ${LETTERS.map(letter => html`<option value=${letter} ?selected=${letter === this.letter}>${letter} ${CATEGORY[letter].name}</option>`)}
        </select>
        <select aria-label="Which rules" @change=${(event: Event) => (this.which = value(event) as keyof typeof WHICH)}>
          ${Object.entries(WHICH).map(([which, label]) => html`<option value=${which} ?selected=${which === this.which}>${label}</option>`)}
        </select>
      </div>
      <p class="small quiet" role="status">${shown.length === this.rules.length ? `${shown.length} rules` : `${shown.length} of ${this.rules.length} rules`}</p>
      <ul class="rules">${repeat(
        shown,
        ({ rule }) => rule.id,
        listed => this.renderRule(listed, !off.has(listed.rule.id), moderator),
      )}</ul>
    `;
  }

  private renderRule({ rule, own }: ListedRule, on: boolean, moderator: boolean) {
    const { id, title, stride } = rule;
    const unfolded = this.unfolded.has(id);
    const here = this.suggested.get(id) ?? 0;
    const times = here === 1 ? 'once' : `${here} times`;
    const about = [id, own && 'our own', !on && 'switched off', here > 0 && `suggested ${times} here`];
    const toggle = () => {
      const next = new Set(this.unfolded);
      if (!next.delete(id)) next.add(id);
      this.unfolded = next;
    };
    return html`<li class=${on ? '' : 'off'}>
      <button class="link head" aria-expanded=${unfolded} @click=${toggle}>
        <span class="title">${title}</span>
        <span class="about">${about.filter(Boolean).join(' · ')}</span>
        <span class="letters">${stride.map(letter => html`<sb-letter letter=${letter}></sb-letter>`)}</span>
      </button>
      ${
        moderator
          ? html`<label class="on"><input
              type="checkbox" aria-label="${id} is on" .checked=${on}
              @change=${(event: Event) => switchRule(this.desk, id, (event.target as HTMLInputElement).checked)}
            />${on ? 'On' : 'Off'}</label>`
          : nothing
      }
      ${unfolded ? html`<sb-rule .rule=${rule}></sb-rule>` : nothing}
    </li>`;
  }
}
