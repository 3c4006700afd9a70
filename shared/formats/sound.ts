/** Makes what a reader read sound, whatever the file or the reader: what the board can't hold is altered, and said. */
import { type Attribute, attributesOf } from '../dfd/attributes.ts';
import { ELEMENT_KINDS, type Kind } from '../dfd/kinds.ts';
import type { Json } from '../document/board.ts';
import { MOST as IN_REGISTER, LIMITS } from '../document/rights.ts';
import { SEVERITY, THREAT_STATUS } from '../document/threats.ts';
import { LETTERS } from '../stride/letters.ts';
import { clampBox, clampLine, clampNumber, clampPoint, MAX_BEND } from './clamp.ts';
import { soundForeign } from './foreign.ts';
import { Ids } from './ids.ts';
import { cleanText, trimText } from './text.ts';
import {
  type Diagram,
  type End,
  type FileBoundary,
  type FileElement,
  type FileFlow,
  type FileThreat,
  FormatError,
  type Reading,
  type Skipped,
  type Thing,
  type ThreatModel,
} from './threat-model.ts';

/** Most that a session takes from a file; a board draws no more than 8,000 shapes of a page. */
const MOST = { diagrams: 200, shapes: 8_000, things: 20_000, threats: 10_000, levels: 50 } as const;

/**
 * @param reading what a reader made of a file
 * @returns a model whose ids are unique, whose references lead somewhere and whose values the board accepts; `skipped` holds what the
 * reader skipped and what was altered here
 * @throws {FormatError} when there is more in it than a session takes
 */
export function makeSound({ model, skipped }: Reading): Reading {
  checkSize(model);
  const sound = new Soundness(skipped);
  return { model: sound.model(model), skipped: sound.skipped };
}

function checkSize({ diagrams, threats }: ThreatModel): void {
  if (diagrams.length > MOST.diagrams) tooMany('diagrams', diagrams.length, MOST.diagrams);
  let things = 0;
  for (const { elements, flows, boundaries, notes } of diagrams) {
    const shapes = elements.length + flows.length + boundaries.length + notes.length;
    if (shapes > MOST.shapes) tooMany('shapes on one diagram', shapes, MOST.shapes);
    things += shapes;
  }
  if (things > MOST.things) tooMany('shapes', things, MOST.things);
  if (threats.length > MOST.threats) tooMany('threats', threats.length, MOST.threats);
}

function tooMany(what: string, count: number, most: number): never {
  throw new FormatError(`The file has ${count} ${what}; a session takes ${most}.`);
}

/** New ids of a diagram's things by those in the file. */
type Renamed = Map<string, string>;

class Soundness {
  private readonly ids = new Ids();
  /** Of the first thing that had the id in the file. */
  private readonly renamed: Renamed = new Map();

  constructor(readonly skipped: Skipped[]) {
    this.skipped = [...skipped];
  }

  model({ title, scope, diagrams, threats, foreign }: ThreatModel): ThreatModel {
    const pages = new Ids();
    const threatIds = new Ids();
    const taken = threats.map(({ id }) => threatIds.take(String(id)));
    const renamed: Renamed = new Map(threats.map(({ id }, i) => [id, taken[i]!] as const).reverse());
    return {
      title: this.text(title, LIMITS.title, 'the title').trim(),
      scope: this.text(scope, LIMITS.description, 'the scope'),
      diagrams: diagrams.map(diagram => this.diagram(diagram, pages)),
      threats: threats.map((threat, i) => this.threat(threat, taken[i]!, renamed)),
      ...this.foreign(foreign, 'the model'),
    };
  }

