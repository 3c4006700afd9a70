/** `<sb-inspect>`: edits what is selected on the board; with nothing selected, the session's scope, findings and legend. */
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type Attribute, attributesOf, UNKNOWN } from '#shared/dfd/attributes.ts';
import { KINDS } from '#shared/dfd/kinds.ts';
import type { Json } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import { editShape } from '../session/commands.ts';
import { labelsOf, type Thing } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';
import './overview.ts';
import { symbol } from './symbol.ts';
import './text-field.ts';
import './workflows.ts';

@customElement('sb-inspect')
export class InspectPanel extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: block; }
      .thing { display: grid; gap: 14px; padding: 12px; }
      .field { display: grid; gap: 4px; }
      fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 4px; }
      legend { padding: 0 0 4px; font-size: var(--sb-small); font-weight: 600; }
      .choices { display: flex; flex-wrap: wrap; }
      .choices label { position: relative; padding: 3px 10px; border: 1px solid var(--sb-line-strong); margin-inline-start: -1px; cursor: pointer; font-weight: 400; }
      .choices label:first-child { border-radius: 5px 0 0 5px; margin: 0; }
      .choices label:last-child { border-radius: 0 5px 5px 0; }
      .choices label:has(:checked) { background: var(--sb-chosen); box-shadow: inset 0 0 0 1px var(--sb-chosen-line); z-index: 1; }
      .choices label:has(:focus-visible) { outline: 2px solid var(--wa-color-focus); z-index: 2; }
      .choices input { position: absolute; opacity: 0; pointer-events: none; }
      .many { display: grid; grid-template-columns: 1fr 1fr; gap: 2px 10px; }
      .many label { font-weight: 400; display: flex; gap: 6px; align-items: center; }
      .finding { padding: 6px 9px; border-inline-start: 3px solid var(--wa-color-warning-border-loud); background: var(--wa-color-warning-fill-quiet); }
      .hint { padding: 20px 16px; }
      sb-workflows { padding: 0 12px 12px; }
    `,
  ];

  override render() {
    const { shapes } = this.looking;
    const things = shapes.map(id => this.snapshot.things.get(id)).filter(thing => thing !== undefined);
    if (things.length === 0) {
      return html`<sb-overview .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking}></sb-overview>`;
    }
    const shown =
      things.length > 1
        ? html`<p class="hint quiet">${things.length} things are selected. Select one to see and edit what it is.</p>`
        : this.renderThing(things[0]!);
    return html`${shown}<sb-workflows .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking}></sb-workflows>`;
  }

  private renderThing(thing: Thing) {
    const { kind, id } = thing;
    const readonly = !can.draw(this.desk.me.role, this.snapshot.info.locked);
    const nameKey = kind === 'data_flow' ? 'props.text' : 'props.name';
    const findings = this.snapshot.model.findings.filter(({ on }) => on === id);
    return html`<div class="thing" data-thing=${id}>
      <div class="row quiet">${symbol(kind, 18)} ${KINDS[kind].label}</div>
      ${findings.map(({ message }) => html`<p class="finding small">${message}</p>`)}
      <div class="field">
        <label>Name</label>
        <sb-text
          label="Name" limit=${LIMITS.title} .value=${thing.name} placeholder=${KINDS[kind].label} ?disabled=${readonly}
          @sb-commit=${(event: CustomEvent) => this.set(id, nameKey, event.detail.text || undefined)}
        ></sb-text>
      </div>
      <div class="field">
        <label>Description</label>
        <sb-text
          multiline label="Description" limit=${LIMITS.description} .value=${thing.description} ?disabled=${readonly}
          @sb-commit=${(event: CustomEvent) => this.set(id, 'meta.description', event.detail.text || undefined)}
        ></sb-text>
      </div>
      ${thing.kind === 'data_flow' ? this.renderDirection(thing.id, thing.bidirectional, readonly) : nothing}
      ${attributesOf(kind).map(attribute => this.renderAttribute(thing, attribute, readonly))}
      <p class="small quiet">${this.factsOf(thing)}</p>
    </div>`;
  }

  private set(id: string, key: string, value: Json | undefined) {
    editShape(this.desk, id, { [key]: value });
  }

  /** Which heads the arrow has, whatever way it was drawn. */
  private renderDirection(id: string, bidirectional: boolean, readonly: boolean) {
    const head = (end: string) => root(this.desk.doc, 'board').get(id)?.get(`props.arrowhead${end}`);
    const set = (start: string | undefined, end: string | undefined) =>
      editShape(this.desk, id, { 'props.arrowheadStart': start, 'props.arrowheadEnd': end });
    const backwards = head('Start') === 'arrow' && head('End') === 'none';
    const choices = [
      { label: 'One way', chosen: !bidirectional && !backwards, pick: () => set(undefined, undefined) },
      { label: 'Reversed', chosen: backwards, pick: () => set('arrow', 'none') },
      { label: 'Both ways', chosen: bidirectional, pick: () => set('arrow', undefined) },
    ];
    return html`<fieldset ?disabled=${readonly}>
      <legend>Direction</legend>
      <div class="choices">
        ${choices.map(
          ({ label, chosen, pick }) =>
            html`<label><input type="radio" name="direction" .checked=${chosen} @change=${pick} />${label}</label>`,
        )}
      </div>
    </fieldset>`;
  }

  private renderAttribute({ id, attributes }: Thing, attribute: Attribute, readonly: boolean) {
    const { key, label, question, values, many } = attribute;
    const answer = attributes[key] ?? UNKNOWN;
    const set = (value: Json | undefined) => this.set(id, `meta.${key}`, value);
    if (!values) {
      return html`<div class="field">
        <label title=${question}>${label}</label>
        <sb-text
          label="${label}: ${question}" .value=${answer === UNKNOWN ? '' : String(answer)} placeholder="unknown" ?disabled=${readonly}
          @sb-commit=${(event: CustomEvent) => set(event.detail.text || undefined)}
        ></sb-text>
      </div>`;
    }
    if (many) return this.renderMany(attribute, answer === UNKNOWN ? [] : [answer].flat(), readonly, set);
    if (values.length <= 2) {
      const options = [...values, { value: UNKNOWN, label: 'Unknown' }];
      return html`<fieldset ?disabled=${readonly}>
        <legend title=${question}>${label}</legend>
        <div class="choices">
          ${options.map(
            option => html`<label><input
              type="radio" name=${key} .checked=${answer === option.value}
              @change=${() => set(option.value === UNKNOWN ? undefined : option.value)}
            />${option.label}</label>`,
          )}
        </div>
      </fieldset>`;
    }
    const pick = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      set(value === UNKNOWN ? undefined : value);
    };
    return html`<div class="field">
      <label for=${key} title=${question}>${label}</label>
      <select id=${key} ?disabled=${readonly} @change=${pick}>
        <option value=${UNKNOWN} ?selected=${answer === UNKNOWN}>Unknown</option>
        ${values.map(option => html`<option value=${option.value} ?selected=${answer === option.value}>${option.label}</option>`)}
      </select>
    </div>`;
  }

  private renderMany(
    { label, question, values = [] }: Attribute,
    answers: string[],
    readonly: boolean,
    set: (value: Json | undefined) => void,
  ) {
    const toggle = (value: string) => {
      const next = values
        .map(option => option.value)
        .filter(each => (each === value) !== answers.includes(each));
      set(next.length > 0 ? next : undefined);
    };
    return html`<fieldset ?disabled=${readonly}>
      <legend title=${question}>${label}${answers.length === 0 ? html`<span class="quiet"> · unknown</span>` : nothing}</legend>
      <div class="many">
        ${values.map(
          option => html`<label><input
            type="checkbox" .checked=${answers.includes(option.value)} @change=${() => toggle(option.value)}
          />${option.label}</label>`,
        )}
      </div>
    </fieldset>`;
  }

  private factsOf(thing: Thing): string {
    const { things } = this.snapshot;
    switch (thing.kind) {
      case 'data_flow':
        return thing.crosses.length > 0
          ? `Crosses ${labelsOf(things, thing.crosses)}.`
          : 'Crosses no trust boundary.';
      case 'trust_boundary':
        if (thing.open) return 'Open: nothing is inside of it.';
        return thing.contains.length > 0 ? `Holds ${labelsOf(things, thing.contains)}.` : 'Holds no element.';
      default:
        return thing.boundaries.length > 0
          ? `Inside ${labelsOf(things, thing.boundaries)}.`
          : 'Inside no trust boundary.';
    }
  }
}
