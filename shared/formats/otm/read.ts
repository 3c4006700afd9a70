/** Open Threat Model 0.1 and 0.2 (iriusrisk/OpenThreatModel), from JSON or YAML. */
import { KINDS } from '../../dfd/kinds.ts';
import { Ids } from '../ids.ts';
import { type Entry, entriesOf, isLoose, jsonOf, type Loose, textOf } from '../loose.ts';
import type { Source } from '../source.ts';
import {
  type Diagram,
  type End,
  type FileBoundary,
  type FileElement,
  type FileFlow,
  FormatError,
  type Reading,
  type Skipped,
  type Thing,
} from '../threat-model.ts';
import { extentOf, type Fields, fieldsOf, foreignOf, OUR, SHAPES, takeAnswers, WHOLES } from './fields.ts';
import { checkPlaces, type Item, link, place, spread, zoneAround } from './items.ts';
import { readThreats } from './read-threats.ts';
import { kindOf, TYPE_OF } from './words.ts';

export const recognises = ({ data }: Source): boolean => isLoose(data) && Object.hasOwn(data, 'otmVersion');

/** @throws {FormatError} when it has no project, or more things than can be shown */
export function read({ data }: Source): Reading {
  if (!isLoose(data)) throw new FormatError('This is no Open Threat Model.');
  return new Reader(data).reading();
}

/** Fields of the file that become something of ours; others are kept. */
const TOP = [
  'otmVersion',
  'project',
  'representations',
  'assets',
  'trustZones',
  'components',
  'dataflows',
  'threats',
  'mitigations',
];

interface Page {
  id: string;
  title: string;
  where: string;
  /** The entry of the file; none when the file has no diagram. */
  raw: Loose | null;
}

interface Flow extends Entry {
  ref: string;
  id: string;
  source: Item | null;
  target: Item | null;
  on: Map<number, string>;
}

class Reader {
  private readonly skipped: Skipped[] = [];
  private readonly ids = new Ids();
  private readonly pages: Page[] = [];
  private readonly pageOfRef = new Map<string, number>();
  private readonly zones: Item[];
  private readonly components: Item[];
  private readonly flows: Flow[];
  private readonly project: Entry;

  constructor(private readonly data: Loose) {
    if (!isLoose(data.project)) {
      throw new FormatError('The file has no project, which every Open Threat Model has.', 'project');
    }
    this.project = { raw: data.project, where: 'project' };
    this.readPages();
    const outside = new Set<string>();
    const zones = this.entries('trustZones').filter(({ raw }) => {
      const isOutside = isLoose(raw.attributes) && Object.hasOwn(raw.attributes, OUR.outside);
      if (isOutside) outside.add(textOf(raw.id));
      return !isOutside;
    });
    this.zones = this.named(zones).map(entry => this.item(entry, true));
    this.components = this.named(this.entries('components')).map(entry => this.item(entry, false));
    const ordered = link(this.zones, this.components, outside, this.skipped);
    spread(ordered);
    const sizeOf = ({ zone, raw }: Item) => KINDS[zone ? 'trust_boundary' : kindOf(textOf(raw.type))].size;
    place(ordered, sizeOf, this.skipped);
    checkPlaces(ordered, this.pages, this.skipped);
    this.flows = this.readFlows();
    for (const thing of [...this.zones, ...this.components, ...this.flows]) this.takeIds(thing);
  }

  reading(): Reading {
    const diagrams = this.pages.map((_, page) => this.diagram(page));
    const users = this.pages.flatMap((_, page) =>
      [this.components, this.flows].flatMap(things => things.filter(({ on }) => firstOf(on) === page)),
    );
    const zoneIds = new Map(this.zones.map(({ ref, id }) => [ref, id]));
    const { threats, mitigations } = readThreats(
      { threats: this.entries('threats'), mitigations: this.wholes('mitigations') },
      users,
      zoneIds,
      this.skipped,
    );
    const title = textOf(this.project.raw.name);
    const project = this.fields(this.project, SHAPES.project, ['name', 'description']);
    if (project.id === new Ids().take(title)) delete project.id;
    const others = this.wholes('representations').filter(({ raw }) => !isDiagram(raw));
    const foreign = foreignOf({
      project,
      representations: others.map(({ raw }) => jsonOf(raw)),
      diagrams: this.pages.flatMap((page, n) => this.keptOfPage(page, diagrams[n]!)),
      assets: this.wholes('assets').map(({ raw }) => jsonOf(raw)),
      mitigations,
      more: fieldsOf(this.data, {}, TOP, '', this.skipped),
    });
    const scope = textOf(this.project.raw.description);
    return { model: { title, scope, diagrams, threats, ...foreign }, skipped: this.skipped };
  }

  private readonly lists = new Map<string, Entry[]>();

  /** The objects of a list of the file; what is none is reported once. */
  private entries(list: string): Entry[] {
    const known = this.lists.get(list) ?? entriesOf(this.data[list], list, this.skipped);
    this.lists.set(list, known);
    return known;
  }

