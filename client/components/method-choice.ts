/** `<sb-method>`: the method that the session goes by, for everyone to see and for moderators to change. */
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import { DEFAULT_METHOD, isMethod, METHOD_NAMES, type Method } from '#shared/stride/method-names.ts';
import { METHODS } from '#shared/stride/methods.ts';
import { editSession } from '../session/commands.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';

@customElement('sb-method')
export class MethodChoice extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 4px; }
      summary { cursor: pointer; font-size: var(--sb-small); color: var(--sb-quiet); }
      fieldset { border: 0; margin: 6px 0 0; padding: 0; display: grid; gap: 2px; }
      label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 8px; padding: 5px 6px; border-radius: 5px; cursor: pointer; }
      label:hover { background: var(--sb-hover); }
      label:has(:checked) { background: var(--sb-chosen); }
      label span { font-weight: 400; }
      label .purpose { grid-column: 2; }
      .hint { padding: 6px 9px; border-inline-start: 3px solid var(--wa-color-warning-border-loud); background: var(--wa-color-warning-fill-quiet); }
    `,
  ];

  override render() {
    const { info, workflows } = this.snapshot;
    const method = isMethod(info.method) ? info.method : DEFAULT_METHOD;
    const { label, purpose } = METHODS[method];
    return html`
      <h2>Method</h2>
      <p><b>${label}.</b> <span class="quiet">${purpose}</span></p>
      ${
        method === 'per-workflow' && workflows.length === 0
          ? html`<p class="hint small">Nothing is suggested yet: this method asks about the workflows below, and none is marked.</p>`
          : nothing
      }
      ${can.judge(this.desk.me.role) ? this.renderChoice(method) : nothing}
    `;
  }

  private renderChoice(chosen: Method) {
    return html`<details>
      <summary>Change the method</summary>
      <p class="small quiet">It decides what is suggested. Threats and verdicts stay.</p>
      <fieldset aria-label="Method of the session">
        ${METHOD_NAMES.map(
          name => html`<label>
            <input
              type="radio" name="method" value=${name} .checked=${name === chosen}
              @change=${() => editSession(this.desk, { method: name })}
            />
            <span>${METHODS[name].label}</span>
            <span class="purpose small quiet">${METHODS[name].purpose}</span>
          </label>`,
        )}
      </fieldset>
    </details>`;
  }
}
