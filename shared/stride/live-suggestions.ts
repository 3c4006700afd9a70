/** The suggestions for a board, kept up with its changes: `suggest(readModel(records), method)`, asked only where the model changed. */
import { LiveModel } from '../dfd/live-model.ts';
import type { BoardChanges } from '../document/live-board.ts';
import type { Suggestion } from '../document/threats.ts';
import { ofElement, ofFlow, type Subject } from './subject.ts';
import { METHODS, type Method } from './suggest.ts';

export class LiveSuggestions {
  /** By id. */
  readonly all = new Map<string, Suggestion>();
  private readonly byTarget = new Map<string, Suggestion[]>();
  private readonly model = new LiveModel();

  constructor(readonly method: Method) {}

  /**
   * @param changes the board's entries that changed; all of them at first
   * @returns ids of the suggestions that may have come, gone or changed
   */
  update(changes: BoardChanges): Set<string> {
    const asked = new Set<string>();
    for (const target of this.model.update(changes)) {
      const before = this.byTarget.get(target) ?? [];
      const subject = this.subject(target);
      const after = subject ? METHODS[this.method].suggest(subject) : [];
      for (const { id } of before) {
        this.all.delete(id);
        asked.add(id);
      }
      for (const suggestion of after) {
        this.all.set(suggestion.id, suggestion);
        asked.add(suggestion.id);
      }
      if (after.length > 0) this.byTarget.set(target, after);
      else this.byTarget.delete(target);
    }
    return asked;
  }

  private subject(id: string): Subject | undefined {
    const { elements, flows } = this.model;
    const element = elements.get(id);
    const flow = flows.get(id);
    return element ? ofElement(element, this.model.flowsAt(id)) : flow && ofFlow(flow);
  }
}
