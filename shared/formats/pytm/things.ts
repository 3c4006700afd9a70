/** Elements, flows and boundaries of a model of pytm, all known by their names. */

import type { ElementKind, Kind } from '../../dfd/kinds.ts';
import { Ids } from '../ids.ts';
import { isLoose } from '../loose.ts';
import type { End, FileBoundary, FileElement, FileFlow, Skipped, Thing } from '../threat-model.ts';
import { attributesFor, type Dump } from './attributes.ts';
import { blockOf, type Fields, fieldOf, kept, lineOf, listOf, nameOf } from './values.ts';

const KINDS = new Map<string, ElementKind>([
  ['Actor', 'external_entity'],
  ['ExternalEntity', 'external_entity'],
  ['Datastore', 'data_store'],
  ...['Asset', 'Server', 'Process', 'SetOfProcesses', 'Lambda', 'ServerlessFunc', 'LLM', 'Agent'].map(
    name => [name, 'process'] as const,
  ),
]);

/** Fields that the model tells itself, or that pytm computes from others. */
const TOLD = new Set([
  ...['__class__', 'name', 'description', 'note', 'inBoundary', 'source', 'sink', 'inScope'],
  ...['inputs', 'outputs', 'findings', 'overrides', 'severity'],
]);

/** A thing as the file has it, and what it became. */
export interface Named {
  id: string;
  name: string;
  fields: Fields;
  where: string;
}

export interface Things {
  elements: FileElement[];
  flows: FileFlow[];
  boundaries: FileBoundary[];
  /** All of them, elements first: a finding's target is the first of its name. */
  named: Named[];
}

export function readThings(model: Fields, dump: Dump, skipped: Skipped[]): Things {
  const ids = new Ids();
  const data = new Map(
    listOf(model, 'data')
      .filter(isLoose)
      .map(one => [lineOf(one, 'name'), one]),
  );
  const read = (list: string, idOf: (fields: Fields) => string): Named[] =>
    listOf(model, list).flatMap((fields, i) => {
      const where = `${list}[${i}]`;
      if (isLoose(fields))
        return [{ id: ids.take(idOf(fields)), name: lineOf(fields, 'name'), fields, where }];
      skipped.push({ what: where, why: 'It is no object.', where });
      return [];
    });

  const elements = elementLists(model).flatMap(list =>
    read(list, fields => lineOf(fields, 'name') || 'element'),
  );
  const boundaries = read('boundaries', fields => `boundary/${lineOf(fields, 'name')}`);
  const flows = read(
    'flows',
    fields =>
      `${nameOf(fieldOf(fields, 'source'))}/${lineOf(fields, 'name')}/${nameOf(fieldOf(fields, 'sink'))}`,
  );
  /** The last of a name, as pytm itself has it. */
  const byName = (all: Named[]): Map<string, string> => new Map(all.map(({ name, id }) => [name, id]));
  const [elementIds, boundaryIds] = [byName(elements), byName(boundaries)];

  const thingOf = (one: Named, kind: Kind): Thing => thing(one, kind, { data, dump, skipped });
  const holderOf = ({ fields, name, where }: Named): string | null => {
    const wanted = nameOf(fieldOf(fields, 'inBoundary'));
    const id = wanted === '' ? null : boundaryIds.get(wanted);
    if (id === undefined)
      skipped.push({ what: `boundary "${wanted}" around "${name}"`, why: 'It is not in the file.', where });
    return id ?? null;
  };
  const end = ({ fields, name, where }: Named, field: 'source' | 'sink'): End => {
    const wanted = nameOf(fieldOf(fields, field));
    const id = elementIds.get(wanted);
    if (id !== undefined) return { element: id };
    const why = `"${wanted}" is not in the file; the end is free now.`;
    skipped.push({ what: `${field} of the flow "${name}"`, why, where });
    return { point: null };
  };

  return {
    elements: elements.map(one => {
      const kind = kindOf(one, skipped);
      return { ...thingOf(one, kind), kind, box: null, boundary: holderOf(one) };
    }),
    boundaries: withoutCycles(
      boundaries.map(one => ({
        ...thingOf(one, 'trust_boundary'),
        box: null,
        line: null,
        parent: holderOf(one),
      })),
      skipped,
    ),
    flows: flows.map(one => ({
      ...thingOf(one, 'data_flow'),
      source: end(one, 'source'),
      target: end(one, 'sink'),
      bidirectional: false,
      bend: 0,
    })),
    named: [...elements, ...flows, ...boundaries],
  };
}

/** What pytm writes has them twice: all as elements, and as actors and assets. */
const elementLists = (model: Fields): string[] =>
  listOf(model, 'elements').length > 0 ? ['elements'] : ['actors', 'assets'];

function kindOf({ fields, name, where }: Named, skipped: Skipped[]): ElementKind {
  const type = lineOf(fields, '__class__') || 'Asset';
  const kind = KINDS.get(type);
  if (kind) return kind;
  skipped.push({ what: `class "${type}" of "${name}"`, why: 'It is not known; it became a process.', where });
  return 'process';
}

interface Context {
  data: Map<string, Fields>;
  dump: Dump;
  skipped: Skipped[];
}

function thing({ id, name, fields, where }: Named, kind: Kind, { data, dump, skipped }: Context): Thing {
  const carried = listOf(fields, 'data')
    .map(nameOf)
    .filter(text => text !== '');
  const carries = carried.map(text => data.get(text)).filter(one => one !== undefined);
  const own = kept(fields, TOLD);
  if (own === null)
    skipped.push({ what: `own fields of "${name}"`, why: 'They are too long to keep.', where });
  const outside = fieldOf(fields, 'inScope') === false;
  const type = lineOf(fields, '__class__');
  const description = [
    outside ? 'Out of scope.' : '',
    blockOf(fields, 'description'),
    blockOf(fields, 'note'),
    kind === 'data_flow' && carried.length > 0 ? `Carries: ${carried.join(', ')}` : '',
  ];
  const foreign = { ...(type && { class: type }), ...(outside && { inScope: false }), ...own };
  return {
    id,
    name,
    description: description.filter(text => text !== '').join('\n\n'),
    attributes: attributesFor(kind, fields, carries, dump),
    ...(Object.keys(foreign).length > 0 && { foreign: { pytm: foreign } }),
  };
}

/** Boundaries around each other: the first of them stands free. */
function withoutCycles(boundaries: FileBoundary[], skipped: Skipped[]): FileBoundary[] {
  const byId = new Map(boundaries.map(boundary => [boundary.id, boundary]));
  const sound = new Set<string>();
  for (const boundary of boundaries) {
    const path = new Set<string>();
    for (let at: FileBoundary | undefined = boundary; at && !sound.has(at.id); ) {
      path.add(at.id);
      if (at.parent !== null && path.has(at.parent)) {
        const why = 'It lies in itself by way of others; it stands free now.';
        skipped.push({ what: `boundary around "${at.name}"`, why, where: 'boundaries' });
        at.parent = null;
      }
      at = at.parent === null ? undefined : byId.get(at.parent);
    }
    for (const id of path) sound.add(id);
  }
  return boundaries;
}
