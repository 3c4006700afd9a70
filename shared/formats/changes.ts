/** What is different between two threat models, thing by thing: by their ids, in words. */
import type { Json } from '../document/board.ts';
import type { Diagram, End, ThreatModel } from './threat-model.ts';

export const CHANGE_KINDS = ['diagram', 'element', 'flow', 'boundary', 'note', 'threat'] as const;

export interface Change {
  kind: (typeof CHANGE_KINDS)[number];
  id: string;
  name: string;
  /** What differs, in words; of what was added only why it is there again, and of what was removed nothing. */
  what: string[];
}

export interface Changes {
  added: Change[];
  changed: Change[];
  removed: Change[];
  /** How many things are the same in both. */
  unchanged: number;
}

interface Item {
  kind: Change['kind'];
  id: string;
  name: string;
  /** Everything that may differ, by the word for it. */
  facts: Record<string, unknown>;
}

/** @param ignored words of facts that don't count: `place` when only one of the two knows places */
export function changesBetween(
  before: ThreatModel,
  after: ThreatModel,
  ignored: readonly string[] = [],
): Changes {
  const old = itemsOf(before);
  const now = itemsOf(after);
  const changes: Changes = { added: [], changed: [], removed: [], unchanged: 0 };
  for (const [key, item] of now) {
    const earlier = old.get(key);
    if (!earlier) {
      changes.added.push(changeOf(item, []));
      continue;
    }
    const what = Object.keys(item.facts).filter(
      fact =>
        !ignored.includes(fact) && JSON.stringify(item.facts[fact]) !== JSON.stringify(earlier.facts[fact]),
    );
    if (what.length > 0) changes.changed.push(changeOf(item, what));
    else changes.unchanged++;
  }
  for (const [key, item] of old) if (!now.has(key)) changes.removed.push(changeOf(item, []));
  return changes;
}

const changeOf = ({ kind, id, name }: Item, what: string[]): Change => ({ kind, id, name, what });

function itemsOf(model: ThreatModel): Map<string, Item> {
  const items = [
    ...model.diagrams.flatMap(itemsOfDiagram),
    ...model.threats.map(threat => {
      const { id, title, number: _, foreign: _more, ...facts } = threat;
      return item('threat', id, title, { title, ...facts });
    }),
  ];
  return new Map(items.map(each => [`${each.kind} ${each.id}`, each]));
}

function itemsOfDiagram({ id, title, elements, flows, boundaries, notes }: Diagram): Item[] {
  return [
    item('diagram', id, title, { title }),
    ...elements.map(({ id, name, kind, description, attributes, box }) =>
      item('element', id, name, { name, kind, description, attributes: sorted(attributes), place: box }),
    ),
    ...flows.map(({ id, name, description, attributes, source, target, bidirectional }) =>
      item('flow', id, name, {
        ...{ name, description, attributes: sorted(attributes), direction: bidirectional },
        ...{ source: endOf(source), target: endOf(target) },
      }),
    ),
    ...boundaries.map(({ id, name, description, attributes, box, line }) =>
      item('boundary', id, name, { name, description, attributes: sorted(attributes), place: box ?? line }),
    ),
    ...notes.map(({ id, text, at }) => item('note', id, text, { text, place: at })),
  ];
}

const item = (kind: Item['kind'], id: string, name: string, facts: Item['facts']): Item => ({
  kind,
  id,
  name,
  facts,
});

/** A free end is one wherever it lies: its place is the arrow's. */
const endOf = (end: End): string => ('element' in end ? end.element : 'free');

const sorted = (attributes: Record<string, Json>): [string, Json][] =>
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
