/** The threat that an accepted suggestion becomes, before a person says it in their own words. */
import type { Suggestion, Threat } from '../document/threats.ts';
import type { Catalogue } from './catalogue.ts';

/** A rule that the catalogue does not have any more leaves its id and the letter that it was suggested under. */
export function threatFrom(
  { id, rule, target, stride }: Pick<Suggestion, 'id' | 'rule' | 'target' | 'stride'>,
  catalogue: Catalogue,
): Pick<Threat, 'title' | 'description' | 'mitigation' | 'stride' | 'target' | 'suggestion'> {
  const known = catalogue.rule(rule);
  return {
    title: catalogue.title(rule),
    description: known?.explanation ?? '',
    mitigation: known?.control ?? '',
    stride: known ? [...known.stride] : [stride],
    target,
    suggestion: id,
  };
}
