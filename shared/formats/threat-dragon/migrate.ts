/** The files of Threat Dragon 1 as those of Threat Dragon 2, as its own migration does it. */
import { isLoose, type Loose } from '../loose.ts';
import { listOf, objectOf, textOf, without } from './json.ts';
import { type Look, SHAPES } from './shapes.ts';

/** What its framework put into the file for itself. */
const HASH = '$$hashKey';

const LOOKS = new Map<unknown, Look>([
  ['tm.Actor', 'external_entity'],
  ['tm.Process', 'process'],
  ['tm.Store', 'data_store'],
  ['tm.Flow', 'data_flow'],
  ['tm.Boundary', 'curve'],
]);

/** Of a cell: what has another place in the newer file, what its look is made of, and what is of no meaning. */
const PLACED = [
  ...['type', 'id', 'name', 'description', 'z', 'angle', 'position', 'size', 'source', 'target', 'vertices'],
  ...['smooth', 'attrs', 'labels', 'threats', 'hasOpenThreats', 'modelType', HASH],
];

export function migrate(data: Loose): Loose {
  const detail = objectOf(data.detail);
  const diagrams = Array.isArray(detail.diagrams) ? detail.diagrams.map(migrateDiagram) : detail.diagrams;
  const contributors = listOf(detail.contributors)
    .filter(isLoose)
    .map(each => without(each, [HASH]));
  return { ...without(data, ['version']), detail: { ...detail, contributors, diagrams } };
}

function migrateDiagram(diagram: unknown): unknown {
  if (!isLoose(diagram)) return diagram;
  const { diagramJson, size: _, ...rest } = without(diagram, [HASH]);
  const cells = objectOf(diagramJson).cells;
  return {
    ...rest,
    cells: Array.isArray(cells) ? cells.map(cell => migrateCell(cell, diagram.diagramType)) : cells,
  };
}

function migrateCell(cell: unknown, method: unknown): unknown {
  const look = isLoose(cell) ? LOOKS.get(cell.type) : undefined;
  if (!isLoose(cell) || !look) return cell;
  const { id, position, size, vertices, smooth } = cell;
  const edge = look === 'data_flow' || look === 'curve';
  return {
    id,
    shape: SHAPES[look].shape,
    zIndex: cell.z,
    ...(edge
      ? { source: migrateEnd(cell.source), target: migrateEnd(cell.target), vertices }
      : { position, size, ...(cell.angle ? { angle: cell.angle } : {}) }),
    ...(smooth === false && { connector: 'normal' }),
    data: {
      ...without(cell, PLACED),
      type: cell.type,
      name: nameOf(cell),
      description: cell.description,
      threats: listOf(cell.threats).map(threat => migrateThreat(threat, method)),
    },
  };
}

function nameOf({ name, attrs, labels }: Loose): string {
  const label = objectOf(listOf(labels)[0]);
  return [name, objectOf(objectOf(attrs).text).text, objectOf(objectOf(label.attrs).text).text]
    .map(textOf)
    .reduce((found, text) => found || text, '');
}

function migrateEnd(end: unknown): unknown {
  if (!isLoose(end)) return end;
  const { id, ...rest } = end;
  return id === undefined ? end : { ...rest, cell: id };
}

function migrateThreat(threat: unknown, method: unknown): unknown {
  if (!isLoose(threat)) return threat;
  return { ...without(threat, [HASH]), modelType: threat.modelType ?? method };
}
