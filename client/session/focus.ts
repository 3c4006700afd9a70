/**
 * What somebody is looking at, and what lights up elsewhere for it: selecting a cell, a row, a threat or a shape highlights the
 * others. Pure functions, so that the panels and the board can't disagree.
 */
import type { Threat } from '#shared/document/threats.ts';
import type { Letter } from '#shared/stride/letters.ts';
import { isInRow } from '#shared/stride/matrix.ts';
import type { Snapshot } from './snapshot.ts';

export interface Focus {
  /** Ids of the shapes that are selected on the board. */
  shapes: readonly string[];
  /** The chosen cell; its flow is selected with it. In the check of every element `flow` may be an element. */
  cell: { flow: string; letter: Letter } | null;
  /** Id of the chosen threat. */
  threat: string | null;
  /** Id of the chosen workflow; its flows light up and nothing is selected, so that the list of workflows stays in sight. */
  workflow: string | null;
}

export const NO_FOCUS: Focus = { shapes: [], cell: null, threat: null, workflow: null };

export const onCell = (flow: string, letter: Letter): Focus => ({
  ...NO_FOCUS,
  shapes: [flow],
  cell: { flow, letter },
});

export const onShapes = (shapes: readonly string[]): Focus => ({ ...NO_FOCUS, shapes });

/** Shows a thing on the board and leaves open what it was named in. */
export const alsoOn = (focus: Focus, shape: string): Focus => ({ ...focus, shapes: [shape] });

export const onThreat = ({ id, target }: Threat): Focus => ({ ...NO_FOCUS, shapes: [target], threat: id });

export const onWorkflow = (workflow: string): Focus => ({ ...NO_FOCUS, workflow });

/** What the board reports as selected; its echo of our own choice changes nothing. */
export function fromBoard(focus: Focus, shapes: readonly string[]): Focus {
  const isEcho = shapes.length === focus.shapes.length && shapes.every(id => focus.shapes.includes(id));
  return isEcho ? focus : onShapes(shapes);
}

export interface Highlights {
  /** Flows whose row lights up. */
  rows: ReadonlySet<string>;
  /** Threats that light up. */
  threats: ReadonlySet<string>;
  /** Shapes that get an outline on the board. */
  shapes: readonly string[];
}

export function highlightsOf(focus: Focus, { rows, threats, things, workflows }: Snapshot): Highlights {
  const steps = workflows.find(({ id }) => id === focus.workflow)?.flows ?? [];
  const looked = [...focus.shapes, ...steps];
  const touching = rows.filter(({ flow }) => looked.some(id => isInRow(flow, id)));
  const own = rows.filter(({ flow }) => looked.includes(flow.id));
  return {
    // A flow lights its own row; an element lights every row it is an end of.
    rows: new Set((own.length > 0 ? own : touching).map(({ flow }) => flow.id)),
    threats: new Set(chosenThreats(focus, rows, threats)),
    shapes: [...new Set([...steps, ...chosenShapes(focus, rows)])].filter(id => things.has(id)),
  };
}

function chosenThreats({ cell, threat, shapes }: Focus, rows: Snapshot['rows'], threats: Threat[]): string[] {
  if (threat) return [threat];
  if (cell) {
    const row = rows.find(({ flow }) => flow.id === cell.flow);
    return row?.cells[cell.letter].threats.map(({ id }) => id) ?? [];
  }
  return threats.filter(({ target }) => shapes.includes(target)).map(({ id }) => id);
}

/** A cell shows on the board what its threats and suggestions are on. */
function chosenShapes({ cell, threat, shapes }: Focus, rows: Snapshot['rows']): readonly string[] {
  if (threat) return shapes;
  if (!cell) return [];
  const content = rows.find(({ flow }) => flow.id === cell.flow)?.cells[cell.letter];
  return [cell.flow, ...(content ? [...content.threats, ...content.open].map(({ target }) => target) : [])];
}
