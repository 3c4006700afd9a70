/**
 * Layout by ELK's layered algorithm, boundary by boundary from the innermost: a flow counts where its ends part, between whatever holds
 * them there. What lies in a boundary runs across the direction of what is around it, so that a picture is about as high as it is wide.
 */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import type { Diagram, Point } from '../threat-model.ts';
import { LEAST, LETTER, type Node, PADDING, type Places } from './tree.ts';

/** More than this take minutes; the grid takes them. */
const MOST = { nodes: 1_500, flows: 3_000 } as const;
/** Widest name of a flow that is kept room for, and a line of it, in page units: the board breaks longer ones. */
const LABEL = { most: 120, line: 26 } as const;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.edgeRouting': 'POLYLINE',
  'elk.aspectRatio': '1.4',
  'elk.spacing.nodeNode': '60',
  'elk.spacing.edgeNode': '30',
  'elk.spacing.edgeLabel': '10',
  'elk.spacing.componentComponent': '60',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.layered.spacing.edgeNodeBetweenLayers': '30',
  'elk.edgeLabels.inline': 'true',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '12',
};

export interface ElkPicture {
  places: Places;
  /** A point of the page that a flow goes through about the middle, where it leaves no boundary. */
  middles: Map<string, Point>;
}

/**
 * @param onLevel is told of each boundary, and the page, when it is laid out
 * @returns null when it is too much for it
 * @throws what ELK throws
 */
export async function elkLayout(
  diagram: Diagram,
  roots: readonly Node[],
  onLevel: () => void,
): Promise<ElkPicture | null> {
  const { elements, boundaries, flows } = diagram;
  if (elements.length + boundaries.length > MOST.nodes || flows.length > MOST.flows) return null;
  engine ??= startEngine();
  const levels = new Levels(await engine, flowsByLevel(diagram, roots), onLevel);
  const { picture } = await levels.layOut(roots, null, 0);
  return picture;
}

let engine: Promise<ELK> | undefined;

/** A megabyte and a half, which few files need. */
async function startEngine(): Promise<ELK> {
  const { default: Engine } = await import('elkjs/lib/elk.bundled.js');
  return new Engine();
}

/** A flow between two things that lie beside each other. */
interface Lifted {
  id: string;
  name: string;
  source: string;
  target: string;
  /** Whether these are its own ends, and not what holds them. */
  own: boolean;
}

/** The flows by the boundary in which their ends part, null for the page. */
function flowsByLevel({ flows }: Diagram, roots: readonly Node[]): Map<string | null, Lifted[]> {
  const holders = new Map<string, string | null>();
  const note = ({ id, children }: Node, holder: string | null) => {
    holders.set(id, holder);
    for (const child of children) note(child, id);
  };
  for (const root of roots) note(root, null);
  /** From the page to the thing itself. */
  const wayTo = (id: string): string[] => {
    const way = [];
    for (let at: string | null | undefined = id; at; at = holders.get(at)) way.unshift(at);
    return way;
  };
  const levels = new Map<string | null, Lifted[]>();
  for (const { id, name, source, target } of flows) {
    if (!('element' in source && 'element' in target) || source.element === target.element) continue;
    if (!holders.has(source.element) || !holders.has(target.element)) continue;
    const [from, to] = [wayTo(source.element), wayTo(target.element)];
    const parting = from.findIndex((each, i) => each !== to[i]);
    const level = from[parting - 1] ?? null;
    const own = parting === from.length - 1 && parting === to.length - 1;
    const lifted = { id, name, source: from[parting]!, target: to[parting]!, own };
    levels.set(level, [...(levels.get(level) ?? []), lifted]);
  }
  return levels;
}

interface Level {
  size: Point;
  picture: ElkPicture;
}

class Levels {
  constructor(
    private readonly elk: ELK,
    private readonly flows: Map<string | null, Lifted[]>,
    private readonly onLevel: () => void,
  ) {}

  /** @param holder of the nodes, `depth` boundaries below the page */
  async layOut(nodes: readonly Node[], holder: string | null, depth: number): Promise<Level> {
    const inner = new Map<string, Level>();
    for (const { id, size, children } of nodes) {
      if (!size) inner.set(id, await this.layOut(children, id, depth + 1));
    }
    const flows = this.flows.get(holder) ?? [];
    const graph: ElkNode = {
      id: '',
      layoutOptions: { ...OPTIONS, 'elk.direction': depth % 2 === 0 ? 'RIGHT' : 'DOWN' },
      children: nodes.map(node => ({ id: node.id, ...sizeOf(node, inner.get(node.id)) })),
      edges: flows.map(({ id, name, source, target }, i) => ({
        // Ids of ELK are unique over everything, and a flow may be called as an element is.
        id: `flow ${i} ${id}`,
        sources: [source],
        targets: [target],
        labels: name === '' ? [] : [labelOf(name)],
      })),
    };
    const laid = await this.elk.layout(graph);
    this.onLevel();
    const picture: ElkPicture = { places: new Map(), middles: new Map() };
    for (const { id, x = 0, y = 0, width = 0, height = 0 } of laid.children ?? []) {
      picture.places.set(id, [x, y, width, height]);
      const within = inner.get(id)?.picture;
      if (within) include(picture, within, [x + PADDING.side, y + PADDING.top]);
    }
    for (const [i, { labels = [], sections = [] }] of (laid.edges ?? []).entries()) {
      const middle = middleOf(labels[0], sections[0]?.bendPoints);
      if (middle && flows[i]!.own) picture.middles.set(flows[i]!.id, middle);
    }
    return { size: [laid.width ?? 0, laid.height ?? 0], picture };
  }
}

function sizeOf({ size, titleWidth }: Node, inner: Level | undefined): { width: number; height: number } {
  if (size) return { width: size[0], height: size[1] };
  const [width, height] = inner!.size;
  return {
    width: Math.max(LEAST.w, titleWidth, width + 2 * PADDING.side),
    height: Math.max(LEAST.h, height + PADDING.top + PADDING.side),
  };
}

function labelOf(name: string) {
  const width = name.length * LETTER + 12;
  const lines = Math.min(3, Math.ceil(width / LABEL.most));
  return { text: name, width: Math.min(width, LABEL.most), height: lines * LABEL.line };
}

interface Label {
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

function middleOf(label: Label | undefined, bends: readonly { x: number; y: number }[] = []): Point | null {
  if (label) return [label.x! + label.width! / 2, label.y! + label.height! / 2];
  const bend = bends[Math.floor(bends.length / 2)];
  return bend ? [bend.x, bend.y] : null;
}

/** Adds a picture whose corner is at `by`. */
function include(picture: ElkPicture, { places, middles }: ElkPicture, by: Point): void {
  for (const [id, [x, y, w, h]] of places) picture.places.set(id, [x + by[0], y + by[1], w, h]);
  for (const [id, [x, y]] of middles) picture.middles.set(id, [x + by[0], y + by[1]]);
}
