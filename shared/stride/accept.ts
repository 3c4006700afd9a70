import type { Suggestion, Threat } from '../document/threats.ts';
import type { Catalogue } from './catalogue.ts';

/** What a suggestion says as a threat: the same whoever accepts it, on the page or over the API. */
export function threatOf(
  { id, rule, target, stride }: Pick<Suggestion, 'id' | 'rule' | 'target' | 'stride'>,
  catalogue: Catalogue,
): Pick<Threat, 'title' | 'description' | 'stride' | 'target' | 'suggestion'> {
  const {
    title,
    explanation,
    stride: letters,
  } = catalogue.rule(rule) ?? {
    title: rule,
    explanation: '',
    stride: [stride],
  };
  return { title, description: explanation, stride: [...letters], target, suggestion: id };
}
