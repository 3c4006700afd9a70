/**
 * `<sb-triage>`: what waits for a moderator, one item at a time and by keyboard: proposals and suggestions, each with what may be the
 * same, its letters, severity, owner and tags; then the rest of the queue, and what was decided, to be taken back.
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { LIMITS } from '#shared/document/rights.ts';
import { SEVERITY, type Severity, type Threat, threatRef } from '#shared/document/threats.ts';
import { likelyDuplicates } from '#shared/stride/duplicates.ts';
import { CATEGORY, LETTERS, type Letter } from '#shared/stride/letters.ts';
import { onShapes, onThreat } from '../session/focus.ts';
import { ownersOf, tagsOf } from '../session/names.ts';
import { Watch } from '../session/observable.ts';
import type { Person } from '../session/people.ts';
import { compared, type Item } from '../session/queue.ts';
import { labelOf } from '../session/things.ts';
import { type Logged, namedThreat, type TriageWork } from '../session/triage.ts';
import { whyHere } from '../session/words.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { completions } from './completions.ts';
import './letter.ts';
import { Panel } from './panel.ts';
import { symbol } from './symbol.ts';
import './tags.ts';
import './text-field.ts';
import { hint, isTyping, REASONS, TRIAGE_KEYS } from './triage-keys.ts';
import { triageStyles } from './triage-styles.ts';
import { withLinks } from './words.ts';

/** Most of the queue, and of what was decided, that are listed. */
const LISTED = { before: 3, waiting: 40, decided: 3 };

const LEVELS: readonly (Severity | null)[] = [null, ...(Object.keys(SEVERITY) as Severity[])];

/** What a verdict asks for before it is given. */
type Asking = 'reason' | 'merge' | null;

@customElement('sb-triage')
export class TriagePanel extends Panel {
  static override styles = [controls, triageStyles];

  @property({ attribute: false }) work!: TriageWork;
  @property({ attribute: false }) people: readonly Person[] = [];

  @state() private asking: Asking = null;
  @state() private helping = false;

  @query('.item') private region?: HTMLElement;
  @query('.asking input') private askField?: HTMLInputElement;

  private readonly watch = new Watch(this, () => this.work);
  private duplicates: readonly Threat[] = [];
  /** Id of the item that the board shows. */
  private shown: string | null = null;

