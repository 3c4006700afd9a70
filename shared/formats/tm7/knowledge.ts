/** The template that a .tm7 file brings along: names of types and categories, and the texts of its threats. */
import { line } from '../text.ts';
import { child, textOf, type XmlElement } from '../xml.ts';

export interface ThreatType {
  title: string;
  description: string;
  /** Id of its category. */
  category: string;
}

export interface KnowledgeBase {
  /** Name, version and author; empty when there is none. */
  name: string;
  version: string;
  author: string;
  /** By id of an element's type; representation as in "Ellipse". */
  types: Map<string, { name: string; representation: string }>;
  /** Name by id. */
  categories: Map<string, string>;
  threats: Map<string, ThreatType>;
  /** Label by name of a threat's property: own ones are named by a guid. */
  labels: Map<string, string>;
}

/** @param root a `KnowledgeBase`, or undefined where the file has none: everything is empty then */
export function readKnowledgeBase(root: XmlElement | undefined): KnowledgeBase {
  const manifest = child(root, 'Manifest');
  const all = (list: string): XmlElement[] => child(root, list)?.children ?? [];
  const metadata = child(child(root, 'ThreatMetaData'), 'PropertiesMetaData')?.children ?? [];
  return {
    name: line(textOf(manifest, 'Name')),
    version: line(textOf(manifest, 'Version')),
    author: line(textOf(manifest, 'Author')),
    types: new Map(
      [...all('GenericElements'), ...all('StandardElements')].map(type => [
        textOf(type, 'Id'),
        { name: line(textOf(type, 'Name')), representation: textOf(type, 'Representation') },
      ]),
    ),
    categories: new Map(all('ThreatCategories').map(one => [textOf(one, 'Id'), line(textOf(one, 'Name'))])),
    threats: new Map(
      all('ThreatTypes').map(type => [
        textOf(type, 'Id'),
        {
          title: textOf(type, 'ShortTitle'),
          description: textOf(type, 'Description'),
          category: textOf(type, 'Category'),
        },
      ]),
    ),
    labels: new Map(metadata.map(datum => [textOf(datum, 'Name'), line(textOf(datum, 'Label'))])),
  };
}
