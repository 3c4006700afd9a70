/** Layout by ELK's layered algorithm: flows run from left to right, and cross one another as little as it can find. */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import type { Diagram, Point } from '../threat-model.ts';
import { LEAST, LETTER, type Node, PADDING, type Places } from './tree.ts';

/** More than this take minutes; the grid takes them. */
const MOST = { nodes: 1_500, flows: 3_000 } as const;
/** Widest name of a flow that is kept room for, in page units: the board breaks longer ones. */
const LABEL = { most: 200, h: 26 } as const;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '60',
  'elk.spacing.edgeNode': '30',
  'elk.spacing.edgeLabel': '10',
  'elk.spacing.componentComponent': '90',
  'elk.layered.spacing.nodeNodeBetweenLayers': '80',
  'elk.layered.spacing.edgeNodeBetweenLayers': '30',
  'elk.edgeLabels.inline': 'true',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '12',
};

export interface ElkPicture {
  places: Places;
  /** A point of the page that each flow goes through about the middle. */
  middles: Map<string, Point>;
}

/**
 * @returns null when it is too much for it
 * @throws what ELK throws
 */
export async function elkLayout(diagram: Diagram, roots: readonly Node[]): Promise<ElkPicture | null> {
  const { elements, boundaries } = diagram;
  const known = new Set(elements.map(({ id }) => id));
  const flows = diagram.flows.flatMap(({ id, name, source, target }) => {
    if (!('element' in source && 'element' in target) || source.element === target.element) return [];
    if (!known.has(source.element) || !known.has(target.element)) return [];
    return [{ id, name, source: source.element, target: target.element }];
  });
  if (elements.length + boundaries.length > MOST.nodes || flows.length > MOST.flows) return null;
  const graph: ElkNode = {
    id: '',
    layoutOptions: OPTIONS,
    children: roots.map(elkNodeOf),
    edges: flows.map(({ id, name, source, target }, i) => ({
      // Ids of ELK are unique over everything, and a flow may be called as an element is.
      id: `flow ${i} ${id}`,
      sources: [source],
      targets: [target],
      labels:
        name === ''
          ? []
          : [{ text: name, width: Math.min(name.length * LETTER + 12, LABEL.most), height: LABEL.h }],
    })),
  };
  engine ??= startEngine();
  const laid = await (await engine).layout(graph);
  const picture: ElkPicture = { places: new Map(), middles: new Map() };
  collect(laid, picture.places);
  for (const [i, { labels = [], sections = [] }] of (laid.edges ?? []).entries()) {
    const [label] = labels;
    const bends = sections[0]?.bendPoints ?? [];
    const bend = bends[Math.floor(bends.length / 2)];
    const middle: Point | null = label
      ? [label.x! + label.width! / 2, label.y! + label.height! / 2]
      : bend
        ? [bend.x, bend.y]
        : null;
    if (middle) picture.middles.set(flows[i]!.id, middle);
  }
  return picture;
}

let engine: Promise<ELK> | undefined;

/** A megabyte and a half, which few files need. */
async function startEngine(): Promise<ELK> {
  const { default: Engine } = await import('elkjs/lib/elk.bundled.js');
  return new Engine();
}

function elkNodeOf({ id, size, children, titleWidth }: Node): ElkNode {
  if (size) return { id, width: size[0], height: size[1] };
  const { top, side } = PADDING;
  return {
    id,
    layoutOptions: {
      'elk.padding': `[top=${top},left=${side},bottom=${side},right=${side}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${Math.max(LEAST.w, titleWidth)},${LEAST.h})`,
    },
    width: Math.max(LEAST.w, titleWidth),
    height: LEAST.h,
    children: children.map(elkNodeOf),
  };
}

function collect({ children = [] }: ElkNode, places: Places): void {
  for (const child of children) {
    places.set(child.id, [child.x!, child.y!, child.width!, child.height!]);
    collect(child, places);
  }
}