  override connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.work.enter();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.work.leave();
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!this.hasUpdated) this.work.enter();
    else if (changed.has('snapshot')) this.work.refresh();
    const { item } = this.watch.value!;
    const isOther = item?.id !== this.shown;
    if (isOther) this.asking = null;
    if (item && (isOther || changed.has('snapshot'))) {
      this.duplicates = likelyDuplicates(compared(item, this.snapshot.model), this.snapshot.threats);
    }
  }

  override updated() {
    const { item } = this.watch.value!;
    if (!item || item.id === this.shown) return;
    this.shown = item.id;
    this.look(item.kind === 'proposal' ? onThreat(item.threat) : onShapes([item.target]));
  }

  /** A key that came to the panel, or to its tab. */
  press(event: KeyboardEvent): void {
    if (isTyping(event)) {
      // What was typed is in: the keys are ours again.
      if (event.key === 'Enter' || event.key === 'Escape') this.takeKeyboard();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.actionOf(event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    // A key that is held down decides once.
    if (!event.repeat || 'jk'.includes(event.key)) act();
  }

  private actionOf(key: string): (() => void) | undefined {
    const { work } = this;
    if (key === 'escape' && this.asking) return () => this.ask(null);
    if (key === '?') return () => (this.helping = !this.helping);
    if (key === 'z') return () => work.undo();
    if (key === 'j') return () => work.step(1);
    if (key === 'k') return () => work.step(-1);
    if (!this.watch.value!.item) return undefined;
    if (key === 'a') return () => work.accept();
    if (key === 'x') return () => this.ask('reason');
    if (key === 'm') return () => this.ask('merge');
    if (key === 'o') return () => this.enterField('.owner sb-text');
    if (key === 'l') return () => this.enterField('sb-tags');
    const letter = LETTERS.find(each => each.toLowerCase() === key);
    if (letter) return () => work.toggle(letter);
    const level = /^\d$/.test(key) ? LEVELS[Number(key)] : undefined;
    return level === undefined ? undefined : () => work.amend({ severity: level });
  }

  private enterField(selector: string) {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** Takes the keyboard, unless a field still has it. */
  private takeKeyboard() {
    if (!this.renderRoot.querySelector(':focus')) this.region?.focus({ preventScroll: true });
  }

  private async ask(asking: Asking) {
    const { item } = this.watch.value!;
    // Somebody else has decided: there is nothing to ask any more.
    if (asking && item && this.work.settledBecause(item) !== null) return this.work.step(1);
    this.asking = asking;
    await this.updateComplete;
    if (asking) this.askField?.focus();
    else this.takeKeyboard();
  }

  /** Gives the verdict that was asked about. */
  private answer(act: () => void) {
    act();
    this.asking = null;
    this.region?.focus({ preventScroll: true });
  }

  private readonly dismiss = (reason: string) => this.answer(() => this.work.dismiss(reason));
  private readonly merge = (other: Threat) => this.answer(() => this.work.merge(other.id));

  private readonly onAskKey = (event: KeyboardEvent) => {
    const field = event.target as HTMLInputElement;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.answer(() => {});
      return;
    }
    if (field.value !== '' || !/^[1-9]$/.test(event.key)) return;
    const at = Number(event.key) - 1;
    const [reason, other] = [REASONS[at], this.duplicates[at]];
    if (this.asking === 'reason' && reason) {
      event.preventDefault();
      this.dismiss(reason);
    } else if (this.asking === 'merge' && other) {
      event.preventDefault();
      this.merge(other);
    }
  };

  private readonly onAnswer = (event: SubmitEvent) => {
    event.preventDefault();
    const text = this.askField!.value.trim();
    if (!text) return;
    if (this.asking === 'reason') return this.dismiss(text);
    const other = namedThreat(this.mergeable, text);
    if (other) this.merge(other);
    else this.askField!.setCustomValidity('No threat is called so.');
    this.askField?.reportValidity();
  };

  /** What the item in front may be merged into. */
  private get mergeable(): Threat[] {
    const { item } = this.watch.value!;
    return this.snapshot.threats.filter(({ id, status }) => id !== item?.id && status !== 'rejected');
  }

  override render() {
    const { item, notice, log } = this.watch.value!;
    const { queue } = this.work;
    return html`
      ${this.renderHead(item, queue)}
      ${this.helping ? this.renderKeys() : nothing}
      <div class="item" tabindex="-1" role="group" aria-label=${item ? `In front: ${item.title}` : 'Nothing in front'}>
        ${notice ? html`<p class="notice small">${notice}</p>` : nothing}
        ${item ? this.renderItem(item) : this.renderEmpty(queue.length)}
      </div>
      ${item ? this.renderVerdict() : nothing}
      ${this.renderQueue(queue, item)}
      ${this.renderLog(log)}
      <p class="visually-hidden" role="status" aria-live="polite">${notice} ${item ? item.title : 'Nothing waits.'}</p>
    `;
  }

  private renderHead(item: Item | null, queue: readonly Item[]) {
    const at = queue.findIndex(({ id }) => id === item?.id);
    return html`<div class="head">
      <h2>${queue.length} waiting${at >= 0 ? html`<span class="quiet"> · ${at + 1} of ${queue.length}</span>` : nothing}</h2>
      <button class="plain" aria-keyshortcuts="k" ?disabled=${queue.length < 2} @click=${() => this.work.step(-1)}>Previous ${hint('k')}</button>
      <button class="plain" aria-keyshortcuts="j" ?disabled=${queue.length < 2} @click=${() => this.work.step(1)}>Next ${hint('j')}</button>
      <button class="plain" aria-label="Keys" aria-keyshortcuts="?" aria-expanded=${this.helping} @click=${() => (this.helping = !this.helping)}>${hint('?')}</button>
    </div>`;
  }

  private renderKeys() {
    return html`<dl class="keys">
      ${Object.entries(TRIAGE_KEYS).map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}
    </dl>`;
  }

  private renderEmpty(waiting: number) {
    if (waiting > 0)
      return html`<p class="quiet">Other moderators have in front of them what waits. Choose from the list to look along.</p>`;
    return html`<h3>Nothing waits</h3>
      <p class="quiet">What participants propose and what is suggested for the diagram comes here, one at a time.</p>`;
  }

  private renderItem(item: Item) {
    const { things } = this.snapshot;
    const kind = things.get(item.target)?.kind;
    const settled = this.work.settledBecause(item);
    const other = this.watch.value!.others.get(item.id);
    return html`
      ${settled === null ? nothing : html`<p class="notice" role="alert"><b>${settled}</b> Any verdict leads on.</p>`}
      <p class="on small quiet">
        <span>${item.kind === 'proposal' ? `${threatRef(item.threat)} proposed by ${item.threat.by.name}` : 'Suggested'} on</span>
        ${kind ? symbol(kind, 14) : nothing}
        <button class="link" title="Show on the board" @click=${() => this.show(item.target)}>${labelOf(things, item.target)}</button>
        ${other ? html`<span class="who">${other} is on it too</span>` : nothing}
      </p>
      ${
        item.kind === 'proposal'
          ? html`<sb-text
              class="title" bare wrap required label="Title" limit=${LIMITS.title} .value=${item.title} ?disabled=${settled !== null}
              @sb-commit=${(event: CustomEvent<{ text: string }>) => this.work.amend({ title: event.detail.text })}
            ></sb-text>`
          : html`<h3 class="title">${item.title}</h3>`
      }
      ${this.renderAbout(item)}
      ${this.renderDuplicates()}
      ${this.renderDetails(item, settled !== null)}
    `;
  }

  private renderAbout(item: Item) {
    if (item.kind === 'proposal')
      return item.threat.description ? html`<p class="about">${item.threat.description}</p>` : nothing;
    const { catalogue, things } = this.snapshot;
    const reasons = whyHere(item.suggestion, things);
    return html`<p class="about">${catalogue.rule(item.suggestion.rule)?.explanation}</p>
      ${reasons.length > 0 ? html`<ul class="why small quiet" aria-label="Why here">${reasons.map(words => html`<li>${withLinks(words, this.show)}</li>`)}</ul>` : nothing}`;
  }

  private renderDuplicates() {
    if (this.duplicates.length === 0 || this.asking === 'merge') return nothing;
    return html`<section class="alike">
      <h3 class="small quiet">Perhaps the same</h3>
      <ul>
        ${this.duplicates.map(
          threat => html`<li>
            <span><b>${threatRef(threat)}</b> ${threat.title}</span>
            <button aria-label="Merge into ${threatRef(threat)}" @click=${() => this.merge(threat)}>Merge</button>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private renderDetails(item: Item, disabled: boolean) {
    const { stride, severity, tags, owner } = this.work.detailsOf(item);
    const { threats } = this.snapshot;
    const people = [...this.people, this.desk.me];
    return html`<div class="details">
      <span class="small quiet">Letters</span>
      <div class="letters" role="group" aria-label="Letters">
        ${LETTERS.map(
          (letter: Letter) => html`<button
            aria-pressed=${stride.includes(letter)} aria-label=${CATEGORY[letter].name} aria-keyshortcuts=${letter.toLowerCase()} ?disabled=${disabled}
            @click=${() => this.work.toggle(letter)}
          ><sb-letter letter=${letter}></sb-letter></button>`,
        )}
      </div>
      <span class="small quiet">Severity</span>
      <div class="levels" role="group" aria-label="Severity">
        ${LEVELS.map(
          (level, i) => html`<button
            aria-pressed=${severity === level} aria-keyshortcuts=${i} ?disabled=${disabled} @click=${() => this.work.amend({ severity: level })}
          >${level ? SEVERITY[level] : 'None'} ${hint(String(i))}</button>`,
        )}
      </div>
      <span class="small quiet">Owner ${hint('o')}</span>
      <div class="owner">
        <sb-text
          label="Owner" limit=${LIMITS.name} placeholder="Who takes care of it" .value=${owner} .completions=${ownersOf(threats, people)} ?disabled=${disabled}
          @sb-commit=${(event: CustomEvent<{ text: string }>) => this.work.amend({ owner: event.detail.text })}
        ></sb-text>
      </div>
      <span class="small quiet">Tags ${hint('l')}</span>
      <sb-tags
        of="this" .tags=${tags} .known=${tagsOf(threats)} ?disabled=${disabled}
        @sb-tags=${(event: CustomEvent<{ tags: string[] }>) => this.work.amend({ tags: event.detail.tags })}
      ></sb-tags>
    </div>`;
  }

  private renderVerdict() {
    if (this.asking) return this.renderAsking(this.asking);
    return html`<div class="verdict">
      <button class="primary" aria-keyshortcuts="a" @click=${({ detail }: MouseEvent) => detail <= 1 && this.work.accept()}>Accept ${hint('a')}</button>
      <button aria-keyshortcuts="x" @click=${() => this.ask('reason')}>Dismiss … ${hint('x')}</button>
      <button aria-keyshortcuts="m" @click=${() => this.ask('merge')}>Merge … ${hint('m')}</button>
    </div>`;
  }

  private renderAsking(asking: 'reason' | 'merge') {
    const isReason = asking === 'reason';
    const offered = isReason
      ? REASONS.map(reason => ({ text: html`${reason}`, pick: () => this.dismiss(reason) }))
      : this.duplicates.map(threat => ({
          text: html`<b>${threatRef(threat)}</b> ${threat.title}`,
          pick: () => this.merge(threat),
        }));
    const label = isReason ? 'Why it is dismissed' : 'The threat that says the same';
    const names = isReason ? [] : this.mergeable.map(threat => `${threatRef(threat)} ${threat.title}`);
    return html`<form class="verdict asking" @submit=${this.onAnswer}>
      <ol>${offered.map(({ text, pick }, i) => html`<li><button type="button" class="plain" aria-keyshortcuts=${i + 1} @click=${pick}>${hint(String(i + 1))} <span>${text}</span></button></li>`)}</ol>
      <div class="row">
        <input
          aria-label=${label} placeholder=${isReason ? 'Or in your own words' : 'Or another: T7, or its title'} maxlength=${isReason ? LIMITS.reason : LIMITS.title + 10} autocomplete="off"
          list=${names.length > 0 ? 'threats' : nothing} @keydown=${this.onAskKey} @input=${(event: Event) => (event.target as HTMLInputElement).setCustomValidity('')}
        />
        ${completions('threats', names)}
        <button class="primary">${isReason ? 'Dismiss' : 'Merge'}</button>
        <button type="button" class="plain" @click=${() => this.ask(null)}>Cancel</button>
      </div>
    </form>`;
  }

  private renderQueue(queue: readonly Item[], item: Item | null) {
    // What others have in front is passed over, and mostly just before.
    const at = queue.findIndex(({ id }) => id === item?.id);
    const listed = queue.slice(Math.max(0, at - LISTED.before)).slice(0, LISTED.waiting);
    if (listed.length === 0) return nothing;
    const more = queue.length - queue.indexOf(listed.at(-1)!) - 1;
    const { others } = this.watch.value!;
    return html`<section class="waiting" aria-label="Waiting" tabindex="0">
      <ol class="queue">
        ${repeat(
          listed,
          ({ id }) => id,
          each => this.renderWaiting(each, each.id === item?.id, others.get(each.id)),
        )}
      </ol>
      ${more > 0 ? html`<p class="more small quiet">${more} more</p>` : nothing}
    </section>`;
  }

  private renderWaiting(item: Item, current: boolean, other: string | undefined) {
    const who = item.kind === 'proposal' ? item.threat.by.name : '';
    return html`<li>
      <button aria-current=${current ? 'true' : nothing} @click=${() => this.work.open(item)}>
        <span class="letters">${item.stride.map(letter => html`<sb-letter letter=${letter}></sb-letter>`)}</span>
        <span class="what">${item.title}<span class="quiet small"> · ${labelOf(this.snapshot.things, item.target)}${who ? ` · ${who}` : nothing}</span></span>
        ${other ? html`<span class="who small">${other}</span>` : nothing}
      </button>
    </li>`;
  }

  private renderLog(log: readonly Logged[]) {
    const done = log.filter(({ undone }) => !undone).slice(0, LISTED.decided);
    if (done.length === 0) return nothing;
    return html`<section class="log" aria-label="Your last decisions">
      <h3 class="small quiet">Your last decisions</h3>
      <ul>
        ${repeat(
          done,
          logged => logged,
          (logged, i) => html`<li>
            <span class="what"><b>${logged.says}</b> ${logged.item.title}</span>
            <button class="plain" @click=${() => this.work.undo(logged)}>${icon('undo')} Undo<span class="visually-hidden">: ${logged.says}, ${logged.item.title}</span> ${i === 0 ? hint('z') : nothing}</button>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}
