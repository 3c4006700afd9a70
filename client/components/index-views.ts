/**
 * `<sb-index-views>`: the index table, or the check of every element: what crosses a boundary, or what nobody has considered.
 *
 * @fires sb-view `{ view }`, the other one is wanted
 */
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controls } from '../theme/controls.ts';
import './gaps-panel.ts';
import './index-panel.ts';
import { Panel } from './panel.ts';

const VIEWS = { crossings: 'Crossings', elements: 'Elements' } as const;
export type IndexView = keyof typeof VIEWS;

@customElement('sb-index-views')
export class IndexViews extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; grid-template-rows: auto minmax(0, 1fr); height: 100%; }
      fieldset { display: flex; border: 0; margin: 0; padding: 7px 12px; }
      label { position: relative; padding: 2px 10px; border: 1px solid var(--sb-line-strong); margin-inline-start: -1px; cursor: pointer; font-weight: 400; }
      label:first-of-type { border-radius: 5px 0 0 5px; margin: 0; }
      label:last-of-type { border-radius: 0 5px 5px 0; }
      label:has(:checked) { background: var(--sb-chosen); box-shadow: inset 0 0 0 1px var(--sb-chosen-line); z-index: 1; }
      label:has(:focus-visible) { outline: 2px solid var(--wa-color-focus); z-index: 2; }
      input { position: absolute; opacity: 0; pointer-events: none; }
    `,
  ];

  @property() view: IndexView = 'crossings';

  override render() {
    const { desk, snapshot, looking, highlights } = this;
    const choose = (view: IndexView) => this.dispatchEvent(new CustomEvent('sb-view', { detail: { view } }));
    return html`
      <fieldset aria-label="Rows of the table">
        ${Object.entries(VIEWS).map(
          ([view, label]) => html`<label><input
            type="radio" name="view" .checked=${view === this.view} @change=${() => choose(view as IndexView)}
          />${label}</label>`,
        )}
      </fieldset>
      ${
        this.view === 'crossings'
          ? html`<sb-index .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights}></sb-index>`
          : html`<sb-gaps .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights}></sb-gaps>`
      }
    `;
  }
}
