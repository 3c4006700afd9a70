/** What the parts of a meeting have in common: they ask the server for something, and say what it answered. */
import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { MeetingCommand } from '#shared/meeting/meeting.ts';
import { Panel } from '../components/panel.ts';
import { type ApiFailure, api, body } from '../session/api.ts';

export abstract class MeetingPart extends Panel {
  /** In the server's words. */
  @state() protected refusal = '';

  /** Who pressed a button that is gone now goes on by keyboard from the heading. */
  protected override update(changed: PropertyValues) {
    const held = (this.renderRoot as ShadowRoot).activeElement;
    super.update(changed);
    if (!held || (this.renderRoot as ShadowRoot).activeElement) return;
    const place = this.renderRoot.querySelector<HTMLElement>('h2, summary') ?? this;
    if (place.localName !== 'summary') place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  protected get sessionId(): string {
    return this.desk.sessionId!;
  }

  /** @returns the answer; null when there was a refusal, which is shown */
  protected async ask<T>(request: Promise<T>): Promise<T | null> {
    try {
      const answer = await request;
      this.refusal = '';
      return answer;
    } catch (error) {
      this.refusal = (error as ApiFailure).message;
      return null;
    }
  }

  protected command(json: MeetingCommand) {
    return this.ask(body(api.sessions[':id'].meeting.$post({ param: { id: this.sessionId }, json })));
  }

  protected renderRefusal() {
    return this.refusal ? html`<p class="error" role="alert">${this.refusal}</p>` : nothing;
  }
}
