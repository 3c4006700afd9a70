/** `<sb-agenda>`: the phases of the meeting, which of them is on, and for a moderator the way to another one and to another agenda. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { nanoid } from 'nanoid';
import { can } from '#shared/document/rights.ts';
import {
  MOST_MINUTES,
  MOST_PHASES,
  PHASE_KINDS,
  type Phase,
  type PhaseKind,
} from '#shared/meeting/agenda.ts';
import { editSession } from '../session/commands.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import '../components/text-field.ts';
import { MeetingPart } from './part.ts';

type State = 'now' | 'done' | 'skipped' | 'next';

const SIGNS: Record<State, { sign: string; words: string }> = {
  now: { sign: '▸', words: 'now' },
  done: { sign: '✓', words: 'done' },
  skipped: { sign: '–', words: 'skipped' },
  next: { sign: '', words: '' },
};

@customElement('sb-agenda')
export class Agenda extends MeetingPart {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 6px; }
      li { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto auto; gap: 6px; align-items: center; min-height: 32px; padding: 1px 0; border-bottom: 1px solid var(--sb-line); }
      li:last-child { border: 0; }
      li[aria-current] { font-weight: 650; }
      .sign { text-align: center; color: var(--sb-quiet); }
      .done .title, .skipped .title { color: var(--sb-quiet); }
      .skipped .title { text-decoration: line-through; }
      .minutes { white-space: nowrap; color: var(--sb-quiet); font-weight: 400; font-variant-numeric: tabular-nums; }
      .edit { grid-template-columns: minmax(0, 1fr) 58px auto; }
      .tools { display: flex; }
      .tools button { padding: 3px 5px; }
      .up svg { transform: rotate(-90deg); }
      .down svg { transform: rotate(90deg); }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
    `,
  ];

  @state() private editing = false;

  private get phases(): readonly Phase[] {
    return this.snapshot.info.agenda;
  }

  private write(agenda: readonly Phase[]) {
    editSession(this.desk, { agenda: [...agenda] });
  }

  private change(id: string, change: Partial<Phase>) {
    this.write(this.phases.map(phase => (phase.id === id ? { ...phase, ...change } : phase)));
  }

  private move(index: number, by: -1 | 1) {
    const phases = [...this.phases];
    const [moved] = phases.splice(index, 1);
    phases.splice(index + by, 0, moved!);
    this.write(phases);
  }

  private readonly add = (event: SubmitEvent) => {
    event.preventDefault();
    const kind = new FormData(event.target as HTMLFormElement).get('kind') as PhaseKind;
    const { label, minutes } = PHASE_KINDS[kind];
    this.write([...this.phases, { id: nanoid(8), kind, title: label, minutes }]);
  };

  private stateOf({ id }: Phase): State {
    const { meeting } = this.snapshot.info;
    if (!meeting || meeting.endedAt !== null) return 'next';
    if (meeting.phase?.id === id) return 'now';
    if (meeting.skipped.includes(id)) return 'skipped';
    return meeting.begun.includes(id) ? 'done' : 'next';
  }

  override render() {
    const leads = can.facilitate(this.desk.me.role);
    const total = this.phases.reduce((sum, { minutes }) => sum + minutes, 0);
    return html`
      <div class="row spread">
        <h2>Agenda <span class="quiet small">${total} min</span></h2>
        ${leads ? html`<button class="plain" aria-pressed=${this.editing} @click=${() => (this.editing = !this.editing)}>${this.editing ? 'Done' : 'Edit'}</button>` : nothing}
      </div>
      <ol aria-label="Agenda">
        ${repeat(
          this.phases,
          ({ id }) => id,
          (phase, index) =>
            leads && this.editing ? this.renderEdited(phase, index) : this.renderPhase(phase, leads),
        )}
      </ol>
      ${leads && this.editing ? this.renderAdd() : nothing} ${this.renderRefusal()}
    `;
  }

  private renderPhase(phase: Phase, leads: boolean) {
    const state = this.stateOf(phase);
    const { sign, words } = SIGNS[state];
    const { id, title, minutes } = phase;
    const going = this.snapshot.info.meeting?.endedAt === null;
    return html`<li class=${state} aria-current=${state === 'now' ? 'step' : nothing} title=${PHASE_KINDS[phase.kind].purpose}>
      <span class="sign" aria-hidden="true">${sign}</span>
      <span class="title">${title}<span class="visually-hidden"> ${words}</span></span>
      <span class="minutes">${minutes} min</span>
      ${
        leads && state !== 'now'
          ? html`<span class="tools">
              ${going && state === 'next' ? html`<button class="plain" aria-label="Skip ${title}" @click=${() => this.command({ do: 'skip', phase: id })}>Skip</button>` : nothing}
              <button class="plain" aria-label="Start ${title}" @click=${() => this.command({ do: 'start', phase: id })}>Start</button>
            </span>`
          : html`<span></span>`
      }
    </li>`;
  }

  private renderEdited({ id, title, minutes }: Phase, index: number) {
    const last = this.phases.length - 1;
    const setMinutes = (event: Event) => {
      const given = Math.round(Number((event.target as HTMLInputElement).value));
      if (given >= 1 && given <= MOST_MINUTES) this.change(id, { minutes: given });
    };
    return html`<li class="edit">
      <sb-text
        required label="Title of phase ${index + 1}" limit="120" .value=${title}
        @sb-commit=${(event: CustomEvent) => this.change(id, { title: event.detail.text })}
      ></sb-text>
      <input type="number" min="1" max=${MOST_MINUTES} aria-label="Minutes for ${title}" .value=${String(minutes)} @change=${setMinutes} />
      <span class="tools">
        <button class="plain up" aria-label="Move ${title} up" ?disabled=${index === 0} @click=${() => this.move(index, -1)}>${icon('chevron')}</button>
        <button class="plain down" aria-label="Move ${title} down" ?disabled=${index === last} @click=${() => this.move(index, 1)}>${icon('chevron')}</button>
        <button class="plain" aria-label="Remove ${title}" ?disabled=${last === 0} @click=${() => this.write(this.phases.filter(phase => phase.id !== id))}>${icon('trash')}</button>
      </span>
    </li>`;
  }

  private renderAdd() {
    if (this.phases.length >= MOST_PHASES) return nothing;
    return html`<form @submit=${this.add}>
      <select name="kind" aria-label="Kind of phase">
        ${Object.entries(PHASE_KINDS).map(([kind, { label }]) => html`<option value=${kind}>${label}</option>`)}
      </select>
      <button>${icon('plus')} Add phase</button>
      <button type="button" class="plain" @click=${() => editSession(this.desk, { agenda: undefined })}>Reset</button>
    </form>`;
  }
}
