/** `<sb-inspect>`: edits what is selected on the board; with nothing selected, the session's scope, findings and legend. */
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { KINDS } from '#shared/dfd/kinds.ts';
import type { Json } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import { editShape, lockShapes } from '../session/commands.ts';
import { labelsOf, type Thing } from '../session/things.ts';
import { choices } from '../theme/choices.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import './inspect-attributes.ts';
import { Panel } from './panel.ts';
import './overview.ts';
import './questions.ts';
import { symbol } from './symbol.ts';
import './text-field.ts';
import './workflows.ts';

@customElement('sb-inspect')
export class InspectPanel extends Panel {
  static override styles = [
    controls,
    choices,
    css`
      :host { display: block; }
      .thing { display: grid; gap: 14px; padding: 12px; }
      .field { display: grid; gap: 4px; }
      sb-questions { padding: 9px 10px; border: 1px solid var(--sb-line); border-radius: 6px; background: var(--wa-color-surface-lowered); }
      .finding { padding: 6px 9px; border-inline-start: 3px solid var(--wa-color-warning-border-loud); background: var(--wa-color-warning-fill-quiet); }
      .lock { margin-inline-start: auto; }
      .locked { padding: 5px 9px; border-radius: 5px; background: var(--wa-color-surface-lowered); }
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
    const { me } = this.desk;
    const locked = this.snapshot.locked.has(id);
    const readonly = !can.change(me.role, this.snapshot.info.locked, locked);
    const nameKey = kind === 'data_flow' ? 'props.text' : 'props.name';
    const findings = this.snapshot.model.findings.filter(({ on }) => on === id);
    return html`<div class="thing" data-thing=${id}>
      <div class="row quiet">
        ${symbol(kind, 18)} ${KINDS[kind].label}
        ${can.lock(me.role) ? this.renderLock(id, locked) : nothing}
      </div>
      ${locked ? html`<p class="locked row small">${icon('lock')} Locked: only moderators change it.</p>` : nothing}
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
      <sb-questions .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .on=${id}></sb-questions>
      <sb-attributes .desk=${this.desk} .snapshot=${this.snapshot} .thing=${thing}></sb-attributes>
      <p class="small quiet">${this.factsOf(thing)}</p>
    </div>`;
  }

  private renderLock(id: string, locked: boolean) {
    return html`<button class="plain small lock" @click=${() => lockShapes(this.desk, [id], !locked)}>
      ${icon(locked ? 'unlock' : 'lock')} ${locked ? 'Unlock' : 'Lock'}
    </button>`;
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
