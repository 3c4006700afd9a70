/**
 * Asks a catalogue about one thing of a model: what could go wrong with it, and what in the model makes it think so. Nothing but
 * the thing, the flows seen at it and the ends of these bears on the answer, so nothing else is asked about anew when a model
 * changes.
 */
import { type Attributes, PEOPLE, UNKNOWN } from '../dfd/attributes.ts';
import { type Element, type Flow, isElement, kindOf } from '../dfd/model.ts';
import type { Heirs } from '../document/document.ts';
import type { Fact, Suggestion, SuggestionCause } from '../document/threats.ts';
import type { Catalogue, Trigger } from './catalogue.ts';
import { allHold, type Compiled, type Test } from './condition.ts';
import type { Letter } from './letters.ts';
import type { Method } from './method-names.ts';
import { METHODS } from './methods.ts';
import { harmOf, type RankedKind, rank } from './rank.ts';

/** What a session decides about how it is suggested for. */
export interface Choices {
  catalogue: Catalogue;
  /** Ids of the flows that belong to a workflow. */
  workflows: ReadonlySet<string>;
  /** Flows that took the place of others, under whose names they are asked about. */
  heirs: Heirs;
}

/** Most flows, and boundaries, that a suggestion names as its cause: more are no help to a reader. */
const NAMED = 8;

/** Most suggestions for one thing, or for one flow of it where each is asked about by itself. */
const MOST = 60;

/** The part of a model that is looked up while asking. */
export interface Ground {
  elements: ReadonlyMap<string, Element>;
}

/** What a thing is asked about at once. */
interface Subject {
  thing: Element | Flow;
  /** The flows seen: itself, or those that start or end at an element. */
  flows: readonly Flow[];
  /** The flow that an element is asked about for, where each flow gets an answer of its own. */
  context?: Flow;
  /** Of an element asked so: the rest, which no flow bears on. */
  alone?: boolean;
  /** Once it was needed. */
  around?: Surroundings;
}

/** What is known of a flow, or of its end, that is not seen. */
const NO_ANSWERS: Attributes = {};
const NO_END = { kind: 'process' as const, attributes: NO_ANSWERS };

/** What a rule found to fire on. */
interface Firing {
  subject: Subject;
  trigger: Trigger;
  flows: readonly Flow[];
}

/**
 * What is suggested for an element or a flow, a generic rule only where no specific one of its letter fires.
 * @param flows those that start or end at an element, in any order; of no use for a flow
 */
export function suggestFor(
  thing: Element | Flow,
  flows: readonly Flow[],
  method: Method,
  { catalogue, workflows, heirs }: Choices,
  ground: Ground,
): Suggestion[] {
  const fired: Firing[] = [];
  const specific = new Set<Letter>();
  for (const subject of subjectsOf(method, thing, flows, workflows)) {
    for (const firing of ask(catalogue, method, subject, ground)) {
      fired.push(firing);
      if (!firing.trigger.rule.generic) specific.add(letterOf(firing.trigger));
    }
  }
  return fired
    .filter(({ trigger }) => !trigger.rule.generic || !specific.has(letterOf(trigger)))
    .map(firing => suggestion(firing, heirs, ground));
}

const letterOf = ({ rule }: Trigger): Letter => rule.stride[0]!;

/** None when the method does not ask about it. */
function subjectsOf(
  method: Method,
  thing: Element | Flow,
  flows: readonly Flow[],
  workflows: ReadonlySet<string>,
): Subject[] {
  const { sees, elements } = METHODS[method];
  if (!isElement(thing)) return sees(thing, workflows.has(thing.id)) ? [{ thing, flows: [thing] }] : [];
  if (elements === 'none') return [];
  const seen = flows.filter(flow => sees(flow, workflows.has(flow.id))).sort(byId);
  if (seen.length === 0 && elements === 'at flows') return [];
  if (elements !== 'each flow' || seen.length === 0) return [{ thing, flows: seen }];
  return [
    { thing, flows: seen, alone: true },
    ...seen.map(flow => ({ thing, flows: [flow], context: flow })),
  ];
}

const byId = (a: Flow, b: Flow): number => (a.id < b.id ? -1 : 1);

