/** `<sb-own-rules>`: the team's own rules as a text, checked while it is typed; nothing is stored while something is wrong. */
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import type { RulesError } from '#shared/stride/rules-file.ts';
import type { ApiFailure } from '../session/api.ts';
import { EXAMPLE_RULES, putRules, readOwnRules } from '../session/rules.ts';
import { controls } from '../theme/controls.ts';
import { Panel } from './panel.ts';

/** Pause in typing after which a text is checked, in ms: a large one takes a moment. */
const CHECK_AFTER = 250;

@customElement('sb-own-rules')
export class OwnRules extends Panel {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 10px; }
      :host([hidden]) { display: none; }
      .editor { display: grid; grid-template-columns: auto minmax(0, 1fr); height: 44vh; min-height: 200px; border: 1px solid var(--sb-line-strong); border-radius: 5px; overflow: hidden; }
      .editor:focus-within { outline: 2px solid var(--wa-color-focus); outline-offset: 1px; }
      .lines, textarea { font: 12px / 18px ui-monospace, monospace; padding: 6px 8px; margin: 0; }
      .lines { overflow: hidden; text-align: end; color: var(--sb-quiet); background: var(--wa-color-surface-lowered); user-select: none; }
      textarea, textarea:focus-visible { border: 0; border-radius: 0; outline: 0; resize: none; white-space: pre; overflow: auto; tab-size: 2; }
      .errors { max-height: 22vh; overflow: auto; border: 1px solid var(--sb-line); border-radius: 5px; }
      .errors li { border-bottom: 1px solid var(--sb-line); }
      .errors li:last-child { border: 0; }
      .errors button { display: grid; grid-template-columns: 64px minmax(0, 1fr); width: 100%; padding: 5px 10px; overflow-wrap: anywhere; }
      .errors b { color: var(--wa-color-danger-on-quiet); font-weight: 600; }
      .errors span { color: var(--wa-color-text-normal); }
      .actions { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
      input[type='file'] { display: none; }
    `,
  ];

  @query('textarea') private field!: HTMLTextAreaElement;
  @query('.lines') private gutter!: HTMLElement;
  @query('input[type=file]') private file!: HTMLInputElement;

  /** What is in the text field. */
  @state() private draft = '';
  /** The stored text that the draft began from. */
  @state() private base = '';
  /** What is wrong with the draft; null while it has not been looked at. */
  @state() private errors: readonly RulesError[] | null = [];
  @state() private count = 0;
  @state() private removing = false;

  private timer?: ReturnType<typeof setTimeout>;

  override willUpdate(changed: PropertyValues<this>) {
    const stored = this.snapshot.info.rules;
    const untouched = this.draft === this.base;
    if (!this.hasUpdated || (changed.has('snapshot') && untouched && stored !== this.base)) {
      this.base = stored;
      this.write(stored, 0);
    }
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private write(text: string, checkAfter: number) {
    this.draft = text;
    clearTimeout(this.timer);
    if (checkAfter === 0) return this.check();
    this.errors = null;
    this.timer = setTimeout(() => this.check(), checkAfter);
  }

  private check() {
    const { rules, errors } = readOwnRules(this.snapshot.server, this.draft);
    this.errors = errors;
    this.count = rules.length;
  }

  private async bring(file: File | undefined) {
    if (!file) return;
    // Four bytes are the most that a character takes: a film is not read to see that it is none.
    const isTooLong = file.size > LIMITS.rules * 4;
    if (!isTooLong) this.write(await file.text(), 0);
    else this.errors = [{ line: 1, message: `a rules file has at most ${LIMITS.rules} characters` }];
  }

  private async store(text: string) {
    this.removing = false;
    try {
      await putRules(this.desk.sessionId ?? '', text);
    } catch (error) {
      this.errors = [{ line: 1, message: (error as ApiFailure).message }];
      return;
    }
    this.base = text;
    this.write(text, 0);
  }

  private download() {
    const url = URL.createObjectURL(new Blob([this.draft], { type: 'application/yaml' }));
    Object.assign(document.createElement('a'), { href: url, download: 'rules.yaml' }).click();
    URL.revokeObjectURL(url);
  }

  /** Takes the keyboard to a line, with the line selected. */
  private goTo(line: number) {
    const lines = this.draft.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    this.field.focus();
    this.field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    this.field.scrollTop = Math.max(0, (line - 4) * 18);
  }

  override render() {
    const lines = this.draft.split('\n').length;
    return html`
      <p class="small quiet">Rules that your team writes itself, in the same form as the others, as YAML. Everybody in the session gets what they suggest.</p>
      <div class="editor" @drop=${this.onDrop} @dragover=${(event: DragEvent) => event.preventDefault()}>
        <pre class="lines" aria-hidden="true">${Array.from({ length: lines }, (_, i) => i + 1).join('\n')}</pre>
        <textarea
          aria-label="Our own rules" spellcheck="false" wrap="off" .value=${this.draft} aria-describedby="state"
          @input=${() => this.write(this.field.value, CHECK_AFTER)} @scroll=${() => (this.gutter.scrollTop = this.field.scrollTop)}
        ></textarea>
      </div>
      <p id="state" class="small" role="status">${this.stateInWords()}</p>
      ${this.renderErrors()} ${this.renderActions()}
    `;
  }

  private readonly onDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    this.bring(event.dataTransfer?.files[0]);
  };

  private stateInWords(): string {
    const { errors, count, draft, base } = this;
    if (!errors) return 'Checking …';
    if (errors.length > 0)
      return `${errors.length} ${errors.length === 1 ? 'thing is' : 'things are'} wrong: nothing is stored.`;
    const sound = `${count} sound ${count === 1 ? 'rule' : 'rules'}`;
    if (draft !== base && base !== this.snapshot.info.rules)
      return `${sound}. Somebody else changed the rules meanwhile: yours will take the place of theirs.`;
    if (draft === base) return count > 0 ? `${sound}, in use.` : 'None yet.';
    return `${sound}, not in use yet.`;
  }

  private renderErrors() {
    if (!this.errors?.length) return nothing;
    return html`<ul class="errors" aria-label="What is wrong">
      ${this.errors.map(
        ({ line, message }) => html`<li>
          <button class="link" @click=${() => this.goTo(line)}><b>Line ${line}</b><span>${message}</span></button>
        </li>`,
      )}
    </ul>`;
  }

  private renderActions() {
    const { draft, base, errors } = this;
    if (this.removing) {
      return html`<div class="actions small">
        <span>What they suggested goes; threats and verdicts stay.</span>
        <button class="primary" @click=${() => this.store('')}>Remove</button>
        <button class="plain" @click=${() => (this.removing = false)}>Cancel</button>
      </div>`;
    }
    const cannotStore = errors === null || errors.length > 0 || draft === base;
    return html`<div class="actions">
      <button class="primary" ?disabled=${cannotStore} @click=${() => this.store(draft)}>Use these rules</button>
      ${draft !== base ? html`<button @click=${() => this.write(base, 0)}>Back to what is in use</button>` : nothing}
      ${draft.trim() === '' ? html`<button @click=${() => this.write(EXAMPLE_RULES, 0)}>Start from an example</button>` : nothing}
      <button @click=${() => this.file.click()}>Open a file …</button>
      ${draft.trim() !== '' ? html`<button class="plain" @click=${this.download}>Download as a file</button>` : nothing}
      ${base !== '' ? html`<button class="plain" @click=${() => (this.removing = true)}>Remove our rules …</button>` : nothing}
      <input
        type="file" accept=".yaml,.yml,.txt,application/yaml,text/plain" tabindex="-1" aria-hidden="true"
        @change=${() => this.bring(this.file.files?.[0]).finally(() => (this.file.value = ''))}
      />
    </div>`;
  }
}
