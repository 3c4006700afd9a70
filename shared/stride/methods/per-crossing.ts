import type { Suggestion } from '../../document/threats.ts';
import { rulesFor } from '../catalogue.ts';
import type { Subject } from '../subject.ts';

/**
 * STRIDE per trust-boundary crossing: each flow that crosses a boundary is asked about, and so are the elements at its ends, where
 * most recorded threats of published models sit. An element is asked once, however many crossing flows meet there.
 */
export function perCrossing({ kind, thing, flows }: Subject): Suggestion[] {
  const crossing = flows.filter(({ crosses }) => crosses.length > 0);
  if (crossing.length === 0) return [];
  const why = {
    part: kind === 'data_flow' ? ('flow' as const) : ('endpoint' as const),
    flows: crossing.map(({ id }) => id).sort(),
    boundaries: [...new Set(crossing.flatMap(({ crosses }) => crosses))].sort(),
  };
  return rulesFor(kind).map(({ id, stride }) => ({
    id: `${id}/${thing.id}`,
    rule: id,
    target: thing.id,
    stride,
    why,
    stale: false,
  }));
}
