/** What every panel gets, and how it says what the person looks at. */
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Desk } from '../session/commands.ts';
import { alsoOn, type Focus, type Highlights, NO_FOCUS } from '../session/focus.ts';
import type { Snapshot } from '../session/snapshot.ts';

export const PANELS = {
  session: 'Session',
  index: 'Index',
  threats: 'Threats',
  triage: 'Triage',
  inspect: 'Inspect',
  minutes: 'Record',
} as const;
export type PanelName = keyof typeof PANELS;

export abstract class Panel extends LitElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) snapshot!: Snapshot;
  @property({ attribute: false }) looking: Focus = NO_FOCUS;
  @property({ attribute: false }) highlights!: Highlights;

  /** Asks the page to look there; the board and the other panels follow. */
  protected look(focus: Focus, options: { panel?: PanelName } = {}): void {
    this.dispatchEvent(
      new CustomEvent('sb-look', { detail: { focus, ...options }, bubbles: true, composed: true }),
    );
  }

  /** Asks for a thing to be shown on the board, with the panels as they are. */
  protected readonly show = (id: string): void => this.look(alsoOn(this.looking, id));
}
