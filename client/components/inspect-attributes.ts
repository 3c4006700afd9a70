/** `<sb-attributes>`: what is asked of a thing: first what matters to it, the rest of the vocabulary folded. */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Attribute } from '#shared/dfd/attributes.ts';
import { can } from '#shared/document/rights.ts';
import { attributesFor } from '../session/readiness.ts';
import type { Thing } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import './attribute.ts';
import { Panel } from './panel.ts';

@customElement('sb-attributes')
export class AttributesPart extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 14px; }
      details > div { display: grid; gap: 14px; padding-top: 12px; }
      summary { cursor: pointer; font-weight: 600; font-size: var(--sb-small); }
    `,
  ];

  @property({ attribute: false }) thing!: Thing;

  @state() private unfolded = false;
  private lots: { first: Attribute[]; more: Attribute[] } = { first: [], more: [] };
  private of = '';

  override willUpdate() {
    const another = this.of !== this.thing.id;
    if (another) this.unfolded = false;
    // While the fold is open nothing leaves it: a field would move from under the hand that answers it.
    if (another || !this.unfolded) this.lots = attributesFor(this.thing, this.snapshot);
    this.of = this.thing.id;
  }

  override render() {
    const { first, more } = this.lots;
    return html`
      ${this.renderFields(first)}
      ${
        more.length > 0
          ? html`<details .open=${this.unfolded} @toggle=${this.onToggle}>
              <summary>More to say (${more.length})</summary>
              ${this.unfolded ? html`<div>${this.renderFields(more)}</div>` : nothing}
            </details>`
          : nothing
      }
    `;
  }

  private readonly onToggle = (event: Event) => {
    this.unfolded = (event.target as HTMLDetailsElement).open;
  };

  private renderFields(attributes: readonly Attribute[]) {
    const { info, locked } = this.snapshot;
    const readonly = !can.change(this.desk.me.role, info.locked, locked.has(this.thing.id));
    return repeat(
      attributes,
      ({ key }) => `${this.thing.id} ${key}`,
      attribute =>
        html`<sb-attribute .desk=${this.desk} .thing=${this.thing} .attribute=${attribute} ?readonly=${readonly}></sb-attribute>`,
    );
  }
}
