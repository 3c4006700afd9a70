/** `<sb-home>`: start a session, or go back to one. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import { DEFAULT_METHOD, METHOD_NAMES, type Method } from '#shared/stride/method-names.ts';
import { METHODS } from '#shared/stride/methods.ts';
import { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from '#shared/templates/templates.ts';
import { type ApiFailure, api, body, rememberedName, rememberName } from '../session/api.ts';
import { type Imported, importAsSession, NOTHING_SENT } from '../session/exchange.ts';
import { controls } from '../theme/controls.ts';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import '../components/file-drop.ts';
import '../components/import-outcome.ts';
import '../components/import-progress.ts';
import '../components/tokens.ts';
import { templatePicture } from './template-picture.ts';

interface Summary {
  id: string;
  title: string;
  role: string;
  createdAt: string;
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

@customElement('sb-home')
export class HomePage extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; height: 100%; overflow: auto; }
      main { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 32px 56px; max-width: 1060px; margin: 0 auto; padding: 56px 32px; }
      header { grid-column: 1 / -1; display: grid; gap: 6px; }
      h1 { font-size: 26px; font-weight: 700; letter-spacing: -0.01em; }
      header p { max-width: 66ch; font-size: 15px; }
      form { display: grid; gap: 16px; align-content: start; }
      form h2, section h2 { font-size: 15px; padding-bottom: 8px; border-bottom: 1px solid var(--sb-line); }
      .field { display: grid; gap: 5px; }
      .field input { padding: 8px 10px; }
      fieldset { border: 0; padding: 0; margin: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
      legend { font-size: var(--sb-small); font-weight: 600; padding: 0 0 5px; }
      .card { position: relative; display: grid; gap: 6px; padding: 10px 12px 12px; border: 1px solid var(--sb-line-strong); border-radius: 7px; cursor: pointer; font-weight: 400; align-content: start; }
      .card:hover { background: var(--sb-hover); }
      .card:has(:checked) { border-color: var(--sb-chosen-line); box-shadow: 0 0 0 1px var(--sb-chosen-line); }
      .card:has(:focus-visible) { outline: 2px solid var(--wa-color-focus); outline-offset: 2px; }
      .card input { position: absolute; opacity: 0; }
      .card svg { width: 100%; height: auto; color: var(--sb-quiet); }
      .card b { font-size: var(--sb-text); }
      .start { justify-self: start; padding: 7px 18px; font-size: 14px; }
      li a { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 9px 8px; border-bottom: 1px solid var(--sb-line); text-decoration: none; color: inherit; }
      li a:hover { background: var(--sb-hover); }
      li b { overflow-wrap: anywhere; font-weight: 600; }
      .empty { padding: 16px 0; }
      details { padding: 20px 0; }
      summary { cursor: pointer; font-size: var(--sb-small); color: var(--sb-quiet); padding-bottom: 8px; }
      @media (max-width: 800px) { main { grid-template-columns: minmax(0, 1fr); padding: 28px 18px; } }
    `,
  ];

  @query('#name') private nameField!: HTMLInputElement;

  @state() private template: TemplateName = 'wearable-sensor';
  @state() private method: Method = DEFAULT_METHOD;
  @state() private sessions: Summary[] | null = null;
  @state() private failure = '';
  @state() private listFailure = '';
  @state() private busy = false;
  /** The file that is being read. */
  @state() private reading = '';
  @state() private progress = NOTHING_SENT;
  @state() private imported: Imported | null = null;

  private async start(event: SubmitEvent) {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const [title, name] = [String(data.get('title')).trim(), String(data.get('name')).trim()];
    const { template, method } = this;
    this.busy = true;
    this.failure = '';
    try {
      const { id } = await body(api.sessions.$post({ json: { title, name, template, method } }));
      rememberName(name);
      enter(id);
    } catch (error) {
      this.failure = (error as ApiFailure).message;
      this.busy = false;
    }
  }

  private async import(file: File) {
    const name = this.nameField.value.trim();
    this.reading = file.name;
    this.progress = NOTHING_SENT;
    this.failure = '';
    try {
      this.imported = await importAsSession(file, name || 'Moderator', progress => {
        this.progress = progress;
      });
      if (name) rememberName(name);
    } catch (error) {
      this.failure = (error as ApiFailure).message;
    }
    this.reading = '';
  }

  override connectedCallback() {
    super.connectedCallback();
    document.title = 'Strideboard';
    body(api.sessions.$get({ query: {} })).then(
      list => (this.sessions = list),
      (error: ApiFailure) => (this.listFailure = error.message),
    );
  }

  override render() {
    return html`<main>
      <header>
        <h1>Strideboard</h1>
        <p class="quiet">Draw a medical device as a data flow diagram together, and find the threats where its data crosses a trust boundary.</p>
      </header>
      <form @submit=${this.start}>
        <h2>Start a session</h2>
        <div class="field">
          <label for="title">Title</label>
          <input id="title" name="title" required maxlength=${LIMITS.title} placeholder="Infusion pump, first workshop" autocomplete="off" />
        </div>
        <div class="field">
          <label for="name">Your name</label>
          <input id="name" name="name" required maxlength=${LIMITS.name} .value=${rememberedName()} autocomplete="name" />
        </div>
        <fieldset>
          <legend>Start from</legend>
          ${TEMPLATE_NAMES.toReversed().map(
            name => html`<label class="card">
              <input type="radio" name="template" value=${name} .checked=${name === this.template} @change=${() => (this.template = name)} />
              ${templatePicture(name)}
              <b>${TEMPLATES[name].label}</b>
              <span class="small quiet">${TEMPLATES[name].description}</span>
            </label>`,
          )}
        </fieldset>
        <div class="field">
          <label for="method">Method</label>
          <select id="method" name="method" @change=${(event: Event) => (this.method = (event.target as HTMLSelectElement).value as Method)}>
            ${METHOD_NAMES.map(name => html`<option value=${name} ?selected=${name === this.method}>${METHODS[name].label}</option>`)}
          </select>
          <span class="small quiet">${METHODS[this.method].purpose} You can change it later.</span>
        </div>
        ${this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing}
        <button class="primary start" ?disabled=${this.busy}>${this.busy ? 'Starting …' : 'Start session'}</button>
        <sb-file-drop
          heading="Or bring a model from elsewhere" ?busy=${this.reading !== ''}
          @sb-file=${(event: CustomEvent) => this.import(event.detail.file)}
        ></sb-file-drop>
        ${this.reading ? html`<sb-import-progress name=${this.reading} .progress=${this.progress}></sb-import-progress>` : nothing}
      </form>
      <section aria-labelledby="mine">
        <h2 id="mine">Your sessions</h2>
        ${this.renderSessions()}
        <details>
          <summary>Access for programs</summary>
          <sb-tokens></sb-tokens>
        </details>
      </section>
      ${this.renderImported()}
    </main>`;
  }

  private renderImported() {
    const { imported } = this;
    return html`<wa-dialog label=${imported?.title ?? ''} ?open=${imported !== null} style="--width: 640px">
      ${imported ? html`<sb-import-outcome .outcome=${imported}></sb-import-outcome>` : nothing}
      <button slot="footer" class="primary" autofocus @click=${() => enter(imported!.id)}>Open the session</button>
    </wa-dialog>`;
  }

  private renderSessions() {
    if (this.listFailure) return html`<p class="error empty" role="alert">${this.listFailure}</p>`;
    if (!this.sessions) return html`<p class="quiet empty">Loading …</p>`;
    if (this.sessions.length === 0) {
      return html`<p class="quiet empty">None yet in this browser. Start one here, or open an invitation link that a moderator sent you.</p>`;
    }
    return html`<ul>
      ${this.sessions.map(
        ({ id, title, role, createdAt }) => html`<li>
          <a href="/s/${id}" rel="external">
            <b>${title}</b><span class="quiet small">${role}</span>
            <span class="quiet small">${DATE.format(new Date(createdAt))}</span>
          </a>
        </li>`,
      )}
    </ul>`;
  }
}

/** Opens a session that was just made, with its invitations shown. */
function enter(id: string): void {
  sessionStorage.setItem('strideboard.share', id);
  location.assign(`/s/${id}`);
}
