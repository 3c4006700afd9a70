/**
 * The flows about which somebody decided something, by the ids under which that stands, and where they last ended: kept up so that
 * an arrow that is drawn anew finds what was decided about the one before it.
 */
import type * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { type Heirs, heirsByPlace, readSuggestion, readVerdict, root } from '#shared/document/document.ts';
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
      const verdict = readVerdict(id, triage.get(id));
      const suggestion = verdict && readSuggestion(id, suggestions.get(id));
      // That a letter does not apply to a flow is said of no suggestion.
      if (verdict?.ends && !suggestion) {
        this.about.set(id, { flow: id.slice(id.indexOf('/') + 1), ends: verdict.ends });
        continue;
      }
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

  /** @param came whether a flow was not there at the last pass, as far as that is known */
  heirs(live: LiveSuggestions, before: Heirs, came: (flow: string) => boolean): Heirs {
    const decided = new Map<string, Ends>();
    const judged = new Set<string>();
    for (const { flow, ends } of this.about.values()) {
      judged.add(flow);
      if (ends[0] !== null && ends[1] !== null) decided.set(flow, ends);
    }
    const stored = root(this.doc, 'suggestions');
    // One that is asked about, and for which nothing is written yet.
    const isNew = (flow: string) => {
      const asked = live.on(flow);
      const isAsked = asked.length > 0 || came(flow);
      return isAsked && !judged.has(flow) && !asked.some(({ id }) => stored.has(id));
    };
    return heirsNow(live.model, before, decided, isNew);
  }

  /**
   * What has to be written into threats on flows: where these end now, and the id under which they stand.
   * @param changed ids of the threats to look at, null for all
   */
  places(
    live: LiveSuggestions,
    heirs: Heirs,
    changed: Iterable<string> | null,
  ): [threat: string, registers: { target: string; ends: Json }][] {
    const heirOf = heirsByPlace(heirs);
    const threats = root(this.doc, 'threats');
    const places: [threat: string, registers: { target: string; ends: Json }][] = [];
    for (const id of new Set(changed ?? threats.keys())) {
      const { flow } = this.about.get(`threat ${id}`) ?? {};
      const drawn = flow && live.model.flows.get(heirOf.get(flow) ?? flow);
      if (!flow || !drawn || !threats.has(id)) continue;
      const ends: Ends = [drawn.source, drawn.target];
      this.about.set(`threat ${id}`, { flow, ends });
      places.push([id, { target: flow, ends }]);
    }
    return places;
  }

  /** Ids of the threats on any of these flows. */
  onFlows(flows: Iterable<string>): string[] {
    return [...flows].flatMap(flow => [...(this.onFlow.get(flow) ?? [])]);
  }
}

const isEnds = (value: Json | undefined): value is Ends =>
  Array.isArray(value) && value.length === 2 && value.every(end => end === null || typeof end === 'string');
