/**
 * The small model that a rule's `test` speaks of: the thing asked about, one data flow with it, and an element at the other end.
 * `flow.`, `element.`, `source.` and `target.` give answers, as in a condition; `asked` says what kind of thing is asked about (else
 * the first that the rule applies to) and `crosses_boundary` whether the flow crosses one (else it does). What is not named is
 * unanswered.
 */
import { type ElementKind, isElementKind } from '../dfd/kinds.ts';
import type { Model } from '../dfd/model.ts';
import { readModel } from '../dfd/read-model.ts';
import type { Json, ShapeRecord } from '../document/board.ts';
import { boundary, element, flow } from '../document/build.ts';
import { Catalogue } from './catalogue.ts';
import { METHOD_NAMES } from './method-names.ts';
import type { AskedKind, Facts, Rule } from './rule.ts';
import { suggest } from './suggest.ts';

/** Where the example's things lie: inside the boundary, and outside of it. */
const INSIDE = [50, 50, 100, 100] as const;
const OUTSIDE = [600, 50, 100, 100] as const;

export interface Example {
  model: Model;
  /** Id of what is asked about. */
  asked: string;
}

export function example({ applies_to }: Pick<Rule, 'applies_to'>, facts: Facts): Example {
  const { asked = applies_to[0], crosses_boundary = true, ...answers } = facts;
  const given = answersBy(answers);
  const kind = asked as AskedKind;
  // An element that the test gives answers for as the source of its flow is asked about as the source.
  const asSource = kind !== 'data_flow' && given.target !== undefined && given.source === undefined;
  const [near, far] = [given.element, asSource ? given.target : given.source];
  const kindOf = (part: Record<string, Json> | undefined, otherwise: ElementKind) =>
    isElementKind(String(part?.kind)) ? (part!.kind as ElementKind) : otherwise;

  const box = boundary({ id: 'box', name: 'Box', box: [0, 0, 400, 300], index: 'a1' });
  const ends =
    kind === 'data_flow'
      ? [
          { kind: kindOf(given.source, 'process'), meta: { ...given.element, ...given.source } },
          { kind: kindOf(given.target, 'process'), meta: { ...given.target } },
        ]
      : [
          { kind: kindOf(far, 'external_entity'), meta: { ...far } },
          { kind, meta: { ...(asSource ? given.source : given.target), ...near } },
        ];
  const place = crosses_boundary === true ? OUTSIDE : ([250, 150, 100, 100] as const);
  const [first, second] = ends.map(({ kind, meta: { kind: _, ...meta } }, i) =>
    element(kind, {
      ...{ id: `end${i}`, name: `End ${i}`, box: i === 0 ? place : INSIDE, index: `a${i + 2}`, meta },
    }),
  );
  const [from, to] = asSource ? [second!, first!] : [first!, second!];
  const records = [
    box,
    first!,
    second!,
    ...flow({ id: 'flow', name: 'Flow', from, to, index: 'a9', meta: given.flow ?? {} }),
  ];
  return {
    model: readModel(new Map(records.map(record => [record.id, record as ShapeRecord]))),
    asked: kind === 'data_flow' ? 'shape:flow' : second!.id,
  };
}

/** Whether a rule, by itself, fires on what an example asks about, by any method that may ask it. */
export function firesOn(rule: Rule, facts: Facts): boolean {
  const { model, asked } = example(rule, facts);
  const choices = { catalogue: new Catalogue([rule]), workflows: new Set(['shape:flow']), heirs: new Map() };
  return METHOD_NAMES.some(method => suggest(model, method, choices).some(({ target }) => target === asked));
}

function answersBy(answers: Facts): Partial<Record<string, Record<string, Json>>> {
  const by: Record<string, Record<string, Json>> = {};
  for (const [name, answer] of Object.entries(answers)) {
    const [part, key] = name.split('.') as [string, string];
    by[part] = { ...by[part], [key]: answer };
  }
  return by;
}
