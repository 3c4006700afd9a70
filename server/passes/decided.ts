/**
 * The flows about which somebody decided something, by the ids under which that stands, and where they last ended: kept up so that
 * an arrow that is drawn anew finds what was decided about the one before it.
 */
import type * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { type Heirs, readSuggestion, readVerdict, root } from '#shared/document/document.ts';
import type { Ends } from '#shared/document/threats.ts';
import { heirsNow } from '#shared/stride/heirs.ts';
import type { LiveSuggestions } from '#shared/stride/live-suggestions.ts';

interface About {
  flow: string;
  ends: Ends;
}

export class Decided {
  /** By the id of a judged suggestion or of a threat: the flow that it is about. */
  private readonly about = new Map<string, About>();
  /** Threats by the flow they are on, as far as it has one. */
  private readonly onFlow = new Map<string, Set<string>>();

  constructor(private readonly doc: Y.Doc) {}

  /** Looks again at suggestions that may have been judged, come or gone. */
  suggestions(ids: Iterable<string>): void {
    const [suggestions, triage] = [root(this.doc, 'suggestions'), root(this.doc, 'triage')];
    for (const id of ids) {
      const suggestion = readVerdict(id, triage.get(id)) && readSuggestion(id, suggestions.get(id));
      const { ends } = suggestion?.why ?? {};
      if (!suggestion || !ends) {
        this.about.delete(id);
        continue;
      }
      const { rule, target, why } = suggestion;
      const start = why.part === 'flow' ? `${rule}/` : `${rule}/${target}/`;
      this.about.set(id, { flow: id.slice(start.length), ends });
    }
  }

  /** Looks again at threats that changed. */
  threats(ids: Iterable<string>, heirs: Heirs): void {
    const threats = root(this.doc, 'threats');
    for (const id of ids) {
      const key = `threat ${id}`;
      const before = this.about.get(key);
      if (before) this.onFlow.get(before.flow)?.delete(id);
      const target = threats.get(id)?.get('target');
      const ends = threats.get(id)?.get('ends');
      if (typeof target !== 'string') {
        this.about.delete(key);
        continue;
      }
      const flow = heirs.get(target) ?? target;
      this.about.set(key, { flow, ends: isEnds(ends) ? ends : [null, null] });
      this.onFlow.set(flow, (this.onFlow.get(flow) ?? new Set()).add(id));
    }
  }

  /** Ids of what is judged about a flow. */
  judgedOn(flow: string): string[] {
    return Array.from(this.about)
      .filter(([id, about]) => about.flow === flow && !id.startsWith('threat '))
      .map(([id]) => id);
  }

  heirs(live: LiveSuggestions, before: Heirs): Heirs {
    const decided = new Map<string, Ends>();
    const judged = new Set<string>();
    for (const { flow, ends } of this.about.values()) {
      judged.add(flow);
      if (ends[0] !== null && ends[1] !== null) decided.set(flow, ends);
    }
    const stored = root(this.doc, 'suggestions');
    const isNew = (flow: string) => !judged.has(flow) && !live.on(flow).some(({ id }) => stored.has(id));
    return heirsNow(live.model, before, decided, isNew);
  }

  /** What has to be written into threats on flows: where these end now, and the id under which they stand. */
  places(live: LiveSuggestions, heirs: Heirs): [threat: string, registers: { target: string; ends: Json }][] {
    const heirOf = new Map([...heirs].map(([heir, key]) => [key, heir]));
    const threats = root(this.doc, 'threats');
    return [...this.onFlow].flatMap(([flow, ids]) => {
      const { source, target } = live.model.flows.get(heirOf.get(flow) ?? flow) ?? {};
      if (source === undefined || target === undefined) return [];
      for (const id of ids) this.about.set(`threat ${id}`, { flow, ends: [source, target] });
      return [...ids]
        .filter(id => threats.has(id))
        .map(
          id => [id, { target: flow, ends: [source, target] }] as [string, { target: string; ends: Json }],
        );
    });
  }
}

const isEnds = (value: Json | undefined): value is Ends =>
  Array.isArray(value) && value.length === 2 && value.every(end => end === null || typeof end === 'string');
