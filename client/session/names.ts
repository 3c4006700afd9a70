/** Words that a field offers: what the team has used before. */
import type { Threat } from '#shared/document/threats.ts';
import type { Person } from './people.ts';

const inOrder = (texts: Iterable<string>): string[] =>
  [...new Set(texts)].filter(text => text !== '').sort((a, b) => a.localeCompare(b));

/** Who may own a threat: who is here, and who owns one already. */
export const ownersOf = (threats: readonly Threat[], people: readonly Pick<Person, 'name'>[]): string[] =>
  inOrder([...people.map(({ name }) => name), ...threats.map(({ owner }) => owner)]);

export const tagsOf = (threats: readonly Threat[]): string[] => inOrder(threats.flatMap(({ tags }) => tags));
