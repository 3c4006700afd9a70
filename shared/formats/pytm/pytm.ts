/**
 * Models of OWASP pytm as JSON: what it takes (`elements`, `flows`, `boundaries` by name) and what it writes with `--json`, which
 * has every field and the findings. There are no places and no STRIDE in it.
 */

import type { Format } from '../format.ts';
import { isLoose } from '../loose.ts';
import type { Source } from '../source.ts';
import { FormatError, type Reading, type Skipped } from '../threat-model.ts';
import { readFindings } from './findings.ts';
import { readThings } from './things.ts';
import { blockOf, type Fields, fieldOf, kept, lineOf, listOf, nameOf } from './values.ts';

const LISTS = ['elements', 'flows', 'boundaries'] as const;
/** Fields of a model that only pytm has. */
const OWN = ['isOrdered', 'onDuplicates', 'mergeResponses', 'ignoreUnused', 'threatsFile'] as const;

/** Fields that the model tells itself; the file of threats is a path of somebody's computer. */
const TOLD = new Set([
  ...LISTS,
  ...[
    'name',
    'description',
    'assumptions',
    'actors',
    'assets',
    'findings',
    'excluded_findings',
    'threatsFile',
  ],
]);

export const pytm: Format = {
  name: 'pytm',
  label: 'OWASP pytm',
  extension: '.json',
  mediaType: 'application/json',
  recognises: ({ syntax, data }) => syntax === 'json' && isLoose(data) && isModel(data),
  read,
};

function isModel(data: Fields): boolean {
  if (!LISTS.some(list => Array.isArray(fieldOf(data, list)))) return false;
  const has = (list: string, field: string): boolean =>
    listOf(data, list).some(one => isLoose(one) && Object.hasOwn(one, field));
  return (
    has('elements', '__class__') || has('flows', 'sink') || OWN.some(field => Object.hasOwn(data, field))
  );
}

function read({ data }: Source): Reading {
  if (!isLoose(data)) throw new FormatError('A model of pytm is one JSON object.');
  for (const list of LISTS) {
    const value = fieldOf(data, list);
    if (value !== undefined && value !== null && !Array.isArray(value))
      throw new FormatError(`"${list}" is no list.`, list);
  }
  const dump = Array.isArray(fieldOf(data, 'actors')) || Array.isArray(fieldOf(data, 'assets'));
  const skipped: Skipped[] = [];
  const { named, ...things } = readThings(data, dump, skipped);
  const threats = readFindings(data, named, skipped);
  const own = kept(data, TOLD);
  if (own === null)
    skipped.push({ what: 'own fields of the model', why: 'They are too long to keep.', where: '' });
  return {
    model: {
      title: lineOf(data, 'name'),
      scope: scopeOf(data),
      diagrams: [{ id: 'pytm', title: lineOf(data, 'name'), ...things, notes: [] }],
      threats,
      ...(own && Object.keys(own).length > 0 && { foreign: { pytm: own } }),
    },
    skipped,
  };
}

function scopeOf(data: Fields): string {
  const assumptions = listOf(data, 'assumptions')
    .map(one => [nameOf(one), isLoose(one) ? blockOf(one, 'description') : ''].filter(Boolean).join(': '))
    .filter(text => text !== '');
  return [
    blockOf(data, 'description'),
    ...(assumptions.length > 0 ? [`Assumptions:\n${assumptions.join('\n')}`] : []),
  ]
    .filter(text => text !== '')
    .join('\n\n');
}
