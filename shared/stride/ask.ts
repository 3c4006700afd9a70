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
import { type RankedKind, rank } from './rank.ts';

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
  facts: Fact[];
}

/**
 * What is suggested for an element or a flow, a generic rule only where no specific one of its letter fires.
 * @param flows those that start or end at an element, ordered by their ids; of no use for a flow
 */
export function suggestFor(
  thing: Element | Flow,
  flows: readonly Flow[],
  method: Method,
  { catalogue, workflows, heirs }: Choices,
  ground: Ground,
): Suggestion[] {
  const fired = subjectsOf(method, thing, flows, workflows).flatMap(subject =>
    ask(catalogue, method, subject, ground),
  );
  const specific = new Set<Letter>();
  for (const { trigger } of fired) if (!trigger.rule.generic) specific.add(letterOf(trigger));
  return fired
    .filter(({ trigger }) => !trigger.rule.generic || !specific.has(letterOf(trigger)))
    .map(firing => suggestion(firing, heirs));
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
  const isSeen = (flow: Flow) => sees(flow, workflows.has(flow.id));
  if (!isElement(thing)) return isSeen(thing) ? [{ thing, flows: [thing] }] : [];
  if (elements === 'none') return [];
  const seen = flows.filter(isSeen);
  if (seen.length === 0 && elements === 'at flows') return [];
  if (elements !== 'each flow' || seen.length === 0) return [{ thing, flows: seen }];
  return [
    { thing, flows: seen, alone: true },
    ...seen.map(flow => ({ thing, flows: [flow], context: flow })),
  ];
}

function ask(catalogue: Catalogue, method: Method, subject: Subject, ground: Ground): Firing[] {
  const { thing, flows, context, alone = false } = subject;
  const others = isElement(thing) ? flows : endsOf(thing, ground);
  const fired = new Map<string, Firing>();
  for (const trigger of catalogue.triggersFor(kindOf(thing), thing.attributes, others)) {
    const { rule, condition } = trigger;
    if (rule.methods && !rule.methods.includes(method)) continue;
    if ((alone && asksOfFlow(condition)) || (context && !asksOfFlow(condition))) continue;
    const known = fired.get(rule.id);
    if (known && known.trigger.at < trigger.at) continue;
    const found = isElement(thing)
      ? onElement(condition, thing, flows, ground)
      : onFlow(condition, thing, ground);
    if (found) fired.set(rule.id, { subject, trigger, ...found });
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

type Found = Pick<Firing, 'flows' | 'facts'> | null;

function onFlow(condition: Compiled, flow: Flow, ground: Ground): Found {
  if (!flowHolds(condition, flow, ground)) return null;
  const { flow: tests, element } = condition;
  const end =
    element.length === 0
      ? undefined
      : endsOf(flow, ground).find(each => allHold(element, each.kind, each.attributes));
  if (element.length > 0 && !end) return null;
  const facts = factsOf(tests, flow);
  if (end && 'id' in end) facts.push(...factsOf(element, end));
  return { flows: [flow], facts: withEnds(facts, condition, flow, ground) };
}

function onElement(condition: Compiled, element: Element, flows: readonly Flow[], ground: Ground): Found {
  if (!allHold(condition.element, element.kind, element.attributes)) return null;
  const facts = factsOf(condition.element, element);
  if (!asksOfFlow(condition)) return { flows, facts };
  if (flows.length === 0) return holdsUnseen(condition) ? { flows, facts } : null;
  const matched = flows.filter(flow => flowHolds(condition, flow, ground));
  if (matched.length === 0) return null;
  for (const flow of matched.slice(0, NAMED)) {
    facts.push(...factsOf(condition.flow, flow));
    withEnds(facts, condition, flow, ground);
  }
  return { flows: matched, facts };
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

function factsOf(tests: readonly Test[], { id, attributes }: Element | Flow): Fact[] {
  const facts: Fact[] = [];
  for (const { key } of tests) if (key !== 'kind') facts.push([id, key, String(attributes[key] ?? UNKNOWN)]);
  return facts;
}

/** Adds what the ends of a flow answered, where the condition asked for them. */
function withEnds(facts: Fact[], condition: Compiled, flow: Flow, ground: Ground): Fact[] {
  const { source, target } = condition;
  if (source.length + target.length === 0) return facts;
  const [from, to] = endsOf(flow, ground);
  const [first, second] = isBetween(condition, from, to) ? [from, to] : [to, from];
  if ('id' in first) facts.push(...factsOf(source, first));
  if ('id' in second) facts.push(...factsOf(target, second));
  return facts;
}

/** What all suggestions for the same flows have in common. */
interface Surroundings {
  flows: string[];
  boundaries: string[];
  /** Most boundaries that one of the flows crosses. */
  crossed: number;
  /** The answers that name what the flows carry and what is kept in the thing. */
  data: ReadonlySet<string>;
}

function surroundingsOf({ attributes }: Element | Flow, flows: readonly Flow[]): Surroundings {
  let crossed = 0;
  const boundaries = new Set<string>();
  const data = new Set(listOf(attributes.stores));
  for (const { crosses, attributes } of flows) {
    crossed = Math.max(crossed, crosses.length);
    for (const id of crosses) boundaries.add(id);
    if (attributes.payload) for (const each of listOf(attributes.payload)) data.add(each);
  }
  return {
    ...{ crossed, data },
    flows: flows.slice(0, NAMED).map(({ id }) => id),
    boundaries: boundaries.size > 1 ? [...boundaries].sort().slice(0, NAMED) : [...boundaries],
  };
}

function suggestion({ subject, trigger, flows, facts }: Firing, heirs: Heirs): Suggestion {
  const { thing, context } = subject;
  const { rule, worth } = trigger;
  const letter = letterOf(trigger);
  const around = aroundOf(subject, flows);
  const keyOf = (flow: Flow) => heirs.get(flow.id) ?? flow.id;
  const id = `${rule.id}/${isElement(thing) ? thing.id : keyOf(thing)}`;
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
    id: context ? `${id}/${keyOf(context)}` : id,
    rule: rule.id,
    target: thing.id,
    stride: letter,
    why,
    rank: rank({
      kind: rankedKind(thing),
      letter,
      worth,
      crossed: around.crossed,
      data: around.data,
      essential: thing.attributes.essential_performance === 'yes',
      answered,
    }),
    stale: false,
    change: null,
  };
}

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

const listOf = (answer: string | string[] | undefined): string[] =>
  answer === undefined ? [] : [answer].flat();

/** Whether what is asked depends on the flow, so that each flow may have an answer of its own. */
const asksOfFlow = ({ flow, source, target, crosses }: Compiled): boolean =>
  crosses !== null || flow.length + source.length + target.length > 0;

function unique(facts: Fact[]): Fact[] {
  if (facts.length < 2) return facts;
  const seen = new Set<string>();
  return facts.filter(([on, key]) => {
    const name = `${on} ${key}`;
    return !seen.has(name) && seen.add(name);
  });
}
