/**
 * `<sb-file-drop>`: where a threat model of another tool is dropped, or chosen.
 *
 * @fires sb-file `{ file }`
 */
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';

@customElement('sb-file-drop')
export class FileDrop extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; }
      .zone { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 12px; padding: 12px 14px; border: 1px dashed var(--sb-line-strong); border-radius: 7px; }
      .zone.over { border-color: var(--sb-chosen-line); background: var(--sb-chosen); }
      .zone > svg { width: 20px; height: 20px; color: var(--sb-quiet); }
      input { display: none; }
    `,
  ];

  @query('input') private input!: HTMLInputElement;

  @property({ type: Boolean }) busy = false;
  @property() heading = '';

  @state() private over = false;

  private give(file: File | undefined) {
    if (file && !this.busy) this.dispatchEvent(new CustomEvent('sb-file', { detail: { file } }));
  }

  private readonly onDrop = (event: DragEvent) => {
    event.preventDefault();
    this.over = false;
    this.give(event.dataTransfer?.files[0]);
  };

  private readonly onChange = () => {
    const [file] = this.input.files ?? [];
    // The same file may be chosen again, after it was mended.
    this.input.value = '';
    this.give(file);
  };

  override render() {
    return html`<div
      class="zone ${this.over ? 'over' : ''}"
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.over = true;
      }}
      @dragleave=${() => (this.over = false)} @drop=${this.onDrop}
    >
      ${icon('file')}
      <div>
        <b>${this.heading}</b>
        <p class="small quiet">Threat Dragon, Microsoft Threat Modeling Tool, OTM, TM-BOM, Threagile, pytm, draw.io, or an archive of Strideboard. Drop it here.</p>
      </div>
      <button type="button" ?disabled=${this.busy} @click=${() => this.input.click()}>Choose file …</button>
      <input type="file" tabindex="-1" aria-hidden="true" @change=${this.onChange} />
    </div>`;
  }
}
