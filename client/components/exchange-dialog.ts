/** `<sb-exchange>`: takes the session away as a file of another tool, or brings a file into it. */
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import { type ApiFailure, api, body } from '../session/api.ts';
import {
  type Brought,
  exportPath,
  type FormatInfo,
  importInto,
  NOTHING_SENT,
  type Progress,
} from '../session/exchange.ts';
import { controls } from '../theme/controls.ts';
import './file-drop.ts';
import './import-outcome.ts';
import './import-progress.ts';

/** A file on its way into the session: read to see what it would change, then brought in. */
type Stage =
  | { name: 'none' }
  | { name: 'reading'; file: File }
  | { name: 'preview'; file: File; outcome: Brought }
  | { name: 'bringing'; file: File; outcome: Brought }
  | { name: 'done'; outcome: Brought };

/** @fires sb-closed */
@customElement('sb-exchange')
export class ExchangeDialog extends LitElement {
  static override styles = [
    controls,
    css`
      wa-dialog { --width: 640px; }
      .body { display: grid; gap: 22px; }
      section { display: grid; gap: 8px; }
      .formats { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 6px; }
      .formats a { display: flex; justify-content: space-between; gap: 8px; padding: 6px 10px; border: 1px solid var(--sb-line-strong); border-radius: 5px; color: inherit; text-decoration: none; }
      .formats .quiet { white-space: nowrap; }
      .formats a:hover { background: var(--sb-hover); }
    `,
  ];

  @property() sessionId = '';
  @property() myRole: Role = 'observer';
  @property({ type: Boolean }) open = false;
  /** A file that was dropped on the board. */
  @property({ attribute: false }) dropped: File | null = null;

  @state() private formats: FormatInfo[] | null = null;
  @state() private stage: Stage = { name: 'none' };
  @state() private failure = '';
  @state() private progress = NOTHING_SENT;

  private readonly onProgress = (progress: Progress) => {
    this.progress = progress;
  };

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (changed.has('open') && this.open && !this.formats) {
      body(api.formats.$get()).then(
        formats => (this.formats = formats),
        (error: ApiFailure) => (this.failure = error.message),
      );
    }
    if (changed.has('dropped') && this.dropped) this.preview(this.dropped);
  }

  private async preview(file: File) {
    this.failure = '';
    this.progress = NOTHING_SENT;
    this.stage = { name: 'reading', file };
    try {
      const outcome = await importInto(this.sessionId, file, true, this.onProgress);
      this.stage = { name: 'preview', file, outcome };
    } catch (error) {
      this.stage = { name: 'none' };
      this.failure = (error as ApiFailure).message;
    }
  }

  private async bring(file: File, outcome: Brought) {
    this.stage = { name: 'bringing', file, outcome };
    try {
      this.stage = { name: 'done', outcome: await importInto(this.sessionId, file, false, this.onProgress) };
    } catch (error) {
      this.stage = { name: 'preview', file, outcome };
      this.failure = (error as ApiFailure).message;
    }
  }

  private readonly onHidden = (event: Event) => {
    // Those of what is inside bubble too.
    if (event.target !== event.currentTarget) return;
    this.stage = { name: 'none' };
    this.failure = '';
    this.dispatchEvent(new CustomEvent('sb-closed'));
  };

  override render() {
    return html`<wa-dialog label="Import and export" ?open=${this.open} @wa-after-hide=${this.onHidden}>
      ${this.open ? html`<div class="body">${this.renderImport()} ${this.stage.name === 'none' ? this.renderExport() : nothing}</div>` : nothing}
    </wa-dialog>`;
  }

  private renderImport() {
    if (!can.judge(this.myRole)) return nothing;
    const failure = this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing;
    const { stage } = this;
    switch (stage.name) {
      case 'none':
        return html`<section>
          <h2>Bring a file in</h2>
          ${failure}
          <sb-file-drop heading="A model, or a newer version of one" @sb-file=${(event: CustomEvent) => this.preview(event.detail.file)}></sb-file-drop>
        </section>`;
      case 'reading':
        return html`<sb-import-progress name=${stage.file.name} .progress=${this.progress}></sb-import-progress>`;
      case 'preview':
      case 'bringing':
        return html`<section>
          <h2>${stage.file.name}</h2>
          ${failure}
          <sb-import-outcome .outcome=${stage.outcome}></sb-import-outcome>
          <div class="row">
            <button class="primary" ?disabled=${stage.name === 'bringing'} @click=${() => this.bring(stage.file, stage.outcome)}>
              ${stage.name === 'bringing' ? 'Bringing it in …' : 'Bring it in'}
            </button>
            <button class="plain" @click=${() => (this.stage = { name: 'none' })}>Back</button>
          </div>
        </section>`;
      case 'done':
        return html`<section role="status">
          <h2>It is in the session</h2>
          <sb-import-outcome .outcome=${stage.outcome}></sb-import-outcome>
        </section>`;
    }
  }

  private renderExport() {
    const formats = this.formats?.filter(({ writes }) => writes) ?? [];
    return html`<section>
      <h2>Take it away</h2>
      <p class="small quiet">What a format can not hold is left out of the file; the archive restores the session on another server.</p>
      <div class="formats">
        ${formats.map(({ name, label, extension }) => html`<a href=${exportPath(this.sessionId, name)} download>${label}<span class="quiet small">${extension}</span></a>`)}
      </div>
    </section>`;
  }
}
