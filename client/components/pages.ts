/** `<sb-pages>`: the diagrams of the board as tabs below it, and what may be done to the one that is shown. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import type { BoardController, BoardPage } from '../board/controller.ts';
import type { Desk } from '../session/commands.ts';
import { addPage, countOn, deletePage, keepsPage, renamePage } from '../session/pages.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';

@customElement('sb-pages')
export class Pages extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: flex; align-items: center; gap: 2px; height: 33px; padding: 0 6px; min-width: 0; border-top: 1px solid var(--sb-line); background: var(--wa-color-surface-default); font-size: var(--sb-small); }
      [role='tablist'] { display: flex; align-self: stretch; min-width: 0; overflow-x: auto; scrollbar-width: none; }
      [role='tab'] { flex: none; min-height: 0; padding: 0 10px; border: 0; border-radius: 0; border-block: 2px solid transparent; background: none; color: var(--sb-quiet); font-weight: 500; white-space: nowrap; }
      [role='tab'] span { max-width: 180px; overflow: hidden; text-overflow: ellipsis; }
      [role='tab']:focus-visible { outline-offset: -3px; }
      [aria-selected='true'] { color: var(--wa-color-text-normal); border-block-start-color: var(--sb-chosen-line); font-weight: 650; }
      .actions { display: flex; flex: none; gap: 2px; align-items: center; padding-inline-start: 4px; }
      .actions button { min-height: 24px; padding: 3px 6px; }
      input { flex: 0 1 200px; min-width: 90px; }
      .asking { padding-inline: 6px; min-width: 0; }
      .asking span { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .asking button { flex: none; }
    `,
  ];

  @query('input') private field?: HTMLInputElement | null;

  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) board?: BoardController;
  /** Whether the pages may only be looked at. */
  @property({ type: Boolean }) readonly = false;

  /** What is being done to the page that is shown. */
  @state() private doing: 'rename' | 'delete' | null = null;
  /** The page it is done to: another one may be shown meanwhile, or this one deleted by somebody else. */
  private on = '';
  private stop?: () => void;

  override connectedCallback() {
    super.connectedCallback();
    this.follow();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
  }

  private follow() {
    this.stop?.();
    this.stop = this.board?.subscribe(() => this.requestUpdate());
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('board')) this.follow();
    if (this.readonly || this.board?.page !== this.on) this.doing = null;
  }

  override updated(changed: PropertyValues) {
    const { doing } = this;
    const chosen = this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (!changed.has('doing') || !doing) return;
    if (doing === 'rename') this.field?.select();
    this.renderRoot.querySelector<HTMLElement>('input, .asking .primary')?.focus();
  }

  private begin(doing: 'rename' | 'delete') {
    this.on = this.board!.page;
    this.doing = doing;
  }

  /** Ends what is being done; the keyboard goes back to where it came from. */
  private async end() {
    this.doing = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  private add() {
    const id = addPage(this.desk);
    if (!id) return;
    this.board?.showPage(id);
    if (this.board?.page === id) this.begin('rename');
  }

  private readonly onSubmit = (event: Event) => {
    event.preventDefault();
    this.rename();
    void this.end();
  };

  /** Also when the keyboard goes elsewhere, where it stays. */
  private readonly rename = () => {
    if (this.doing !== 'rename') return;
    const name = this.field?.value.trim();
    if (name) renamePage(this.desk, this.on, name);
    this.doing = null;
  };

  private readonly onFieldKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') void this.end();
  };

  private readonly onTabKey = (event: KeyboardEvent) => {
    const { pages, page } = this.board!;
    const at = pages.findIndex(({ id }) => id === page);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: pages.length - 1 }[event.key];
    if (event.key === 'F2' && !this.readonly) this.begin('rename');
    if (to === undefined) return;
    event.preventDefault();
    this.board!.showPage(pages[(to + pages.length) % pages.length]!.id);
    void this.end();
  };

  override render() {
    const { pages = [], page } = this.board ?? {};
    const shown = pages.find(({ id }) => id === page);
    // One page that nobody here may add to: nothing to choose.
    if (!shown || (this.readonly && pages.length < 2)) return nothing;
    return html`
      <div role="tablist" aria-label="Pages" @keydown=${this.onTabKey}>
        ${pages.map(each => this.renderTab(each, each === shown))}
      </div>
      ${this.readonly ? nothing : this.renderActions(shown, pages.length)}
    `;
  }

  private renderTab({ id, name }: BoardPage, chosen: boolean) {
    return html`<button
      role="tab" aria-selected=${chosen} tabindex=${chosen ? 0 : -1} title=${name}
      @click=${() => this.board?.showPage(id)} @dblclick=${() => !this.readonly && this.begin('rename')}
    ><span>${name || 'Unnamed page'}</span></button>`;
  }

  private renderActions(shown: BoardPage, count: number) {
    if (this.doing === 'rename') {
      return html`<form class="actions" @submit=${this.onSubmit}>
        <input
          aria-label="Name of the page" .value=${shown.name} maxlength=${LIMITS.name} @keydown=${this.onFieldKey} @blur=${this.rename}
        />
      </form>`;
    }
    if (this.doing === 'delete') return this.renderQuestion(shown);
    const button = (label: string, name: 'plus' | 'draw' | 'trash', act: () => void) =>
      html`<button class="plain" aria-label=${label} title=${label} @click=${act}>${icon(name)}</button>`;
    return html`<div class="actions" role="group" aria-label="Page">
      ${button('Add a page', 'plus', () => this.add())}
      ${button('Rename this page', 'draw', () => this.begin('rename'))}
      ${count > 1 ? button('Delete this page', 'trash', () => this.begin('delete')) : nothing}
    </div>`;
  }

  private renderQuestion({ id, name }: BoardPage) {
    if (keepsPage(this.desk, id)) {
      return html`<div class="asking row" role="group" aria-label="Delete this page">
        <span>A moderator locked something on “${name || 'Unnamed page'}”.</span>
        <button class="primary" @click=${() => void this.end()}>Keep it</button>
      </div>`;
    }
    const things = countOn(this.desk, id);
    const what = things === 0 ? '' : ` and the ${things === 1 ? 'one thing' : `${things} things`} on it`;
    const remove = () => {
      const { pages } = this.board!;
      const at = pages.findIndex(page => page.id === id);
      const next = pages[at + 1] ?? pages[at - 1];
      if (next) this.board!.showPage(next.id);
      deletePage(this.desk, id);
      void this.end();
    };
    return html`<div class="asking row" role="group" aria-label="Delete this page">
      <span>Delete “${name || 'Unnamed page'}”${what}?</span>
      <button class="primary" @click=${remove}>Delete</button>
      <button class="plain" @click=${() => void this.end()}>Cancel</button>
    </div>`;
  }
}
