import type { Kind } from '../../dfd/kinds.ts';
import type { Model } from '../../dfd/model.ts';
import type { Suggestion } from '../../document/threats.ts';
import { RULES } from '../catalogue.ts';

/**
 * STRIDE per trust-boundary crossing: each flow that crosses a boundary is asked about, and so are the elements at its ends, where
 * most recorded threats of published models sit. An element is asked once, however many crossing flows meet there.
 */
export function perCrossing(model: Model): Suggestion[] {
  const causes = new Map<
    string,
    { kind: Kind; part: 'flow' | 'endpoint'; flows: string[]; crosses: Set<string> }
  >();
  const kinds = new Map(model.elements.map(({ id, kind }) => [id, kind]));

  for (const { id: flow, source, target, crosses } of model.flows) {
    if (crosses.length === 0) continue;
    causes.set(flow, { kind: 'data_flow', part: 'flow', flows: [flow], crosses: new Set(crosses) });
    for (const end of new Set([source, target])) {
      const kind = end && kinds.get(end);
      if (!kind) continue;
      const cause = causes.get(end) ?? { kind, part: 'endpoint', flows: [], crosses: new Set() };
      cause.flows.push(flow);
      for (const boundary of crosses) cause.crosses.add(boundary);
      causes.set(end, cause);
    }
  }

  const suggestions: Suggestion[] = [];
  for (const [target, { kind, part, flows, crosses }] of causes) {
    for (const rule of RULES) {
      if (!(rule.appliesTo as Kind[]).includes(kind)) continue;
      suggestions.push({
        id: `${rule.id}/${target}`,
        rule: rule.id,
        target,
        stride: rule.stride,
        why: { part, flows: flows.toSorted(), boundaries: [...crosses].toSorted() },
        stale: false,
      });
    }
  }
  return suggestions;
}
