/** `<sb-palette>`: the tools, each drawn as its own symbol. A click picks a tool; Enter or Space places a symbol in the middle of the view. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { KINDS, type Kind } from '#shared/dfd/kinds.ts';
import type { BoardController, BoardTool } from '../board/controller.ts';
import { controls } from '../theme/controls.ts';
import { type IconName, icon } from '../theme/icons.ts';
import { symbol } from './symbol.ts';

interface Tool {
  tool: BoardTool;
  label: string;
  shortcut: string;
  meaning?: string;
}

const VIEW: Tool[] = [
  { tool: 'select', label: 'Select', shortcut: 'v' },
  { tool: 'hand', label: 'Move the view', shortcut: 'h' },
];
const LASER: Tool = {
  tool: 'laser',
  label: 'Laser pointer',
  shortcut: 'k',
  meaning: 'What you draw with it everybody sees fade.',
};
const SYMBOLS: Tool[] = Object.entries(KINDS).map(([kind, { label, shortcut, meaning }]) => ({
  tool: kind as Kind,
  label,
  shortcut,
  meaning,
}));
const SKETCH: Tool[] = [
  { tool: 'note', label: 'Note', shortcut: 'n' },
  { tool: 'text', label: 'Text', shortcut: 't' },
  { tool: 'draw', label: 'Draw', shortcut: 'd' },
  { tool: 'eraser', label: 'Eraser', shortcut: 'e' },
];

@customElement('sb-palette')
export class Palette extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; border-inline-end: 1px solid var(--sb-line); background: var(--wa-color-surface-default); overflow-y: auto; overflow-x: hidden; scrollbar-width: none; }
      [role='toolbar'] { display: flex; flex-direction: column; align-items: center; gap: 2px; padding: 6px 5px; }
      button { width: 38px; height: 38px; padding: 0; justify-content: center; border-color: transparent; background: none; position: relative; flex: none; }
      button:hover:not(:disabled) { background: var(--sb-hover); }
      button[aria-pressed='true'] { background: var(--sb-chosen); border-color: var(--sb-chosen-line); }
      kbd { position: absolute; right: 3px; bottom: 1px; font: 9px / 1 var(--wa-font-family-body); color: var(--sb-quiet); text-transform: uppercase; }
      button[aria-disabled='true'] { opacity: 0.45; }
      hr { width: 26px; margin: 4px 0; border: 0; border-top: 1px solid var(--sb-line); flex: none; }
    `,
  ];

  @property({ attribute: false }) board?: BoardController;
  @property({ type: Boolean }) readonly = false;
  /** Whether the person may point at things for everybody to see. */
  @property({ type: Boolean }) pointing = false;

  /** Index of the button that the Tab key reaches. */
  @state() private reached = 0;
  private stop?: () => void;

  override connectedCallback() {
    super.connectedCallback();
    this.follow();
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('board')) this.follow();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.stop?.();
  }

  private follow() {
    this.stop?.();
    this.stop = this.board?.subscribe(() => this.requestUpdate());
  }

  private readonly onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll('button')];
    this.reached = (this.reached + step + buttons.length) % buttons.length;
    buttons[this.reached]!.focus();
  };

  private pick(tool: BoardTool, event: MouseEvent) {
    const byKeyboard = event.detail === 0;
    if (byKeyboard && tool in KINDS) this.board?.insert(tool as Kind);
    else this.board?.selectTool(tool);
  }

  override render() {
    const view = this.pointing ? [...VIEW, LASER] : VIEW;
    const groups = this.readonly ? [view] : [view, SYMBOLS, SKETCH];
    let index = 0;
    const buttons = groups.map(
      (tools, group) =>
        html`${group > 0 ? html`<hr />` : nothing}${tools.map(tool => this.renderTool(tool, index++))}`,
    );
    return html`<div role="toolbar" aria-label="Tools" aria-orientation="vertical" @keydown=${this.onKeyDown}>
      ${buttons}
      ${
        this.readonly
          ? nothing
          : html`<hr />
            ${this.renderAction('Undo', 'undo', index++, this.board?.canUndo, () => this.board?.undo())}
            ${this.renderAction('Redo', 'redo', index++, this.board?.canRedo, () => this.board?.redo())}`
      }
    </div>`;
  }

  private renderTool({ tool, label, shortcut, meaning }: Tool, index: number) {
    return html`<button
      aria-label=${label}
      aria-pressed=${this.board?.tool === tool}
      aria-keyshortcuts=${shortcut}
      title="${label} (${shortcut.toUpperCase()})${meaning ? `\n${meaning}` : ''}"
      tabindex=${index === this.reached ? 0 : -1}
      @focus=${() => (this.reached = index)}
      @click=${(event: MouseEvent) => this.pick(tool, event)}
    >
      ${tool in KINDS ? symbol(tool as Kind, 22) : icon(tool as IconName)}<kbd aria-hidden="true">${shortcut}</kbd>
    </button>`;
  }

  /** An action that is not possible now keeps its place for the keyboard. */
  private renderAction(
    label: string,
    name: IconName,
    index: number,
    enabled: boolean | undefined,
    act: () => void,
  ) {
    return html`<button
      aria-label=${label} title=${label} tabindex=${index === this.reached ? 0 : -1}
      aria-disabled=${!enabled} @focus=${() => (this.reached = index)} @click=${act}
    >${icon(name)}</button>`;
  }
}
