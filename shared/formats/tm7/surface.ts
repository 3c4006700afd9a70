/** A drawing surface of the tool as a diagram. */
import type { ElementKind } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
import type { Ids } from '../ids.ts';
import { block, line } from '../text.ts';
import type {
  Box,
  Diagram,
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  FileNote,
  Skipped,
  Thing,
} from '../threat-model.ts';
import { child, textOf, type XmlElement } from '../xml.ts';
import { bendOf, boxOf, curve, holds, pointOf } from './geometry.ts';
import type { KnowledgeBase } from './knowledge.ts';
import { type Properties, readProperties } from './properties.ts';
import { type Shape, shapeOf } from './shapes.ts';
import { attributesFor } from './types.ts';

/** Something drawn, before it is known what it is connected to. */
export interface Drawn {
  id: string;
  /** The file's own id. */
  guid: string;
  shape: Shape;
  name: string;
  properties: Properties;
  value: XmlElement;
  where: string;
}

export interface Surface {
  guid: string;
  diagram: Diagram;
  /** What is drawn on it, by the file's id. */
  drawn: Map<string, Drawn>;
}

/** What all surfaces of a file share. */
export interface Context {
  ids: Ids;
  knowledge: KnowledgeBase;
  skipped: Skipped[];
}

/** Guid of an end that is connected to nothing. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

/** @param n its place among the surfaces, from 0 */
export function readSurface(model: XmlElement, n: number, context: Context): Surface {
  const where = `DrawingSurfaceList/DrawingSurfaceModel[${n + 1}]`;
  const guid = textOf(model, 'Guid').toLowerCase();
  const id = context.ids.take(guid || `surface-${n + 1}`);
  const all = ['Borders', 'Lines'].flatMap(list =>
    (child(model, list)?.children ?? []).flatMap((entry, i) =>
      readDrawn(entry, id, `${where}/${list}/*[${i + 1}]`, context),
    ),
  );
  const drawn = new Map(all.toReversed().map(one => [one.guid, one]));
  const of = (...shapes: Shape[]): Drawn[] => all.filter(({ shape }) => shapes.includes(shape));
  const boundaries = of('box', 'line').map(one => boundaryOf(one, context));
  const elements = of('external_entity', 'process', 'data_store').map(elementOf);
  nest(elements, boundaries);
  return {
    guid,
    drawn,
    diagram: {
      id,
      title: line(textOf(model, 'Header')) || readProperties(child(model, 'Properties')).name,
      elements,
      flows: of('flow').map(one => flowOf(one, drawn, context)),
      boundaries,
      notes: of('note').flatMap(one => noteOf(one, context)),
    },
  };
}

function readDrawn(entry: XmlElement, surface: string, where: string, context: Context): Drawn[] {
  const value = child(entry, 'Value');
  const shape = value && shapeOf(value, context.knowledge);
  if (!shape) {
    const why = 'It is drawn as none of the shapes of the tool.';
    context.skipped.push({ what: `shape "${textOf(entry, 'Key')}"`, why, where });
    return [];
  }
  const properties = readProperties(child(value, 'Properties'));
  const guid = (textOf(value, 'Guid') || textOf(entry, 'Key')).toLowerCase();
  const type = context.knowledge.types.get(textOf(value, 'TypeId'))?.name ?? '';
  const header = properties.header || type;
  return [
    {
      id: context.ids.take(guid || `${surface}/${shape}`),
      guid,
      shape,
      name: properties.name || header,
      properties: { ...properties, header },
      value,
      where,
    },
  ];
}

function thingOf(one: Drawn, kind: ElementKind | 'data_flow' | 'trust_boundary'): Thing {
  const { outOfScope, reason, header, others } = one.properties;
  const given = others.filter(property => property.given);
  const type = textOf(one.value, 'TypeId');
  const own: Record<string, Json> = {
    type,
    ...(header && { typeName: header }),
    ...(outOfScope && { outOfScope }),
    ...(reason && { reason }),
    ...(given.length > 0 && { properties: given.map(({ label, value }) => ({ name: label, value })) }),
  };
  return {
    id: one.id,
    name: one.name,
    description: outOfScope ? block(reason ? `Out of scope: ${reason}` : 'Out of scope.') : '',
    attributes: attributesFor(kind, type, one.properties),
    foreign: { tm7: own },
  };
}

const elementOf = (one: Drawn): FileElement => {
  const kind = one.shape as ElementKind;
  return { ...thingOf(one, kind), kind, box: boxOf(one.value), boundary: null };
};

function boundaryOf(one: Drawn, { skipped }: Context): FileBoundary {
  const thing = thingOf(one, 'trust_boundary');
  if (one.shape === 'box') return { ...thing, box: boxOf(one.value), line: null, parent: null };
  const { source, handle, target } = placesOf(one.value);
  if (source && target) return { ...thing, box: null, line: curve(source, handle, target), parent: null };
  skipped.push({
    what: `line of the boundary "${one.name}"`,
    why: 'The file says nothing of its place; it became a box.',
    where: one.where,
  });
  return { ...thing, box: null, line: null, parent: null };
}

const placesOf = (value: XmlElement) => ({
  source: pointOf(value, 'SourceX', 'SourceY'),
  handle: pointOf(value, 'HandleX', 'HandleY'),
  target: pointOf(value, 'TargetX', 'TargetY'),
});

function flowOf(one: Drawn, drawn: Map<string, Drawn>, { skipped }: Context): FileFlow {
  const { source, handle, target } = placesOf(one.value);
  const end = (name: 'SourceGuid' | 'TargetGuid', point: typeof source): End => {
    const guid = textOf(one.value, name).toLowerCase();
    const at = drawn.get(guid);
    if (at && isElement(at)) return { element: at.id };
    if (guid !== '' && guid !== NOTHING)
      skipped.push({
        what: `${name === 'SourceGuid' ? 'source' : 'target'} of the flow "${one.name}"`,
        why: at
          ? `It is at "${at.name}", which can't have flows; the end is free now.`
          : 'What it is at is not on this diagram; the end is free now.',
        where: one.where,
      });
    return { point };
  };
  return {
    ...thingOf(one, 'data_flow'),
    source: end('SourceGuid', source),
    target: end('TargetGuid', target),
    bidirectional: false,
    bend: bendOf(source, handle, target),
  };
}

export const isElement = ({ shape }: Drawn): boolean =>
  shape === 'external_entity' || shape === 'process' || shape === 'data_store';

function noteOf(one: Drawn, { skipped }: Context): FileNote[] {
  const text = block(one.properties.name);
  const at = pointOf(one.value, 'Left', 'Top');
  if (!at)
    skipped.push({
      what: `place of the note "${text}"`,
      why: 'The file says nothing of it.',
      where: one.where,
    });
  return [{ id: one.id, text, at: at ?? [0, 0] }];
}

/** Says in words what the places say, for a diagram that is laid out anew since some place is missing. */
function nest(elements: FileElement[], boundaries: FileBoundary[]): void {
  if ([...elements, ...boundaries].every(thing => thing.box || ('line' in thing && thing.line))) return;
  const innermost = (box: Box | null): string | null =>
    boundaries.reduce<FileBoundary | null>((best, one) => {
      if (!box || !one.box || !holds(one.box, box)) return best;
      return best?.box && area(best.box) <= area(one.box) ? best : one;
    }, null)?.id ?? null;
  for (const element of elements) element.boundary = innermost(element.box);
  for (const boundary of boundaries) boundary.parent = innermost(boundary.box);
}

const area = ([, , width, height]: Box): number => width * height;
