/** `<sb-threats>`: the description table: every recorded threat, edited in place by who may. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type Gathered, gathered, TAKEN_OUT } from '#shared/document/merged.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import {
  SEVERITY,
  type Severity,
  type Suggestion,
  THREAT_STATUS,
  type Threat,
  type ThreatStatus,
  threatRef,
} from '#shared/document/threats.ts';
import { lastClosed } from '#shared/meeting/votes.ts';
import { CATEGORY, LETTERS, type Letter } from '#shared/stride/letters.ts';
import { deleteThreat, editThreat } from '../session/commands.ts';
import { decidedBefore } from '../session/decided.ts';
import { onThreat } from '../session/focus.ts';
import { ownersOf, tagsOf } from '../session/names.ts';
import type { Person } from '../session/people.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { Panel } from './panel.ts';
import './letter.ts';
import './tags.ts';
import './text-field.ts';
import './verdicts.ts';
import { changedSince } from './words.ts';

@customElement('sb-threats')
export class ThreatsPanel extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: block; container-type: inline-size; }
      .filters { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; padding: 10px 12px; }
      .filters select { width: auto; }
      @container (max-width: 420px) {
        .filters { grid-template-columns: 1fr 1fr; }
        .filters input { grid-column: 1 / -1; }
        .filters select { width: 100%; }
      }
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      thead th { padding: 6px 4px; text-align: start; font-size: var(--sb-small); font-weight: 600; border-bottom: 1px solid var(--sb-line-strong); color: var(--sb-quiet); }
      th:first-child, td:first-child { width: 44px; padding-inline-start: 12px; }
      th.status { width: 116px; }
      th.category { width: 76px; }
      td { padding: 7px 4px; vertical-align: top; }
      tr > :nth-child(4) { padding-inline-end: 12px; }
      tbody { border-bottom: 1px solid var(--sb-line); }
      tbody.lit { background: var(--sb-chosen); box-shadow: inset 3px 0 var(--sb-chosen-line); }
      button.ref { font-weight: 650; padding-top: 5px; }
      .letters { display: flex; flex-wrap: wrap; gap: 2px; padding-top: 2px; }
      .under { padding: 0 12px 10px 48px; display: grid; gap: 5px; }
      .about { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; padding-inline-start: 8px; min-height: 26px; font-size: var(--sb-small); }
      .tools { gap: 0; }
      .dots { color: var(--wa-color-text-normal); font-variant-numeric: tabular-nums; }
      .boxes { display: flex; gap: 2px; }
      .boxes button { padding: 0; min-height: 0; border: 0; background: none; opacity: 0.3; }
      .boxes button[aria-pressed='true'] { opacity: 1; }
      .empty { padding: 12px 16px; }
      sb-verdicts { padding: 12px; }
      .labelled { display: grid; grid-template-columns: 68px minmax(0, 1fr); padding-inline-start: 8px; }
      .labelled > span { padding-top: 6px; }
      .labelled sb-tags { padding-inline-start: 8px; }
      .severity { width: auto; padding: 1px 2px; font-size: var(--sb-small); }
      .category { overflow-wrap: anywhere; }
      .stale { margin-inline-start: 8px; padding: 4px 8px; border-inline-start: 3px solid var(--wa-color-warning-border-loud); background: var(--wa-color-warning-fill-quiet); }
      .stale .named { display: inline; }
      .also { display: grid; gap: 2px; padding-inline-start: 8px; font-size: var(--sb-small); overflow-wrap: anywhere; }
      .also li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; }
      .also button { min-height: 22px; padding-block: 0; }
    `,
  ];

  /** The others who are here. */
  @property({ attribute: false }) people: readonly Person[] = [];

  @state() private text = '';
  @state() private letter: Letter | '' = '';
  @state() private status: ThreatStatus | '' = '';
  @state() private deleting: string | null = null;

  /** Suggestions that became threats and whose cause is gone since, by their ids. */
  private stale: ReadonlyMap<string, Suggestion> = new Map();
  /** What the fields offer. */
  private owners: readonly string[] = [];
  private tags: readonly string[] = [];

  override updated(changed: PropertyValues<this>) {
    if (!changed.has('looking') || !this.looking.threat) return;
    this.renderRoot
      .querySelector(`[data-threat="${CSS.escape(this.looking.threat)}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const { threats, suggestions } = this.snapshot;
    if (threats.length === 0) {
      return html`<div class="empty stack">
        <h2>No threats recorded yet</h2>
        <p class="quiet">Choose a cell of the index table and type what could go wrong there, or accept a suggestion.</p>
      </div>
      ${this.renderDecided()}`;
    }
    const shown = gathered(threats).filter(each => this.isShown(each));
    this.owners = ownersOf(threats, [...this.people, this.desk.me]);
    this.tags = tagsOf(threats);
    this.stale = new Map(suggestions.filter(({ stale }) => stale).map(each => [each.id, each]));
    return html`
      ${this.renderFilters()}
      <table aria-label="Description table: the recorded threats">
        <thead>
          <tr>
            <th scope="col">Id</th>
            <th scope="col">Threat</th>
            <th scope="col" class="category">Category</th>
            <th scope="col" class="status">Status</th>
          </tr>
        </thead>
        ${repeat(
          shown,
          ({ threat }) => threat.id,
          each => this.renderThreat(each),
        )}
      </table>
      ${shown.length === 0 ? html`<p class="empty quiet">No threat matches.</p>` : nothing}
      ${this.renderDecided()}
    `;
  }

  private renderDecided() {
    return html`<sb-verdicts
      .label=${(count: number) => `Decided about what is gone or changed (${count})`}
      note="What is opened again is suggested anew once its cause is back. Threats stay."
      .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .decided=${decidedBefore(this.snapshot)}
    ></sb-verdicts>`;
  }

  private isShown({ threat, merged }: Gathered): boolean {
    const text = this.text.toLowerCase();
    const { stride, status } = threat;
    const says = ({ title, description, tags, owner }: Threat) =>
      [title, description, owner, ...tags].some(each => each.toLowerCase().includes(text));
    return (
      (!text || [threat, ...merged].some(says)) &&
      (!this.letter || stride.includes(this.letter)) &&
      (!this.status || status === this.status)
    );
  }

  private renderFilters() {
    const value = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<div class="filters">
      <input type="search" aria-label="Find in threats" placeholder="Find" @input=${(event: Event) => (this.text = value(event))} />
      <select aria-label="Category" @change=${(event: Event) => (this.letter = value(event) as Letter)}>
        <option value="">All letters</option>
        ${LETTERS.map(letter => html`<option value=${letter}>${letter} ${CATEGORY[letter].name}</option>`)}
      </select>
      <select aria-label="Status" @change=${(event: Event) => (this.status = value(event) as ThreatStatus)}>
        <option value="">All states</option>
        ${Object.entries(THREAT_STATUS).map(([status, label]) => html`<option value=${status}>${label}</option>`)}
      </select>
    </div>`;
  }

  private renderThreat({ threat, merged }: Gathered) {
    const { me } = this.desk;
    const editable = can.editThreat(me.role, me.id, threat);
    const lit = this.highlights.threats.has(threat.id);
    const look = () => {
      if (this.looking.threat !== threat.id) this.look(onThreat(threat));
    };
    return html`<tbody class=${lit ? 'lit' : ''} data-threat=${threat.id} @focusin=${look}>
      <tr>
        <td><button class="link ref" aria-label="Show ${threatRef(threat)} on the board" @click=${look}>${threatRef(threat)}</button></td>
        <td>
          <sb-text
            bare wrap required label="Title of ${threatRef(threat)}" limit=${LIMITS.title} .value=${threat.title} ?disabled=${!editable}
            @sb-commit=${(event: CustomEvent) => editThreat(this.desk, threat.id, { title: event.detail.text })}
          ></sb-text>
        </td>
        <td>${this.renderLetters(threat, editable && lit)}</td>
        <td>${this.renderStatus(threat)}</td>
      </tr>
      <tr>
        <td colspan="4" style="padding: 0">
          <div class="under">
            <sb-text
              bare multiline label="Description of ${threatRef(threat)}" limit=${LIMITS.description} .value=${threat.description}
              placeholder=${editable ? 'Describe: who does what, to what effect?' : ''} ?disabled=${!editable}
              ?hidden=${!editable && !threat.description}
              @sb-commit=${(event: CustomEvent) => editThreat(this.desk, threat.id, { description: event.detail.text })}
            ></sb-text>
            ${this.renderText(threat, 'mitigation', 'Mitigation', 'What is or will be done about it?', editable, lit)}
            ${this.renderText(threat, 'justification', 'Reason', 'Why does it have this status?', editable, lit)}
            ${this.renderOwner(threat, editable, lit)}
            ${this.renderTags(threat, editable, lit)}
            ${this.renderMerged(merged)}
            ${this.renderStale(threat)}
            <div class="about">
              <span class="quiet">
                ${this.renderDots(threat)} ${this.renderSeverity(threat, editable)} on <button class="link" @click=${() => this.look(onThreat(threat))}>${labelOf(this.snapshot.things, threat.target)}</button>,
                by ${threat.by.name}
              </span>
              <span class="row tools">
                ${can.note(me.role) ? this.renderNote(threat) : nothing}
                ${editable ? this.renderDelete(threat) : nothing}
              </span>
            </div>
          </div>
        </td>
      </tr>
    </tbody>`;
  }

  /** A text that most threats lack: shown where it says something, and on the threat that somebody looks at. */
  private renderText(
    threat: Threat,
    key: 'mitigation' | 'justification',
    label: string,
    question: string,
    editable: boolean,
    lit: boolean,
  ) {
    const text = threat[key];
    if (!text && !(editable && lit)) return nothing;
    return html`<div class="labelled">
      <span class="quiet small">${label}</span>
      <sb-text
        bare multiline label="${label} of ${threatRef(threat)}" limit=${LIMITS.description} .value=${text}
        placeholder=${editable ? question : ''} ?disabled=${!editable}
        @sb-commit=${(event: CustomEvent) => editThreat(this.desk, threat.id, { [key]: event.detail.text })}
      ></sb-text>
    </div>`;
  }

  private renderOwner({ id, owner, ...threat }: Threat, editable: boolean, lit: boolean) {
    if (!owner && !(editable && lit)) return nothing;
    return html`<div class="labelled">
      <span class="quiet small">Owner</span>
      <sb-text
        bare label="Owner of ${threatRef(threat)}" limit=${LIMITS.name} .value=${owner} .completions=${this.owners}
        placeholder=${editable ? 'Who takes care of it?' : ''} ?disabled=${!editable}
        @sb-commit=${(event: CustomEvent) => editThreat(this.desk, id, { owner: event.detail.text })}
      ></sb-text>
    </div>`;
  }

  private renderTags({ id, tags, ...threat }: Threat, editable: boolean, lit: boolean) {
    if (tags.length === 0 && !(editable && lit)) return nothing;
    return html`<div class="labelled">
      <span class="quiet small">Tags</span>
      <sb-tags
        bare of=${threatRef(threat)} .tags=${tags} .known=${this.tags} ?disabled=${!editable}
        @sb-tags=${(event: CustomEvent) => editThreat(this.desk, id, { tags: event.detail.tags })}
      ></sb-tags>
    </div>`;
  }

  /** What was merged into a threat: shown here and nowhere else. */
  private renderMerged(merged: readonly Threat[]) {
    if (merged.length === 0) return nothing;
    return html`<ul class="also">
      ${merged.map(
        threat => html`<li>
          <span><span class="quiet">also:</span> ${threat.title}, <span class="quiet">by ${threat.by.name}</span></span>
          ${
            can.judge(this.desk.me.role)
              ? html`<button class="plain" aria-label="Take out ${threat.title}" @click=${() => editThreat(this.desk, threat.id, TAKEN_OUT)}>Take out</button>`
              : nothing
          }
        </li>`,
      )}
    </ul>`;
  }

  /** A threat stays whatever becomes of the diagram; that what it came from is gone is a reason to look at it again. */
  private renderStale({ suggestion }: Threat) {
    const stale = this.stale.get(suggestion);
    if (!stale) return nothing;
    return html`<p class="stale small"><b>Look at it again.</b> ${changedSince(stale, this.snapshot, this.show)}</p>`;
  }

  /** What the last vote gave it. */
  private renderDots({ id }: Threat) {
    const dots = lastClosed(this.snapshot.votes)?.result?.[id];
    return dots ? html`<b class="dots">●${dots}</b><span class="visually-hidden"> dots, </span>` : nothing;
  }

  private renderSeverity(threat: Threat, editable: boolean) {
    const { id, severity } = threat;
    if (!editable) return severity ? `${SEVERITY[severity]} severity,` : nothing;
    return html`<select
      class="severity" aria-label="Severity of ${threatRef(threat)}" .value=${severity ?? ''}
      @change=${(event: Event) =>
        editThreat(this.desk, id, {
          severity: ((event.target as HTMLSelectElement).value || null) as Severity | null,
        })}
    >
      <option value="" ?selected=${!severity}>Severity open</option>
      ${Object.entries(SEVERITY).map(([value, label]) => html`<option value=${value} ?selected=${value === severity}>${label} severity</option>`)}
    </select>`;
  }

  private renderLetters({ id, stride, category }: Threat, editing: boolean) {
    if (!editing)
      return html`<div class="letters">
        ${stride.map(letter => html`<sb-letter letter=${letter}></sb-letter>`)}
        ${stride.length === 0 ? html`<span class="quiet small category">${category || 'None yet'}</span>` : nothing}
      </div>`;
    const toggle = (letter: Letter) => {
      const next = LETTERS.filter(each => (each === letter) !== stride.includes(each));
      if (next.length > 0) editThreat(this.desk, id, { stride: next });
    };
    return html`<div class="letters boxes" role="group" aria-label="Categories">
      ${LETTERS.map(
        letter => html`<button
          aria-pressed=${stride.includes(letter)} aria-label=${CATEGORY[letter].name} @click=${() => toggle(letter)}
        ><sb-letter letter=${letter}></sb-letter></button>`,
      )}
    </div>`;
  }

  private renderStatus({ id, status }: Threat) {
    if (!can.judge(this.desk.me.role)) return html`<span class="small">${THREAT_STATUS[status]}</span>`;
    return html`<select
      aria-label="Status" .value=${status}
      @change=${(event: Event) => editThreat(this.desk, id, { status: (event.target as HTMLSelectElement).value as ThreatStatus })}
    >
      ${Object.entries(THREAT_STATUS).map(([value, label]) => html`<option value=${value} ?selected=${value === status}>${label}</option>`)}
    </select>`;
  }

  /** What remains to be asked or done about it is written into the record. */
  private renderNote(threat: Threat) {
    const label = `Note a question or an action on ${threatRef(threat)}`;
    return html`<button class="plain" aria-label=${label} title=${label} @click=${() => this.look(onThreat(threat), { panel: 'minutes' })}>${icon('note')}</button>`;
  }

  private renderDelete(threat: Threat) {
    if (this.deleting !== threat.id) {
      return html`<button class="plain" aria-label="Delete ${threatRef(threat)}" @click=${() => (this.deleting = threat.id)}>${icon('trash')}</button>`;
    }
    return html`<span class="row">
      <button class="primary" @click=${() => deleteThreat(this.desk, threat)}>Delete ${threatRef(threat)}</button>
      <button class="plain" @click=${() => (this.deleting = null)}>Keep</button>
    </span>`;
  }
}
