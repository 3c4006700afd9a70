/**
 * Gives everything a place that a file left without. A diagram that knows all its places keeps them; one that knows most of them keeps
 * those, and the rest finds room between; any other is laid out anew.
 */
import type { Box, Diagram, End, FileFlow, Point, ThreatModel } from '../threat-model.ts';
import { elkLayout } from './elk.ts';
import { spreadFlows } from './flows.ts';
import { gridLayout } from './grid.ts';
import { fitIn, wrapBoundaries } from './room.ts';
import { type Places, treeOf } from './tree.ts';

/** From an element to the free end of a flow, in page units. */
const REACH = 160;
/** Between a diagram and what lies beside it, in page units. */
const MARGIN = 80;

/** Told how many of the boundaries and pages that are drawn anew have been. */
export type OnPlaced = (done: number, of: number) => void;

/**
 * Never fails: where ELK can't, things stand in rows.
 * @param keep whether what has a place keeps it even where most things have none
 * @returns the model with every box, line and point known, and whether anything was given a place
 */
export async function layOut(
  model: ThreatModel,
  { keep = false, onPlaced }: { keep?: boolean; onPlaced?: OnPlaced | undefined } = {},
): Promise<{ model: ThreatModel; laidOut: boolean }> {
  const diagrams: Diagram[] = [];
  const of = model.diagrams
    .filter(diagram => isDrawnAnew(diagram, keep))
    .reduce((sum, { boundaries }) => sum + 1 + boundaries.filter(({ line }) => !line).length, 0);
  let done = 0;
  const onLevel = () => onPlaced?.(++done, of);
  for (const diagram of model.diagrams) diagrams.push(await layOutDiagram(diagram, keep, onLevel));
  const laidOut = diagrams.some((diagram, i) => diagram !== model.diagrams[i]);
  return { model: { ...model, diagrams }, laidOut };
}

/** @returns the diagram itself when nothing in it lacks a place */
async function layOutDiagram(diagram: Diagram, keep: boolean, onLevel: () => void): Promise<Diagram> {
  if (isDrawnAnew(diagram, keep)) return withFreeEnds(await drawAnew(diagram, onLevel));
  const lacks =
    lacksPlaces(diagram) || diagram.flows.some(({ source, target }) => isLost(source) || isLost(target));
  return lacks ? withFreeEnds(fitIn(wrapBoundaries(diagram))) : diagram;
}

function isDrawnAnew(diagram: Diagram, keep: boolean): boolean {
  const { elements, boundaries } = diagram;
  const placed = elements.filter(({ box }) => box).length;
  const isBlank = placed === 0 && !boundaries.some(({ box, line }) => box || line);
  return lacksPlaces(diagram) && (isBlank || (!keep && placed < elements.length / 2));
}

const lacksPlaces = ({ elements, boundaries }: Diagram): boolean =>
  elements.some(({ box }) => !box) || boundaries.some(({ box, line }) => !box && !line);

const isLost = (end: End): boolean => 'point' in end && end.point === null;

async function drawAnew(diagram: Diagram, onLevel: () => void): Promise<Diagram> {
  const roots = treeOf(diagram);
  const picture = await elkLayout(diagram, roots, onLevel).catch(() => null);
  const places = picture?.places ?? gridLayout(roots);
  const bottom = Math.max(0, ...[...places.values()].map(([, y, , h]) => y + h)) + MARGIN;
  const at = (id: string): Box => round(places.get(id) ?? [0, bottom, 180, 90]);
  const moved: Diagram = {
    ...diagram,
    elements: diagram.elements.map(element => ({ ...element, box: at(element.id) })),
    // What has points is none of the laid out picture: it lies under it as it was.
    boundaries: diagram.boundaries.map(each =>
      each.line ? { ...each, line: below(each.line, bottom) } : { ...each, box: at(each.id) },
    ),
    flows: diagram.flows.map(flow => ({ ...flow, source: lost(flow.source), target: lost(flow.target) })),
  };
  const notes = below(
    diagram.notes.map(note => note.at),
    bottom,
  );
  return {
    ...moved,
    notes: diagram.notes.map((note, i) => ({ ...note, at: notes[i]! })),
    flows: spreadFlows(moved, picture?.middles ?? new Map()),
  };
}

const lost = (end: End): End => ('point' in end ? { point: null } : end);

/** Moves points so that they lie under `bottom` and right of zero, as they lay to each other. */
function below(points: readonly Point[], bottom: number): Point[] {
  const left = Math.min(...points.map(([x]) => x));
  const top = Math.min(...points.map(([, y]) => y));
  return points.map(([x, y]) => [x - left, y - top + bottom]);
}

/** Free ends that no place is known of lie beside the other end; flows with two of them lie under the diagram. */
function withFreeEnds(diagram: Diagram): Diagram {
  const boxes: Places = new Map(diagram.elements.flatMap(({ id, box }) => (box ? [[id, box]] : [])));
  const all = [...boxes.values(), ...diagram.boundaries.flatMap(({ box }) => (box ? [box] : []))];
  let bottom = Math.max(0, ...all.map(([, y, , h]) => y + h)) + MARGIN;
  const left = all.length > 0 ? Math.min(...all.map(([x]) => x)) : 0;
  /** How many free ends there are already at an element or a point. */
  const taken = new Map<string, number>();

  const beside = (end: End, direction: 1 | -1): Point => {
    const at = anchorOf(end, boxes);
    const key = `${at} ${direction}`;
    const n = taken.get(key) ?? 0;
    taken.set(key, n + 1);
    const reach = ('element' in end ? at[2] / 2 : 0) + REACH;
    return [at[0] + direction * reach, at[1] + n * 40];
  };
  const complete = (flow: FileFlow): FileFlow => {
    const { source, target } = flow;
    if (isLost(source) && isLost(target)) {
      bottom += 40;
      return { ...flow, source: { point: [left, bottom] }, target: { point: [left + REACH, bottom] } };
    }
    if (isLost(source)) return { ...flow, source: { point: beside(target, -1) } };
    if (isLost(target)) return { ...flow, target: { point: beside(source, 1) } };
    return flow;
  };
  return { ...diagram, flows: diagram.flows.map(complete) };
}

/** Middle of what an end is at, and its width. */
function anchorOf(end: End, boxes: Places): [x: number, y: number, w: number] {
  if ('element' in end) {
    const [x, y, w, h] = boxes.get(end.element) ?? [0, 0, 0, 0];
    return [x + w / 2, y + h / 2, w];
  }
  const [x, y] = end.point ?? [0, 0];
  return [x, y, 0];
}

const round = ([x, y, w, h]: Box): Box => {
  const [left, top] = [Math.round(x), Math.round(y)];
  return [left, top, Math.round(w), Math.round(h)];
};