  private diagram(diagram: Diagram, pages: Ids): Diagram {
    const { elements, flows, boundaries, notes } = diagram;
    const here: { elements: Renamed; boundaries: Renamed } = { elements: new Map(), boundaries: new Map() };
    const take = (id: string, among?: Renamed): string => {
      const taken = this.ids.take(String(id));
      if (!this.renamed.has(id)) this.renamed.set(id, taken);
      if (among && !among.has(id)) among.set(id, taken);
      return taken;
    };
    // All of them before any reference is looked up.
    const boundaryIds = boundaries.map(({ id }) => take(id, here.boundaries));
    const elementIds = elements.map(({ id }) => take(id, here.elements));
    const sound = {
      id: pages.take(String(diagram.id)),
      title: this.text(diagram.title, LIMITS.title, 'a diagram’s title'),
      elements: elements.map((element, i) => this.element(element, elementIds[i]!, here.boundaries)),
      flows: flows.map(flow => this.flow(flow, take(flow.id), here.elements)),
      boundaries: boundaries.map((each, i) => this.boundary(each, boundaryIds[i]!, here.boundaries)),
      notes: notes.map(({ id, text, at }) => ({
        id: take(id),
        text: this.text(text, LIMITS.description, 'a note'),
        at: clampPoint(at) ?? ([0, 0] as const),
      })),
    };
    this.breakCycles(sound.boundaries);
    return sound;
  }

  private element(element: FileElement, id: string, boundaries: Renamed): FileElement {
    const what = nameOf('element', element);
    const kind = ELEMENT_KINDS.includes(element.kind) ? element.kind : 'process';
    return {
      ...this.thing(element, id, kind, what),
      kind,
      box: this.place(element.box, what),
      boundary: this.holder(element.boundary, boundaries, what),
    };
  }

  private boundary(boundary: FileBoundary, id: string, boundaries: Renamed): FileBoundary {
    const what = nameOf('boundary', boundary);
    const line = boundary.line && clampLine(boundary.line);
    if (boundary.line && !line) this.skip(what, 'its line has no place on a board');
    return {
      ...this.thing(boundary, id, 'trust_boundary', what),
      box: line ? null : this.place(boundary.box, what),
      line,
      parent: this.holder(boundary.parent, boundaries, what),
    };
  }

  private flow(flow: FileFlow, id: string, elements: Renamed): FileFlow {
    const what = nameOf('flow', flow);
    return {
      ...this.thing(flow, id, 'data_flow', what),
      source: this.end(flow.source, elements, `the source of ${what}`),
      target: this.end(flow.target, elements, `the target of ${what}`),
      bidirectional: flow.bidirectional === true,
      bend: clampNumber(flow.bend, MAX_BEND) ?? 0,
    };
  }

  private threat(threat: FileThreat, id: string, threats: Renamed): FileThreat {
    const what = `threat ${quote(threat.title)}`;
    const target = threat.target === '' ? '' : this.renamed.get(threat.target);
    if (target === undefined) this.skip(what, `what it is on is not in the file: ${quote(threat.target)}`);
    return {
      id,
      title: this.text(threat.title, LIMITS.title, what),
      description: this.text(threat.description, LIMITS.description, what),
      stride: LETTERS.filter(letter => threat.stride.includes(letter)),
      category: this.text(threat.category, LIMITS.name, what),
      target: target ?? '',
      status: Object.hasOwn(THREAT_STATUS, threat.status) ? threat.status : 'open',
      severity: threat.severity && Object.hasOwn(SEVERITY, threat.severity) ? threat.severity : null,
      justification: this.text(threat.justification, LIMITS.description, what),
      mitigation: this.text(threat.mitigation, LIMITS.description, what),
      ...this.team(threat, what, threats),
      ...this.foreign(threat.foreign, what),
    };
  }

  /** What a team says of its threats, where it does. */
  private team({ tags, owner, into }: FileThreat, what: string, threats: Renamed): Partial<FileThreat> {
    const few = [...new Set((tags ?? []).map(tag => this.text(tag, LIMITS.tag, what).trim()))].filter(
      Boolean,
    );
    if (few.length > IN_REGISTER.tags) this.skip(what, `it has more than ${IN_REGISTER.tags} tags`);
    const other = into ? threats.get(into) : undefined;
    if (into && !other) this.skip(what, `what it was merged into is not in the file: ${quote(into)}`);
    return {
      ...(few.length > 0 && { tags: few.slice(0, IN_REGISTER.tags) }),
      ...(owner && { owner: this.text(owner, LIMITS.name, what) }),
      ...(other && { into: other }),
    };
  }

