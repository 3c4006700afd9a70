/**
 * `<sb-index-views>`: the index table, or the check of every element: what crosses a boundary, or what nobody has considered.
 *
 * @fires sb-view `{ view }`, the other one is wanted
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './gaps-panel.ts';
import './index-panel.ts';
import { Panel } from './panel.ts';
import './switch.ts';

const VIEWS = { crossings: 'Crossings', elements: 'Elements' } as const;
export type IndexView = keyof typeof VIEWS;

@customElement('sb-index-views')
export class IndexViews extends Panel {
  static override styles = css`
      :host { display: grid; grid-template-rows: auto minmax(0, 1fr); height: 100%; }
      sb-switch { padding: 7px 12px; }
    `;

  @property() view: IndexView = 'crossings';

  override render() {
    const { desk, snapshot, looking, highlights } = this;
    const choose = (view: IndexView) => this.dispatchEvent(new CustomEvent('sb-view', { detail: { view } }));
    return html`
      <sb-switch
        label="Rows of the table" .options=${VIEWS} value=${this.view}
        @sb-choose=${(event: CustomEvent) => choose(event.detail.value)}
      ></sb-switch>
      ${
        this.view === 'crossings'
          ? html`<sb-index .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights}></sb-index>`
          : html`<sb-gaps .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights}></sb-gaps>`
      }
    `;
  }
}
