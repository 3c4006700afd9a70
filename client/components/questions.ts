/** `<sb-questions>`: the question whose answer changes most, answered right here, and how much is answered already. */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { can } from '#shared/document/rights.ts';
import type { Question, Readiness } from '#shared/stride/questions.ts';
import { editShape } from '../session/commands.ts';
import { nameOf, readinessOf, skippedIn, worthInWords } from '../session/readiness.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import './answer.ts';
import { Panel } from './panel.ts';

const FOLD = 'strideboard.questions';
/** Time to notice that another question is there, in ms: somebody else may answer the one that a hand is about to answer. */
const NOTICE = 600;
/** Where there is room for the question beside a table. */
const ROOMY = '(min-height: 800px) and (min-width: 901px)';

@customElement('sb-questions')
export class Questions extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: block; min-width: 0; }
      .heading { display: flex; align-items: center; gap: 10px; }
      button.heading { width: 100%; padding: 7px 12px; border: 0; border-radius: 0; background: none; text-align: start; }
      button.heading:focus-visible { outline-offset: -3px; }
      .fold { transition: rotate 0.1s; color: var(--sb-quiet); }
      [aria-expanded='true'] .fold { rotate: 90deg; }
      .gauge { display: flex; align-items: center; gap: 8px; margin-inline-start: auto; min-width: 0; font-size: var(--sb-small); color: var(--sb-quiet); font-weight: 400; white-space: nowrap; }
      .bar { flex: 0 1 64px; min-width: 16px; width: 64px; height: 6px; border-radius: 3px; border: 1px solid var(--sb-quiet); overflow: hidden; }
      .bar span { display: block; height: 100%; background: var(--sb-quiet); }
      .body { display: grid; gap: 6px; }
      :host([foldable]) .body { padding: 2px 12px 12px; }
      :host(:not([foldable])) .body { padding-top: 7px; }
      .question:focus { outline: none; }
      .question b { font-weight: 600; }
      .question .link { display: inline; }
      .answers { display: flex; align-items: end; gap: 6px; }
      sb-answer { flex: 0 1 auto; }
      sb-answer.wide { flex: 1 1 auto; }
    `,
  ];

  @query('.question') private asked?: HTMLElement;

  /** Only what is asked of this thing. */
  @property() on: string | null = null;
  /** Takes one line until it is opened. */
  @property({ type: Boolean, reflect: true }) foldable = false;

  /** null as long as nobody said how they want it. */
  @state() private unfolded: boolean | null = readFold();

  /** The question that is shown: it stays while it is open, whatever becomes of the order meanwhile. */
  private current: Question | null = null;
  private open: readonly Question[] = [];
  /** Whether the next question is to get the keyboard, as the last one had it. */
  private goesOn = false;
  /** Whether another question is shown than before. */
  private moved = false;
  /** When the question last changed without this person's doing. */
  private changedAt = Number.NEGATIVE_INFINITY;

  override willUpdate() {
    const { questions } = readinessOf(this.snapshot);
    const skipped = skippedIn(this.desk.doc);
    this.open = this.on === null ? questions : questions.filter(({ on }) => on === this.on);
    const due = this.open.filter(question => !skipped.has(nameOf(question)));
    const before = this.current && nameOf(this.current);
    this.current = due.find(question => nameOf(question) === before) ?? due[0] ?? null;
    this.moved = before !== (this.current && nameOf(this.current));
    // What says nothing takes no room.
    this.hidden = this.on !== null && this.open.length === 0;
  }

  override updated() {
    if (!this.moved) return;
    if (!this.goesOn) {
      this.changedAt = performance.now();
      return;
    }
    this.goesOn = false;
    // Who went on expects another question.
    this.changedAt = Number.NEGATIVE_INFINITY;
    this.asked?.focus();
  }

  private readonly skip = ({ detail }: MouseEvent) => {
    if (!this.current || detail > 1) return;
    skippedIn(this.desk.doc).add(nameOf(this.current));
    this.goesOn = true;
    this.requestUpdate();
  };

  private readonly askAgain = () => {
    const skipped = skippedIn(this.desk.doc);
    for (const question of this.open) skipped.delete(nameOf(question));
    this.goesOn = true;
    this.requestUpdate();
  };

  private readonly answer = ({ detail }: CustomEvent<{ value: string | string[] }>) => {
    if (!this.current || performance.now() - this.changedAt < NOTICE) return;
    const { on, attribute } = this.current;
    this.goesOn = true;
    editShape(this.desk, on, { [`meta.${attribute.key}`]: detail.value });
  };

  private readonly toggle = () => {
    this.unfolded = !this.isUnfolded;
    localStorage.setItem(FOLD, this.unfolded ? 'open' : 'closed');
  };

  private get isUnfolded(): boolean {
    return this.unfolded ?? (this.looking.cell === null && matchMedia(ROOMY).matches);
  }

  override render() {
    const readiness = readinessOf(this.snapshot);
    if (this.hidden) return nothing;
    if (this.on !== null) return this.renderOfThing();
    if (readiness.answered + readiness.questions.length === 0) return nothing;
    if (!this.foldable) {
      return html`<div class="heading"><h2>Questions</h2>${this.renderGauge(readiness)}</div>${this.renderBody()}`;
    }
    return html`
      <button class="heading" aria-expanded=${this.isUnfolded} @click=${this.toggle}>
        <span class="fold" aria-hidden="true">›</span><b>Questions</b>${this.renderGauge(readiness)}
      </button>
      ${this.isUnfolded ? this.renderBody() : nothing}
    `;
  }

  private renderOfThing() {
    const { length } = this.open;
    return html`<div class="heading">
      <h2>Questions</h2>
      <span class="gauge">${length} open here</span>
    </div>${this.renderBody()}`;
  }

  private renderGauge({ answered, questions }: Readiness) {
    const all = answered + questions.length;
    return html`<span class="gauge">
      <span class="bar" aria-hidden="true"><span style="width: ${Math.round((100 * answered) / all)}%"></span></span>
      ${questions.length} open, ${answered} of ${all} answered
    </span>`;
  }

  private renderBody() {
    if (this.current) return this.renderQuestion(this.current);
    return html`<div class="body">
      <p class="question quiet" tabindex="-1">
        ${this.open.length > 0 ? `You put off the last ${this.open.length}.` : 'Nothing is open that would change what is suggested.'}
      </p>
      ${this.open.length > 0 ? html`<div><button @click=${this.askAgain}>Ask again</button></div>` : nothing}
    </div>`;
  }

  private renderQuestion(question: Question) {
    const { on, attribute } = question;
    const { snapshot } = this;
    const writes = can.change(this.desk.me.role, snapshot.info.locked, snapshot.locked.has(on));
    const name = labelOf(snapshot.things, on);
    const isWide = attribute.many || (attribute.values?.length ?? 0) > 4;
    return html`<div class="body">
      <p class="question" tabindex="-1">
        ${this.on === null ? html`<button class="link" title="Show on the board" @click=${() => this.show(on)}><b>${name}</b></button>: ` : nothing}
        ${attribute.question}
      </p>
      <p class="small quiet">${worthInWords(question)}</p>
      <div class="answers">
        ${
          writes
            ? keyed(
                nameOf(question),
                html`<sb-answer class=${isWide ? 'wide' : ''} .attribute=${attribute} @sb-answer=${this.answer}></sb-answer>`,
              )
            : nothing
        }
        <button class="plain" @click=${this.skip}>Skip</button>
      </div>
    </div>`;
  }
}

function readFold(): boolean | null {
  const fold = localStorage.getItem(FOLD);
  return fold === null ? null : fold === 'open';
}
