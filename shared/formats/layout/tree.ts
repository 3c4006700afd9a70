/** A diagram as what lies in what, for laying it out. */
import { KINDS } from '../../dfd/kinds.ts';
import type { Box, Diagram } from '../threat-model.ts';

export interface Node {
  id: string;
  /** null for a boundary: as large as what it holds. */
  size: readonly [w: number, h: number] | null;
  /** Of what it holds, in the file's order. */
  children: Node[];
  /** A boundary's name needs this much room at its top edge, in page units. */
  titleWidth: number;
}

/** Room inside a boundary, in page units: its name stands at the top. */
export const PADDING = { top: 56, side: 36 } as const;
/** Smallest boundary, in page units. */
export const LEAST = { w: 220, h: 140 } as const;
/** About the width of a letter of a name, in page units. */
export const LETTER = 9;

/** The elements and closed boundaries of a diagram by what the file says is around them; open boundaries hold nothing. */
export function treeOf({ elements, boundaries }: Diagram): Node[] {
  const roots: Node[] = [];
  const nodes = new Map<string, Node>();
  for (const { id, name, line } of boundaries) {
    if (!line) nodes.set(id, { id, size: null, children: [], titleWidth: name.length * LETTER + 24 });
  }
  const parents = new Map(boundaries.map(({ id, parent }) => [id, parent]));
  const put = (node: Node, holder: string | null) => {
    const around = holder === null ? undefined : nodes.get(holder);
    (around?.children ?? roots).push(node);
  };
  for (const [id, node] of nodes) put(node, isInItself(id, parents) ? null : parents.get(id)!);
  for (const { id, kind, boundary } of elements) {
    put({ id, size: KINDS[kind].size, children: [], titleWidth: 0 }, boundary);
  }
  return roots;
}

function isInItself(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at; at = parents.get(at)) {
    if (at === id) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

export type Places = Map<string, Box>;
