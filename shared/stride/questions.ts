/**
 * What to ask the team next. A suggestion that fired because nobody answered a question goes away, or stays for good, once somebody
 * does; what a thing is (its role, its protocol) tells which of the special rules are about it at all.
 */
import { type Attribute, attributeOf, UNKNOWN } from '../dfd/attributes.ts';
import { type Element, type Flow, kindOf, type Model } from '../dfd/model.ts';
import type { Suggestion } from '../document/threats.ts';
import type { Catalogue } from './catalogue.ts';
import { conditionsOf, type Rule } from './rule.ts';

export interface Question {
  /** Id of the element or flow it is about. */
  on: string;
  attribute: Attribute;
  /** Open suggestions that go away by the safe answer alone. */
  settles: number;
  /** Other open suggestions that the answer bears on: a special one may take the place of a generic one. */
  sharpens: number;
}

export interface Readiness {
  /** The most worthwhile first. */
  questions: Question[];
  /** Questions that bear on the suggestions and are answered. */
  answered: number;
}

/** The answers by which a thing is told from others of its kind. */
export const IDENTIFYING = ['role', 'protocol', 'payload', 'stores'] as const;

/** @param judged ids of suggestions that carry a verdict: they are no reason to ask */
export function readiness(
  model: Pick<Model, 'elements' | 'flows'>,
  suggestions: readonly Suggestion[],
  catalogue: Catalogue,
  judged: (id: string) => boolean,
): Readiness {
  const things = new Map<string, Element | Flow>(
    [...model.elements, ...model.flows].map(each => [each.id, each]),
  );
  const questions = new Map<string, Question>();
  const answered = new Set<string>();
  const ask = (on: string, key: string): Question | undefined => {
    const name = `${on} ${key}`;
    const known = questions.get(name);
    if (known) return known;
    const thing = things.get(on);
    const attribute = thing && attributeOf(kindOf(thing), key);
    if (!attribute) return undefined;
    if (thing.attributes[key] !== undefined) {
      answered.add(name);
      return undefined;
    }
    const question = { on, attribute, settles: 0, sharpens: 0 };
    questions.set(name, question);
    return question;
  };
  for (const { id, rule, target, why, stale } of suggestions) {
    if (stale) continue;
    const isOpen = !judged(id);
    for (const [on, key, answer] of why.facts) {
      const question = ask(on, key);
      if (!question || !isOpen || answer !== UNKNOWN) continue;
      // For several flows at once it takes an answer on each; and a rule with several conditions may fire by another one.
      const isOne = on === target || why.flows.length === 1;
      if (isOne && isTestedThroughout(catalogue.rule(rule), things.get(target), key)) question.settles++;
      else question.sharpens++;
    }
    const isGeneric = catalogue.rule(rule)?.generic === true;
    for (const key of IDENTIFYING) {
      const question = ask(target, key);
      if (question && isOpen && isGeneric) question.sharpens++;
    }
  }
  return {
    questions: [...questions.values()]
      .filter(({ settles, sharpens }) => settles + sharpens > 0)
      .sort(
        (a, b) =>
          worth(b) - worth(a) ||
          (a.on < b.on ? -1 : a.on > b.on ? 1 : a.attribute.key < b.attribute.key ? -1 : 1),
      ),
    answered: answered.size,
  };
}

/** Whether every condition of a rule that may hold for a thing tests an attribute. */
function isTestedThroughout(rule: Rule | undefined, thing: Element | Flow | undefined, key: string): boolean {
  const kind = thing && kindOf(thing);
  const conditions = rule ? conditionsOf(rule) : [];
  return conditions
    .filter(({ asked }) => asked === undefined || asked === kind)
    .every(condition => Object.keys(condition).some(name => name.endsWith(`.${key}`)));
}

const worth = ({ settles, sharpens }: Question): number => settles + sharpens / 4;