function ask(catalogue: Catalogue, method: Method, subject: Subject, ground: Ground): Firing[] {
  const { thing, flows, context, alone = false } = subject;
  const others = isElement(thing) ? flows : endsOf(thing, ground);
  const fired = new Map<string, Firing>();
  for (const trigger of catalogue.triggersFor(kindOf(thing), thing.attributes, others)) {
    const { rule, condition } = trigger;
    if (rule.methods && !rule.methods.includes(method)) continue;
    if ((alone && condition.asksFlow) || (context && !condition.asksFlow)) continue;
    const known = fired.get(rule.id);
    if (known && known.trigger.at < trigger.at) continue;
    const found = isElement(thing)
      ? onElement(condition, thing, flows, ground)
      : onFlow(condition, thing, ground) && flows;
    if (found) fired.set(rule.id, { subject, trigger, flows: found });
  }
  return best([...fired.values()]);
}

/** Of very many rules for one thing, which only a team's own can bring about, the most specific and harmful. */
const best = (firings: Firing[]): Firing[] =>
  firings.length <= MOST
    ? firings
    : firings
        .sort((a, b) => b.trigger.worth - a.trigger.worth || (a.trigger.rule.id < b.trigger.rule.id ? -1 : 1))
        .slice(0, MOST);

function onFlow(condition: Compiled, flow: Flow, ground: Ground): boolean {
  if (!flowHolds(condition, flow, ground)) return false;
  return condition.element.length === 0 || fittingEnd(condition, flow, ground) !== undefined;
}

/** The end of a flow that the tests of the element hold for. */
const fittingEnd = ({ element }: Compiled, flow: Flow, ground: Ground): End | undefined =>
  endsOf(flow, ground).find(({ kind, attributes }) => allHold(element, kind, attributes));

/** @returns the flows that it fires for, null when it does not */
function onElement(
  condition: Compiled,
  { kind, attributes }: Element,
  flows: readonly Flow[],
  ground: Ground,
): readonly Flow[] | null {
  if (!allHold(condition.element, kind, attributes)) return null;
  if (!condition.asksFlow) return flows;
  if (flows.length === 0) return holdsUnseen(condition) ? flows : null;
  const matched = flows.filter(flow => flowHolds(condition, flow, ground));
  return matched.length > 0 ? matched : null;
}

/** Whether a condition holds for a flow of which nothing is known. */
const holdsUnseen = ({ crosses, flow, source, target }: Compiled): boolean =>
  crosses !== true &&
  allHold(flow, 'data_flow', NO_ANSWERS) &&
  allHold(source, NO_END.kind, NO_ANSWERS) &&
  allHold(target, NO_END.kind, NO_ANSWERS);

function flowHolds(condition: Compiled, flow: Flow, ground: Ground): boolean {
  const { crosses, flow: tests, source, target } = condition;
  if (crosses !== null && crosses !== flow.crosses.length > 0) return false;
  if (!allHold(tests, 'data_flow', flow.attributes)) return false;
  if (source.length + target.length === 0) return true;
  const [from, to] = endsOf(flow, ground);
  // One with two heads has each of its ends as source and as target.
  return isBetween(condition, from, to) || (flow.bidirectional && isBetween(condition, to, from));
}

const isBetween = ({ source, target }: Compiled, from: End, to: End): boolean =>
  allHold(source, from.kind, from.attributes) && allHold(target, to.kind, to.attributes);

type End = Element | typeof NO_END;

function endsOf({ source, target }: Flow, { elements }: Ground): [source: End, target: End] {
  return [elements.get(source ?? '') ?? NO_END, elements.get(target ?? '') ?? NO_END];
}

/** The answers that a rule looked at, in the order in which it names them. */
function factsOf({ subject: { thing }, trigger: { condition }, flows }: Firing, ground: Ground): Fact[] {
  const { element, flow: tests, source, target } = condition;
  const facts: Fact[] = [];
  if (isElement(thing)) addFacts(facts, element, thing);
  if (isElement(thing) && !condition.asksFlow) return facts;
  for (const flow of flows.slice(0, NAMED)) {
    addFacts(facts, tests, flow);
    if (!isElement(thing) && element.length > 0)
      addFacts(facts, element, fittingEnd(condition, flow, ground));
    if (source.length + target.length === 0) continue;
    const [from, to] = endsOf(flow, ground);
    const [first, second] = isBetween(condition, from, to) ? [from, to] : [to, from];
    addFacts(facts, source, first);
    addFacts(facts, target, second);
  }
  return facts;
}

