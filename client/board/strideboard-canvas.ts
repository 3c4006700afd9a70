/**
 * `<strideboard-canvas>`: the board. The only React in the product lives behind this element; it renders into light DOM, since
 * tldraw's keyboard guards look at `document.activeElement`.
 *
 * @example
 * html`<strideboard-canvas
 *   .doc=${doc} .awareness=${awareness} .userRole=${role} .crossings=${crossings}
 *   @board-crossing=${(e: CustomEvent<{ flow: string }>) => open(e.detail.flow)}
 * ></strideboard-canvas>`
 */
import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { atom, type TLUserPreferences } from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Role } from '#shared/document/roles.ts';
import 'tldraw/tldraw.css';
import './board.css';
import { BoardView } from './BoardView.tsx';
import type { BoardController } from './controller.ts';
import type { Crossing } from './crossings.ts';
import { createController } from './editor-controller.ts';
import { ME } from './following.ts';
import { createInputs } from './inputs.ts';
import { type BoardSession, createSession } from './session.ts';

@customElement('strideboard-canvas')
export class StrideboardCanvas extends LitElement {
  /** The session's document, whose `board` root is shown; another one rebinds the board. */
  @property({ attribute: false }) doc?: Y.Doc;

  /** Where cursors and selections are shared; none, then none are. */
  @property({ attribute: false }) awareness?: Awareness;

  /** Observers look, the others draw. */
  @property() userRole: Role = 'observer';

  @property() colorScheme: 'light' | 'dark' = 'light';

  /** Ids of the shapes that get a double outline. */
  @property({ attribute: false }) highlighted: readonly string[] = [];

  /** What stands at the points where flows cross boundaries. */
  @property({ attribute: false }) crossings: readonly Crossing[] = [];

  /** Tools, selection, undo and zoom. */
  readonly board: BoardController;

  private readonly controller = createController();
  private readonly inputs = createInputs(flow => this.send('board-crossing', { flow }));
  private readonly preferences = atom<TLUserPreferences>('board preferences', {
    id: ME,
    locale: 'en',
    colorScheme: 'light',
    isSnapMode: true,
    animationSpeed: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 1,
  });
  private reactRoot?: Root;
  private session?: BoardSession;
  private unsubscribe?: () => void;
  private sent = { tool: '', selection: this.controller.selection };

  constructor() {
    super();
    this.board = this.controller;
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.unsubscribe = this.controller.subscribe(() => this.announce());
    // Put back into the page after it had been taken out.
    if (this.hasUpdated && this.doc) this.open(this.doc);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.close();
    this.unsubscribe?.();
  }

  override updated(changed: PropertyValues<this>) {
    if (changed.has('doc')) {
      this.close();
      if (this.doc && this.isConnected) this.open(this.doc);
    }
    this.inputs.role.set(this.userRole);
    this.session?.applyRights();
    this.session?.setAwareness(this.awareness);
    if (changed.has('colorScheme'))
      this.preferences.update(all => ({ ...all, colorScheme: this.colorScheme }));
    if (changed.has('highlighted')) this.inputs.highlighted.set(this.highlighted);
    if (changed.has('crossings')) this.inputs.crossings.set(this.crossings);
  }

  private open(doc: Y.Doc) {
    const { controller, inputs, preferences } = this;
    const onQuarantine = (ids: string[]) => this.send('board-quarantine', { ids });
    const session = createSession({ doc, controller, inputs, onQuarantine });
    this.inputs.role.set(this.userRole);
    session.setAwareness(this.awareness);
    this.session = session;
    this.reactRoot = createRoot(this.querySelector('.board-island')!);
    this.reactRoot.render(
      createElement(BoardView, { store: session.store, inputs, preferences, onMount: session.mount }),
    );
  }

  private close() {
    const { reactRoot, session } = this;
    this.reactRoot = undefined;
    this.session = undefined;
    // In this order: the editor writes what is left of a gesture before its store lets go of the document.
    reactRoot?.unmount();
    session?.dispose();
  }

  private announce() {
    const { tool, selection } = this.controller;
    if (tool !== this.sent.tool) this.send('board-tool', { tool });
    if (selection !== this.sent.selection) this.send('board-selection', { ids: selection });
    this.sent = { tool, selection };
  }

  private send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  override render() {
    return html`<div class="board-island"></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'strideboard-canvas': StrideboardCanvas;
  }
}
