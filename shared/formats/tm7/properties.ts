/** What the tool's property panel shows of an element, flow or boundary. */
import { block, line } from '../text.ts';
import { child, textOf, type XmlElement } from '../xml.ts';

export interface Property {
  /** As templates and rules name it: a word, a guid for one that somebody added, or empty. */
  name: string;
  /** As the panel names it. */
  label: string;
  /** The selected one of a list, a text, or "true" or "false". */
  value: string;
  /** Whether somebody (or its type) said so; a list that nobody touched stands on its first entry. */
  given: boolean;
}

export interface Properties {
  /** Name of its type, as in "Web Server". */
  header: string;
  name: string;
  outOfScope: boolean;
  reason: string;
  /** All others. */
  others: Property[];
}

const NAME = 'Name';
const OUT_OF_SCOPE = 'out of scope';
const REASON = 'reason for out of scope';

/** @param root a thing's `Properties` */
export function readProperties(root: XmlElement | undefined): Properties {
  const all = root?.children ?? [];
  const header = all.find(attribute => typeOf(attribute) === 'HeaderDisplayAttribute');
  const properties = all.flatMap(readProperty);
  const labelled = (label: string): Property | undefined =>
    properties.find(property => property.label.toLowerCase() === label);
  const name = properties.find(({ label }) => label === NAME);
  const [outOfScope, reason] = [labelled(OUT_OF_SCOPE), labelled(REASON)];
  return {
    header: line(textOf(header, 'DisplayName')),
    name: line(name?.value ?? ''),
    outOfScope: outOfScope?.value === 'true',
    reason: reason?.value ?? '',
    others: properties.filter(property => ![name, outOfScope, reason].includes(property)),
  };
}

/** Class of the tool that an element of XML stands for, without its namespace's prefix. */
export const typeOf = (element: XmlElement | undefined): string =>
  element?.attributes.get('type')?.split(':').at(-1)?.trim() ?? '';

function readProperty(attribute: XmlElement): Property[] {
  const type = typeOf(attribute);
  if (type === 'HeaderDisplayAttribute') return [];
  const value = child(attribute, 'Value');
  const of = (value: string, given: boolean): Property[] => [
    {
      name: textOf(attribute, 'Name'),
      label: line(textOf(attribute, 'DisplayName')),
      value: block(value),
      given,
    },
  ];
  if (!type.includes('List')) {
    const text = value?.text.trim() ?? '';
    return of(text, text !== '' && text !== 'false' && text !== '0');
  }
  const index = Number(textOf(attribute, 'SelectedIndex') || 0);
  const selected = value?.children[index]?.text ?? '';
  return of(selected, selected !== '' && (index > 0 || type.startsWith('Static')));
}