  /** Those of them that OTM could write. */
  private wholes(list: keyof typeof WHOLES): Entry[] {
    return this.entries(list).filter(({ raw, where }) => {
      if ((list === 'representations' && isDiagram(raw)) || WHOLES[list].safeParse(raw).success) return true;
      this.skipped.push({ what: where, why: 'it is not what OTM has there', where });
      return false;
    });
  }

  private fields(
    { raw, where }: Entry,
    shape: Parameters<typeof fieldsOf>[1],
    without: readonly string[],
  ): Fields {
    return fieldsOf(raw, shape, without, where, this.skipped);
  }

  private readPages(): void {
    const ids = new Ids();
    for (const { raw, where } of this.entries('representations')) {
      if (!isDiagram(raw)) continue;
      const ref = textOf(raw.id);
      if (!this.pageOfRef.has(ref)) this.pageOfRef.set(ref, this.pages.length);
      this.pages.push({ id: ids.take(ref || 'diagram'), title: textOf(raw.name), where, raw });
    }
    if (this.pages.length > 0) return;
    this.pages.push({ id: 'diagram', title: textOf(this.project.raw.name), where: '', raw: null });
  }

  private keptOfPage({ id, raw, where }: Page, diagram: Diagram): Fields[] {
    if (!raw) return [];
    const fields = this.fields({ raw, where }, SHAPES.diagram, ['name', 'type']);
    if (fields.id === id) delete fields.id;
    if (JSON.stringify(fields.size) === JSON.stringify(extentOf(diagram))) delete fields.size;
    return Object.keys(fields).length > 0 ? [{ page: id, fields }] : [];
  }

  /** Gives every entry an id; of several with the same, references mean the first. */
  private named(entries: Entry[]): (Entry & { ref: string; id: string })[] {
    const refs = new Set<string>();
    return entries.map(({ raw, where }) => {
      const wanted = textOf(raw.id) || textOf(raw.name);
      const id = this.ids.take(wanted);
      const twice = refs.has(wanted);
      if (twice) this.skipped.push({ what: `id "${wanted}"`, why: 'something else has it', where });
      const ref = twice ? id : wanted;
      refs.add(ref);
      return { raw, where, ref, id };
    });
  }

  private item(entry: Entry & { ref: string; id: string }, zone: boolean): Item {
    const { raw, where } = entry;
    const placings = new Map<number, Loose>();
    for (const placing of Array.isArray(raw.representations) ? raw.representations : []) {
      if (!isLoose(placing)) continue;
      const page = this.pageOfRef.get(textOf(placing.representation));
      if (page === undefined) continue;
      if (!placings.has(page)) placings.set(page, placing);
      else this.skipped.push({ what: `a place of "${textOf(raw.name)}"`, why: 'it has one there', where });
    }
    return {
      ...entry,
      zone,
      parent: null,
      placings,
      pages: new Set(),
      on: new Map(),
      boxes: new Map(),
    };
  }

  private readFlows(): Flow[] {
    const byRef = new Map(this.components.toReversed().map(item => [item.ref, item]));
    return this.named(this.entries('dataflows')).map(entry => {
      const end = (of: 'source' | 'destination'): Item | null => {
        const ref = textOf(endRef(entry.raw, of));
        const item = byRef.get(ref) ?? null;
        if (!item) {
          this.skipped.push({
            what: `${of} of the data flow "${textOf(entry.raw.name)}"`,
            why: `"${ref}" is no component of the file`,
            where: `${entry.where}.${of}`,
          });
        }
        return item;
      };
      const [source, target] = [end('source'), end('destination')];
      const shared = source && target ? [...source.pages].filter(page => target.pages.has(page)) : [];
      const [fallback = 0] = source?.pages ?? target?.pages ?? [];
      if (source && target && shared.length === 0) {
        this.skipped.push({
          what: `destination of the data flow "${textOf(entry.raw.name)}"`,
          why: 'its two ends are on different diagrams',
          where: `${entry.where}.destination`,
        });
      }
      const pages = shared.length > 0 ? shared.sort((a, b) => a - b) : [fallback];
      return { ...entry, source, target, on: new Map(pages.map(page => [page, ''])) };
    });
  }

  /** The first page has the thing under its id, each further one has a copy. */
  private takeIds(thing: Item | Flow): void {
    const pages = 'pages' in thing ? [...thing.pages].sort((a, b) => a - b) : [...thing.on.keys()];
    for (const [n, page] of pages.entries()) {
      thing.on.set(page, n === 0 ? thing.id : this.ids.take(`${thing.id}@${this.pages[page]!.id}`));
    }
  }

  private diagram(page: number): Diagram {
    const here = <T extends { on: Map<number, string> }>(things: T[]) =>
      things.filter(({ on }) => on.has(page));
    const { id, title } = this.pages[page]!;
    return {
      id,
      title,
      elements: here(this.components).map(item => this.element(item, page)),
      flows: here(this.flows).map(flow => this.flow(flow, page)),
      boundaries: here(this.zones).map(item => this.boundary(item, page)),
      notes: [],
    };
  }