/** None of an end that is not there. */
function addFacts(facts: Fact[], tests: readonly Test[], thing: Flow | End | undefined): void {
  if (!thing || !('id' in thing)) return;
  for (const { key } of tests)
    if (key !== 'kind') facts.push([thing.id, key, String(thing.attributes[key] ?? UNKNOWN)]);
}

/** What all suggestions for the same flows have in common. */
interface Surroundings {
  flows: string[];
  boundaries: string[];
  /** Most boundaries that one of the flows crosses. */
  crossed: number;
  /** Harm in what the flows carry and in what is kept in the thing: see {@link harmOf}. */
  carried: number;
}

function surroundingsOf({ attributes }: Element | Flow, flows: readonly Flow[]): Surroundings {
  let crossed = 0;
  let carried = harmOf(attributes.stores);
  const boundaries = new Set<string>();
  for (const { crosses, attributes } of flows) {
    crossed = Math.max(crossed, crosses.length);
    carried = Math.max(carried, harmOf(attributes.payload));
    for (const id of crosses) boundaries.add(id);
  }
  return {
    crossed,
    carried,
    flows: flows.slice(0, NAMED).map(({ id }) => id),
    boundaries: [...boundaries].sort().slice(0, NAMED),
  };
}

function suggestion(firing: Firing, heirs: Heirs, ground: Ground): Suggestion {
  const { subject, trigger, flows } = firing;
  const { thing, context } = subject;
  const { rule, worth } = trigger;
  const letter = letterOf(trigger);
  const around = aroundOf(subject, flows);
  const facts = factsOf(firing, ground);
  const id = `${rule.id}/${isElement(thing) ? thing.id : keyOf(thing, heirs)}`;
  const why: SuggestionCause = {
    part: isElement(thing) ? 'endpoint' : 'flow',
    flows: around.flows,
    boundaries: around.boundaries,
    facts: unique(facts),
  };
  const flow = isElement(thing) ? context : thing;
  if (flow) why.ends = [flow.source, flow.target];
  let answered = 0;
  for (const fact of facts) if (fact[2] !== UNKNOWN) answered++;
  return {
    id: context ? `${id}/${keyOf(context, heirs)}` : id,
    rule: rule.id,
    target: thing.id,
    stride: letter,
    why,
    rank: rank({
      kind: rankedKind(thing),
      letter,
      worth,
      crossed: around.crossed,
      carried: around.carried,
      essential: thing.attributes.essential_performance === 'yes',
      answered,
    }),
    stale: false,
    change: null,
  };
}

/** The id under which a flow is asked about. */
const keyOf = ({ id }: Flow, heirs: Heirs): string => heirs.get(id) ?? id;

/** Most rules fire for all flows that are seen: what these have in common is worked out once. */
function aroundOf(subject: Subject, flows: readonly Flow[]): Surroundings {
  if (flows.length < subject.flows.length) return surroundingsOf(subject.thing, flows);
  subject.around ??= surroundingsOf(subject.thing, flows);
  return subject.around;
}

/** An external entity that is known to be no person is a system of others. */
function rankedKind(thing: Element | Flow): RankedKind {
  if (!isElement(thing)) return 'data_flow';
  const { role } = thing.attributes;
  const isSystem = thing.kind === 'external_entity' && typeof role === 'string' && !PEOPLE.includes(role);
  return isSystem ? 'external_system' : thing.kind;
}

/** A copy, which takes no more room than it has to: what was filled bit by bit keeps some for more, and very many are kept. */
const unique = (facts: readonly Fact[]): Fact[] => facts.filter(isFirst).slice();

function isFirst([on, key]: Fact, at: number, facts: readonly Fact[]): boolean {
  for (let i = 0; i < at; i++) if (facts[i]![0] === on && facts[i]![1] === key) return false;
  return true;
}
