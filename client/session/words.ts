/** Sentences about the model in which things are named, so that a panel can make each name a way to the thing. */
import { attributeOf, labelOfValue, UNKNOWN } from '#shared/dfd/attributes.ts';
import { KINDS } from '#shared/dfd/kinds.ts';
import type { CauseChange, Suggestion } from '#shared/document/threats.ts';
import { CATALOGUE, type Catalogue } from '#shared/stride/catalogue.ts';
import { labelOf, type Thing } from './things.ts';

/** Something of the model by its name; no id when it is gone, so that there is nothing to show. */
export interface Named {
  id: string | null;
  name: string;
}

export type Words = readonly (string | Named)[];

type Things = ReadonlyMap<string, Thing>;

/** Most facts that a suggestion gives as its reasons: more are no help to a reader. */
const MOST = 8;

/** Title of a rule; one of the project's that the session switched off still has its own. */
export const titleOf = (rule: string, catalogue: Catalogue): string =>
  catalogue.rule(rule)?.title ?? CATALOGUE.title(rule);

const named = (things: Things, id: string): Named => ({
  id: things.has(id) ? id : null,
  name: labelOf(things, id),
});

function listed(things: Things, ids: readonly string[]): Words {
  return ids.flatMap((id, i) => (i === 0 ? [named(things, id)] : [', ', named(things, id)]));
}

/** The facts behind a suggestion, one sentence each: what was answered, what was not, and which boundaries are crossed. */
export function whyHere({ target, why }: Pick<Suggestion, 'target' | 'why'>, things: Things): Words[] {
  // Several flows with the same answer are one fact to a reader.
  const answers = new Map<string, { on: string[]; text: string }>();
  for (const [on, key, answer] of why.facts) {
    const text = `${labelOfAttribute(things, on, key)} – ${answerInWords(things, on, key, answer)}`;
    const known = answers.get(text);
    if (known) known.on.push(on);
    else answers.set(text, { on: [on], text });
  }
  const crossings = new Map<string, { flows: string[]; boundaries: string[] }>();
  for (const id of why.flows) {
    const flow = things.get(id);
    const crosses = flow?.kind === 'data_flow' ? flow.crosses : [];
    const boundaries = crosses.filter(boundary => why.boundaries.includes(boundary));
    if (boundaries.length === 0) continue;
    const known = crossings.get(boundaries.join());
    if (known) known.flows.push(id);
    else crossings.set(boundaries.join(), { flows: [id], boundaries });
  }
  const reasons: Words[] = [
    ...[...answers.values()].map(({ on, text }) => [...listed(things, on), `: ${text}`]),
    ...[...crossings.values()].map(({ flows, boundaries }) => [
      ...listed(things, flows),
      flows.length > 1 ? ' cross ' : ' crosses ',
      ...listed(things, boundaries),
    ]),
  ];
  if (reasons.length > 0) return reasons.slice(0, MOST);
  const kind = things.get(target)?.kind;
  return kind ? [[named(things, target), `: asked of every ${KINDS[kind].label.toLowerCase()}`]] : [];
}

/** What took away the cause of a suggestion that somebody judged. */
export function changeInWords(
  { target, why, change }: Pick<Suggestion, 'target' | 'why' | 'change'>,
  things: Things,
  catalogue: Catalogue,
): Words {
  // What was noted of a thing says nothing once the thing itself is gone.
  if (!things.has(target)) return ['what it is about was deleted.'];
  return change ? wordsOf(change, target, why.flows, things, catalogue) : ['its cause is gone.'];
}

function wordsOf(
  change: CauseChange,
  target: string,
  flows: readonly string[],
  things: Things,
  catalogue: Catalogue,
): Words {
  switch (change.what) {
    case 'gone':
      return ['what it is about was deleted.'];
    case 'flow-gone':
      return ['a data flow that it was suggested for was deleted.'];
    case 'answered': {
      const { on, key, was, is } = change;
      const [before, now] = [was, is].map(answer => answerInWords(things, on, key, answer));
      return [
        named(things, on),
        `: ${labelOfAttribute(things, on, key)} was “${before}” and is now “${now}”.`,
      ];
    }
    case 'no-crossing': {
      const left = flows.filter(id => things.has(id));
      const who = left.length > 0 ? left : [target];
      return [...listed(things, who), ` ${who.length > 1 ? 'cross' : 'crosses'} no trust boundary any more.`];
    }
    case 'specific':
      return [`something more specific is suggested in its place: ${titleOf(change.rule, catalogue)}.`];
    case 'rule-off':
      return ['its rule is switched off, or no longer in the catalogue.'];
    case 'method':
      return ['the method of this session does not ask for it.'];
  }
}

const attributeOn = (things: Things, on: string, key: string) => {
  const thing = things.get(on);
  return thing && attributeOf(thing.kind, key);
};

const labelOfAttribute = (things: Things, on: string, key: string): string =>
  attributeOn(things, on, key)?.label ?? key;

function answerInWords(things: Things, on: string, key: string, answer: string): string {
  if (answer === UNKNOWN) return 'not answered';
  const attribute = attributeOn(things, on, key);
  if (!attribute) return answer;
  // Several answers are kept in one text.
  const values = attribute.many ? answer.split(',') : [answer];
  return values.map(value => labelOfValue(attribute, value)).join(', ');
}