  private element(item: Item, page: number): FileElement {
    const { raw } = item;
    const type = textOf(raw.type);
    const kind = kindOf(type);
    const fields = this.fieldsOfItem(item, page, SHAPES.component);
    if (type === TYPE_OF[kind]) delete fields.type;
    const attributes = takeAnswers(kind, fields);
    const boundary = zoneAround(item)?.on.get(page) ?? null;
    const thing = this.thing(item, page, attributes, { fields, place: this.placeOf(item, page) });
    return { ...thing, kind, box: item.boxes.get(page) ?? null, boundary };
  }

  private boundary(item: Item, page: number): FileBoundary {
    const fields = this.fieldsOfItem(item, page, SHAPES.zone);
    if (JSON.stringify(fields.risk) === JSON.stringify(UNRATED)) delete fields.risk;
    const attributes = takeAnswers('trust_boundary', fields);
    const parent = zoneAround(item)?.on.get(page) ?? null;
    const thing = this.thing(item, page, attributes, { fields, place: this.placeOf(item, page) });
    return { ...thing, box: item.boxes.get(page) ?? null, line: null, parent };
  }

  private flow(flow: Flow, page: number): FileFlow {
    const { raw } = flow;
    const handled = ['name', 'description', 'bidirectional', 'threats', 'source', 'destination', 'target'];
    const fields = this.once(flow, page, SHAPES.flow, handled);
    if (flow.ref === flow.id) delete fields.id;
    const end = (item: Item | null, of: 'source' | 'destination'): End => {
      const element = item?.on.get(page);
      if (element) return { element };
      fields[of] = textOf(endRef(raw, of));
      return { point: null };
    };
    const ends = { source: end(flow.source, 'source'), target: end(flow.target, 'destination') };
    const attributes = takeAnswers('data_flow', fields);
    const thing = this.thing(flow, page, attributes, { fields });
    return { ...thing, ...ends, bidirectional: raw.bidirectional === true, bend: 0 };
  }

  /** The fields to keep of an item, but for its places, and a parent that the boundaries tell. */
  private fieldsOfItem(item: Item, page: number, shape: Parameters<typeof fieldsOf>[1]): Fields {
    const handled = ['name', 'description', 'threats', 'parent', 'representations'];
    const fields = this.once(item, page, shape, handled);
    if (item.ref === item.id) delete fields.id;
    if (item.parent && !item.parent.zone) fields.parent = { component: item.parent.ref };
    const { raw, where } = item;
    const all = isLoose(raw) && Array.isArray(raw.representations) ? raw.representations : [];
    const others = all.filter(entry => !isLoose(entry) || !this.pageOfRef.has(textOf(entry.representation)));
    if (others.length > 0) {
      const kept = fieldsOf({ ...raw, representations: others }, shape, [], where, []);
      if (kept.representations) fields.representations = kept.representations;
      else if (page === firstOf(item.on)) {
        const what = `representations of "${textOf(raw.name)}"`;
        this.skipped.push({
          what,
          why: 'they are not what OTM has there',
          where: `${where}.representations`,
        });
      }
    }
    return fields;
  }

  /** What is wrong with the fields of a thing is told on the first of its pages only. */
  private once(
    { raw, where, on }: Item | Flow,
    page: number,
    shape: Parameters<typeof fieldsOf>[1],
    handled: string[],
  ): Fields {
    return fieldsOf(raw, shape, handled, where, page === firstOf(on) ? this.skipped : []);
  }

  /** What OTM says about how an item is shown on a page, beyond its place. */
  private placeOf({ ref, placings }: Item, page: number): Fields {
    const placing = placings.get(page);
    const handled = ['representation', 'position', 'size'];
    const fields = fieldsOf(placing, SHAPES.place, handled, '', []);
    if (fields.id === placeId(ref, textOf(this.pages[page]!.raw?.id))) delete fields.id;
    return fields;
  }

  private thing(
    { raw, id, on }: Item | Flow,
    page: number,
    attributes: Thing['attributes'],
    { fields, place = {} }: { fields: Fields; place?: Fields },
  ): Thing {
    const first = firstOf(on) === page;
    return {
      id: on.get(page)!,
      name: textOf(raw.name),
      description: textOf(raw.description),
      attributes,
      ...foreignOf(first ? { fields, place } : { copyOf: id, place }),
    };
  }
}

/** What OTM wants to know of a trust zone, where nobody said how much it is trusted. */
export const UNRATED = { trustRating: 0 };

/** Id of how an item is shown on a diagram, where the file didn't give one. */
export const placeId = (item: string, diagram: string): string => `${item}@${diagram}`;

const firstOf = (on: Map<number, string>): number => on.keys().next().value ?? 0;

const isDiagram = ({ type }: Loose): boolean => textOf(type).toLowerCase() === 'diagram';

/** The documentation of OTM has `target` in an example. */
const endRef = (raw: Loose, of: 'source' | 'destination'): unknown =>
  of === 'source' ? raw.source : (raw.destination ?? raw.target);
