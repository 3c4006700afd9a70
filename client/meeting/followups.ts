/** `<sb-followups>`: the open questions, or the actions, with a line to add another. */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import { type Threat, threatRef } from '#shared/document/threats.ts';
import type { Followup } from '#shared/meeting/followups.ts';
import { Panel } from '../components/panel.ts';
import '../components/text-field.ts';
import { addFollowup, deleteFollowup, editFollowup } from '../session/commands.ts';
import { onThreat } from '../session/focus.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { serverNow } from './clock.ts';
import { dayOf } from './times.ts';

const WORDS = {
  question: { heading: 'Open questions', one: 'question', placeholder: 'What remains open?' },
  action: { heading: 'Actions', one: 'action', placeholder: 'What is to be done?' },
} as const;

/** Years of more digits are no days that a session takes. */
const LAST_DAY = '9999-12-31';

@customElement('sb-followups')
export class Followups extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 4px; }
      li { display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; align-items: start; padding: 2px 0; border-bottom: 1px solid var(--sb-line); }
      li > input { margin: 8px 0 0; }
      .text { padding: 5px 8px; overflow-wrap: anywhere; white-space: pre-line; }
      .done .text, .done sb-text { color: var(--sb-quiet); text-decoration: line-through; }
      .more { grid-column: 2 / 4; display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: center; padding: 0 8px 4px; font-size: var(--sb-small); color: var(--sb-quiet); }
      .more input { width: auto; padding: 1px 4px; font-size: var(--sb-small); border-color: transparent; background: none; }
      .more input:is(:hover, :focus) { border-color: var(--sb-line-strong); }
      .more input.owner { width: 110px; }
      .late { color: var(--wa-color-danger-on-quiet); font-weight: 650; }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 6px; padding-bottom: 4px; }
      .action { grid-template-columns: minmax(0, 1fr) auto auto; }
      .action .words { grid-column: 1 / -1; }
      .about { grid-column: 1 / -1; display: flex; gap: 4px; align-items: center; font-size: var(--sb-small); color: var(--sb-quiet); }
      .about button { min-height: 0; padding: 2px; }
      @media print {
        form, li > button, li > input { display: none; }
        li { grid-template-columns: minmax(0, 1fr); break-inside: avoid; }
        .more { grid-column: 1; }
        ::-webkit-calendar-picker-indicator { display: none; }
        input[type='date']:not([value]), .owner:placeholder-shown { display: none; }
      }
    `,
  ];

  @property() kind: Followup['kind'] = 'question';
  /** Names that an owner may have. */
  @property({ attribute: false }) names: readonly string[] = [];

  /** Id of the threat that what is added shall not be about, although somebody looks at it. */
  @state() private apart = '';

  private get entries(): Followup[] {
    return this.snapshot.followups
      .filter(({ kind }) => kind === this.kind)
      .sort((a, b) => Number(a.done) - Number(b.done));
  }

  /** The threat that is looked at. */
  private get subject(): Threat | undefined {
    const { threat } = this.looking;
    return threat === this.apart ? undefined : this.snapshot.threats.find(({ id }) => id === threat);
  }

  private readonly add = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    const of = (name: string) => String(given.get(name) ?? '').trim();
    const text = of('text');
    if (!text) return;
    const { kind, subject } = this;
    addFollowup(this.desk, { kind, text, owner: of('owner'), due: of('due'), about: subject?.id ?? '' });
    form.reset();
    form.querySelector('input')?.focus();
  };

  override render() {
    const { heading } = WORDS[this.kind];
    const { entries } = this;
    const open = entries.filter(({ done }) => !done).length;
    return html`
      <h2>${heading} <span class="quiet small">${open || ''}</span></h2>
      ${can.note(this.desk.me.role) ? this.renderForm() : nothing}
      ${entries.length === 0 ? html`<p class="quiet small">None noted.</p>` : nothing}
      <ul aria-label=${heading}>
        ${repeat(
          entries,
          ({ id }) => id,
          each => this.renderEntry(each),
        )}
      </ul>
      <datalist id="names">${this.names.map(name => html`<option value=${name}></option>`)}</datalist>
    `;
  }

  private renderEntry(followup: Followup) {
    const { text, done } = followup;
    const { me } = this.desk;
    const editable = can.editNote(me.role, me.id, followup);
    return html`<li class=${done ? 'done' : ''}>
      <input
        type="checkbox" aria-label="Done: ${text}" .checked=${done} ?disabled=${!editable}
        @change=${() => editFollowup(this.desk, followup, { done: !done })}
      />
      ${
        editable
          ? html`<sb-text
              bare wrap required label="Text of the ${WORDS[this.kind].one}" limit=${LIMITS.reason} .value=${text}
              @sb-commit=${(event: CustomEvent) => editFollowup(this.desk, followup, { text: event.detail.text })}
            ></sb-text>
            <button class="plain" aria-label="Delete: ${text}" @click=${() => deleteFollowup(this.desk, followup)}>${icon('trash')}</button>`
          : html`<span class="text">${text}</span>`
      }
      <span class="more">
        ${this.kind === 'action' ? this.renderTaken(followup, editable) : nothing}
        ${this.renderAbout(followup)} ${followup.by.id === me.id ? nothing : html`<span>noted by ${followup.by.name}</span>`}
      </span>
    </li>`;
  }

  /** Who takes care of it, until when. */
  private renderTaken(followup: Followup, editable: boolean) {
    const { text, owner, due, done } = followup;
    const late = due !== '' && !done && due < dayOf(serverNow());
    const mark = late ? html`<span class="late">Overdue</span>` : nothing;
    if (!editable)
      return html`<span>${owner || 'No owner'}</span>${due ? html`<span>due ${due}</span>` : nothing}${mark}`;
    const put = (key: 'owner' | 'due') => (event: Event) => {
      const { value, validity } = event.target as HTMLInputElement;
      if (validity.valid) editFollowup(this.desk, followup, { [key]: value.trim() });
    };
    return html`<input
        class="owner" list="names" placeholder="No owner" maxlength=${LIMITS.name} aria-label="Owner of: ${text}" autocomplete="off"
        .value=${owner} @change=${put('owner')}
      />
      <input type="date" max=${LAST_DAY} aria-label="Due day of: ${text}" value=${due || nothing} .value=${due} @change=${put('due')} />${mark}`;
  }

  private renderAbout({ about }: Followup) {
    const threat = this.snapshot.threats.find(({ id }) => id === about);
    if (!threat) return nothing;
    return html`<span>on <button class="link" title=${threat.title} @click=${() => this.look(onThreat(threat))}>${threatRef(threat)}</button></span>`;
  }

  private renderForm() {
    const { one, placeholder } = WORDS[this.kind];
    const { subject } = this;
    return html`<form class=${this.kind} @submit=${this.add}>
      <input class="words" name="text" maxlength=${LIMITS.reason} aria-label="New ${one}" placeholder=${placeholder} autocomplete="off" />
      ${
        this.kind === 'action'
          ? html`<input name="owner" list="names" maxlength=${LIMITS.name} aria-label="Owner of the new action" placeholder="Owner" autocomplete="off" />
              <input name="due" type="date" max=${LAST_DAY} aria-label="Due day of the new action" />`
          : nothing
      }
      <button aria-label="Add ${one}">${icon('plus')} Add</button>
      ${
        subject
          ? html`<span class="about">It is on ${threatRef(subject)} ${subject.title}
              <button type="button" class="plain" aria-label="Not on ${threatRef(subject)}" @click=${() => (this.apart = subject.id)}>${icon('close')}</button></span>`
          : nothing
      }
    </form>`;
  }
}
