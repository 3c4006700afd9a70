/**
 * A set of rules, ready to be asked: which of them may fire on a thing is looked up by what was answered, so that a model is
 * suggested for in time that grows with its answers, not with the catalogue.
 */
import type { Attributes } from '../dfd/attributes.ts';
import { RULES } from './catalogue/rules.ts';
import { type Compiled, compile, type Test } from './condition.ts';
import { type AskedKind, conditionsOf, HARM, type Rule } from './rule.ts';

/** One condition of a rule on one kind of thing. */
export interface Trigger {
  rule: Rule;
  /** Its place among the conditions of the rule: the first that holds counts. */
  at: number;
  condition: Compiled;
  /** What the rule by itself adds to the rank of what it suggests: see `rank.ts`. */
  worth: number;
}

/** Triggers by attribute, then by answer. */
type Index = Map<string, Map<string, Trigger[]>>;

/** The triggers of one kind of thing, by the answer that each needs. */
class Triggers {
  /** Those that may hold while nothing is answered. */
  private readonly always: Trigger[] = [];
  private readonly byAnswer = { own: new Map() as Index, other: new Map() as Index };

  add(trigger: Trigger, own: 'flow' | 'element'): void {
    const { flow, element, source, target } = trigger.condition;
    // The ends of a flow are at hand when it is asked about; those of an element's flows are not.
    const others = own === 'flow' ? [...element, ...source, ...target] : flow;
    const needed = [...(own === 'flow' ? flow : element), ...others].find(isDecisive);
    if (!needed) {
      this.always.push(trigger);
      return;
    }
    const index = this.byAnswer[needed.part === own ? 'own' : 'other'];
    const triggers = index.get(needed.key) ?? new Map<string, Trigger[]>();
    index.set(needed.key, triggers);
    for (const value of needed.values) triggers.set(value, [...(triggers.get(value) ?? []), trigger]);
  }

  /** @param others the flows at an element, or the ends of a flow */
  for(own: Attributes, others: readonly { attributes: Attributes }[]): readonly Trigger[] {
    const found: Trigger[] = [];
    collect(this.byAnswer.own, own, found);
    if (this.byAnswer.other.size > 0) {
      for (const { attributes } of others) collect(this.byAnswer.other, attributes, found);
    }
    // Of most things little is known.
    return found.length === 0 ? this.always : [...this.always, ...new Set(found)];
  }
}

function collect(index: Index, attributes: Attributes, found: Trigger[]): void {
  for (const key in attributes) {
    const triggers = index.get(key);
    if (!triggers) continue;
    const answer = attributes[key]!;
    for (const each of typeof answer === 'string' ? [answer] : answer) {
      for (const trigger of triggers.get(each) ?? []) found.push(trigger);
    }
  }
}

/** Whether a test fails wherever none of its answers is given. */
const isDecisive = ({ openEnded, negated, key }: Test): boolean => !openEnded && !negated && key !== 'kind';

export class Catalogue {
  private readonly byId: ReadonlyMap<string, Rule>;
  private readonly byKind = new Map<AskedKind, Triggers>();
  /** The attributes of an element that bear on its flows, or on what is at their other ends. */
  readonly farAttributes: ReadonlySet<string>;

  constructor(readonly rules: readonly Rule[]) {
    this.byId = new Map(rules.map(rule => [rule.id, rule]));
    const far = new Set<string>();
    for (const rule of rules) {
      const worth = worthOf(rule);
      for (const [at, written] of conditionsOf(rule).entries()) {
        const condition = compile(written);
        const { element, source, target } = condition;
        const onFlows = rule.applies_to.includes('data_flow');
        for (const { key } of [...source, ...target, ...(onFlows ? element : [])]) far.add(key);
        for (const kind of rule.applies_to) {
          if (condition.asked && condition.asked !== kind) continue;
          if (kind !== 'data_flow' && !condition.element.every(({ kinds }) => kinds.has(kind))) continue;
          const triggers = this.byKind.get(kind) ?? new Triggers();
          triggers.add({ rule, at, condition, worth }, kind === 'data_flow' ? 'flow' : 'element');
          this.byKind.set(kind, triggers);
        }
      }
    }
    this.farAttributes = far;
  }

  /** Ids of its rules. */
  get ids(): ReadonlySet<string> {
    return new Set(this.byId.keys());
  }

  /** The rule behind a suggestion; undefined when this catalogue does not have it. */
  rule(id: string): Rule | undefined {
    return this.byId.get(id);
  }

  /** Title of a rule, or its id when this catalogue does not have it. */
  title(id: string): string {
    return this.rule(id)?.title ?? id;
  }

  /** What may fire on a thing, each once, in no order. */
  triggersFor(
    kind: AskedKind,
    own: Attributes,
    others: readonly { attributes: Attributes }[],
  ): readonly Trigger[] {
    return this.byKind.get(kind)?.for(own, others) ?? NONE;
  }
}

const NONE: readonly Trigger[] = [];

/** Advisories of CISA for medical devices that a rule names as evidence. */
const advisoriesOf = ({ sources }: Rule): number =>
  sources.filter(source => source.includes('ICSMA-')).length;

function worthOf(rule: Rule): number {
  return HARM[rule.harm] + Math.min(3, advisoriesOf(rule)) + (rule.generic ? 0 : 3);
}

/** The project's own rules. */
export const CATALOGUE = new Catalogue(RULES);