  private thing(thing: Thing, id: string, kind: Kind, what: string): Thing {
    return {
      id,
      name: this.text(thing.name, LIMITS.title, what),
      description: this.text(thing.description, LIMITS.description, what),
      attributes: this.attributes(thing.attributes, kind, what),
      ...this.foreign(thing.foreign, what),
    };
  }

  private attributes(given: Thing['attributes'], kind: Kind, what: string): Thing['attributes'] {
    const known = new Map(attributesOf(kind).map(attribute => [attribute.key, attribute]));
    const sound = Object.entries(given ?? {}).flatMap(([key, value]) => {
      const attribute = known.get(key);
      const answer = attribute && answerOf(attribute, value);
      if (answer !== undefined) return [[key, answer] as const];
      this.skip(what, `it can’t have ${quote(key)} as ${quote(String(value))}`);
      return [];
    });
    return Object.fromEntries(sound);
  }

  private foreign(given: Record<string, Json> | undefined, what: string): { foreign?: Record<string, Json> } {
    const { foreign, dropped } = soundForeign(given);
    if (dropped !== '') this.skip(what, dropped);
    return foreign ? { foreign } : {};
  }

  private place(box: FileElement['box'], what: string): FileElement['box'] {
    const placed = clampBox(box);
    if (box && JSON.stringify(placed) !== JSON.stringify(box))
      this.skip(what, 'its place or size does not fit a board');
    return placed;
  }

  private holder(id: string | null, boundaries: Renamed, what: string): string | null {
    if (id === null || id === undefined) return null;
    const holder = boundaries.get(id);
    if (holder === undefined) this.skip(what, `the boundary around it is not on its diagram: ${quote(id)}`);
    return holder ?? null;
  }

  private end(end: End, elements: Renamed, what: string): End {
    if (!('element' in end)) return { point: end.point && clampPoint(end.point) };
    const element = elements.get(end.element);
    if (element !== undefined) return { element };
    this.skip(what, `there is no such element on its diagram: ${quote(end.element)}`);
    return { point: null };
  }

  /** Every way up ends, and soon. */
  private breakCycles(boundaries: FileBoundary[]): void {
    const byId = new Map(boundaries.map(boundary => [boundary.id, boundary]));
    /** How many are around each whose way up is known to end. */
    const depths = new Map<string, number>();
    const cut = (boundary: FileBoundary, why: string) => {
      this.skip(nameOf('boundary', boundary), why);
      boundary.parent = null;
    };
    for (const boundary of boundaries) {
      const path = new Set<FileBoundary>();
      for (let at: FileBoundary | undefined = boundary; at && !depths.has(at.id); ) {
        path.add(at);
        const parent: FileBoundary | undefined = at.parent === null ? undefined : byId.get(at.parent);
        if (parent && path.has(parent)) cut(at, 'it lies in itself');
        at = at.parent === null ? undefined : parent;
      }
      for (const at of [...path].reverse()) {
        const depth = at.parent === null ? 0 : (depths.get(at.parent) ?? 0) + 1;
        if (depth > MOST.levels) cut(at, `it lies in more than ${MOST.levels} others`);
        depths.set(at.id, at.parent === null ? 0 : depth);
      }
    }
  }

  private text(value: string, limit: number, what: string): string {
    const clean = cleanText(String(value ?? ''));
    if (clean.length > limit) this.skip(what, `a text of ${clean.length} characters was cut to ${limit}`);
    return trimText(clean, limit);
  }

  private skip(what: string, why: string): void {
    this.skipped.push({ what, why, where: '' });
  }
}

function answerOf({ values, many }: Attribute, value: string | string[]): string | string[] | undefined {
  const known = (answer: unknown) =>
    typeof answer === 'string' && (!values || values.some(each => each.value === answer));
  if (Array.isArray(value))
    return many && value.length > 0 && value.every(known) ? [...new Set(value)] : undefined;
  if (!known(value) || value === '') return undefined;
  if (many) return [value];
  return trimText(cleanText(value), LIMITS.title);
}

const quote = (text: string): string => `“${trimText(cleanText(String(text)), 80)}”`;

const nameOf = (kind: string, { name, id }: Pick<Thing, 'name' | 'id'>): string =>
  `${kind} ${quote(name || id)}`;
