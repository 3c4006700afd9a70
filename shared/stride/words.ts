/** Where a rule fires, in words for people. */
import { ATTRIBUTES, UNKNOWN } from '../dfd/attributes.ts';
import { KINDS, type Kind } from '../dfd/kinds.ts';
import type { Condition } from './condition.ts';

const PARTS: Record<string, string> = {
  flow: 'Data flow',
  element: 'Element',
  source: 'Source of the flow',
  target: 'Target of the flow',
};

/** Each test of a condition as a sentence without a full stop, in the order in which they are written. */
export const inWords = (condition: Condition): string[] =>
  Object.entries(condition).map(([name, value]) => {
    if (name === 'crosses_boundary')
      return value === true
        ? 'The data flow crosses a trust boundary'
        : 'The data flow crosses no trust boundary';
    const negated = typeof value === 'object' && !Array.isArray(value);
    const answers = [negated ? value.not : value].flat().map(String);
    if (name === 'asked') return `It is asked about ${either(answers.map(article))}`;
    const [part = '', key = ''] = name.split('.');
    const whose = PARTS[part] ?? part;
    if (key === 'kind') return `${whose}: ${negated ? 'not ' : ''}${either(answers.map(article))}`;
    const words = either(answers.map(answer => wordFor(part, key, answer)));
    return `${whose}, ${labelOf(part, key)}: ${negated ? 'anything but ' : ''}${words}`;
  });

/** Several kinds may be asked for one key; its label is the same for all of them. */
const attributesOf = (part: string, key: string) =>
  ATTRIBUTES.filter(attribute => attribute.key === key).filter(({ kinds }) =>
    kinds.some(kind => (kind === 'data_flow') === (part === 'flow')),
  );

const labelOf = (part: string, key: string): string => attributesOf(part, key)[0]?.label ?? key;

function wordFor(part: string, key: string, answer: string): string {
  if (answer === UNKNOWN) return 'not answered';
  const values = attributesOf(part, key).flatMap(attribute => attribute.values ?? []);
  return `“${values.find(({ value }) => value === answer)?.label ?? answer}”`;
}

function article(kind: string): string {
  const label = (KINDS[kind as Kind]?.label ?? kind).toLowerCase();
  return `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
}

/** A, B or C. */
function either(words: string[]): string {
  const last = words.at(-1)!;
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${last}` : last;
}
