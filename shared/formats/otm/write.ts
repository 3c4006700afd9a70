/** Open Threat Model 0.2.0 as JSON, valid by its schema. */
import { Ids } from '../ids.ts';
import { isLoose, type Loose, textOf } from '../loose.ts';
import type {
  Box,
  Diagram,
  FileBoundary,
  FileElement,
  FileFlow,
  Skipped,
  Thing,
  ThreatModel,
  Written,
} from '../threat-model.ts';
import {
  attributesToWrite,
  broughtBy,
  extentOf,
  type Fields,
  fieldsOf,
  hundredths,
  OUR,
  SHAPES,
  WHOLES,
} from './fields.ts';
import { placeId, UNRATED } from './read.ts';
import { kindOf, TYPE_OF } from './words.ts';
import { type Uses, writeThreats } from './write-threats.ts';

const VERSION = '0.2.0';

export function write(model: ThreatModel): Written {
  return new Writer(model).written();
}

/** A thing on its page. */
interface Shown<T extends Thing> {
  thing: T;
  page: number;
  /** Its id in OTM. */
  ref: string;
  /** The other pages that show the same. */
  copies: { thing: T; page: number }[];
}

type Parent = { zone: string } | { component: string } | null;

class Writer {
  private readonly skipped: Skipped[] = [];
  private readonly brought: Loose;
  private readonly pages: string[];
  private readonly zones: Shown<FileBoundary>[];
  private readonly components: Shown<FileElement>[];
  private readonly flows: Shown<FileFlow>[];
  /** Id in OTM of everything, by ours: copies have that of what they copy. */
  private readonly zoneRefs: Map<string, string>;
  private readonly componentRefs: Map<string, string>;
  private readonly flowRefs: Map<string, string>;
  private readonly componentOfRef: Map<string, FileElement>;
  /** By `z` or `c` and the id in OTM. */
  private readonly parents = new Map<string, Parent>();
  private readonly boxes = new Map<string, Map<number, Box>>();
  /** Id of the zone for what lies in none. */
  private readonly outside: string;
  private readonly uses: Uses;
  private readonly mitigations: Fields[];
  private readonly threats: Fields[];

  constructor(private readonly model: ThreatModel) {
    this.brought = broughtBy(model);
    const { diagrams } = model;
    this.pages = this.pageRefs();
    this.zones = this.shown(diagram => diagram.boundaries.filter(boundary => this.isClosed(boundary)));
    this.components = this.shown(({ elements }) => elements);
    this.componentRefs = refsOf(this.components);
    this.zoneRefs = refsOf(this.zones);
    this.componentOfRef = new Map(this.components.map(({ ref, thing }) => [ref, thing]));
    this.outside = this.outsideRef();
    this.flows = this.shown(({ flows }) => flows.filter(flow => this.hasEnds(flow)));
    this.flowRefs = refsOf(this.flows);
    for (const shown of this.zones) this.settle('z', shown, shown.thing.parent);
    for (const shown of this.components) this.settle('c', shown, shown.thing.boundary);
    for (const key of this.parents.keys()) this.cutCircle(key);
    const notes = diagrams.flatMap(diagram => diagram.notes);
    for (const { text } of notes) this.skip(`note "${text}"`, 'OTM has no notes');
    const bends = [...this.flows].filter(({ thing }) => thing.bend !== 0).length;
    if (bends > 0) this.skip(`bends of ${bends} data flows`, 'OTM has no lines on its diagrams');
    const { threats, uses, mitigations } = writeThreats(
      model.threats,
      { zones: this.zoneRefs, components: this.componentRefs, flows: this.flowRefs },
      this.wholes('mitigations'),
      this.skipped,
    );
    this.threats = threats;
    this.uses = uses;
    this.mitigations = mitigations;
  }

  written(): Written {
    const { title, scope } = this.model;
    const more = isLoose(this.brought.more) ? this.brought.more : {};
    const components = this.components.map(shown => this.component(shown));
    const zones = this.zones.map(shown => this.zone(shown));
    const outside = components.some(({ parent }) => isLoose(parent) && parent.trustZone === this.outside);
    const otm = {
      ...more,
      otmVersion: VERSION,
      project: {
        id: new Ids().take(title),
        ...fieldsOf(this.brought.project, SHAPES.project, ['name', 'description'], '', this.skipped),
        name: title,
        ...described(scope),
      },
      representations: [...this.wholes('representations'), ...this.diagrams()],
      assets: this.wholes('assets'),
      trustZones: outside ? [...zones, this.outsideZone()] : zones,
      components,
      dataflows: this.flows.map(shown => this.flow(shown)),
      threats: this.threats,
      mitigations: this.mitigations,
    };
    return { content: `${JSON.stringify(otm, null, 2)}\n`, skipped: this.skipped };
  }

  private skip(what: string, why: string): void {
    this.skipped.push({ what, why, where: '' });
  }

  private isClosed({ name, line }: FileBoundary): boolean {
    if (!line) return true;
    this.skip(`open boundary "${name}"`, 'OTM has closed trust zones only');
    return false;
  }

  /** OTM has no free ends, unless it had one that pointed to nothing. */
  private hasEnds(flow: FileFlow): boolean {
    if (this.endOf(flow, 'source') !== '' && this.endOf(flow, 'destination') !== '') return true;
    this.skip(`data flow "${flow.name}"`, 'one of its ends is free, and OTM wants a component there');
    return false;
  }

  private endOf(flow: FileFlow, of: 'source' | 'destination'): string {
    const end = of === 'source' ? flow.source : flow.target;
    if ('element' in end) return this.componentRefs.get(end.element) ?? '';
    const { fields } = broughtBy(flow);
    return isLoose(fields) ? textOf(fields[of]) : '';
  }

  /** Things with what shows them again on other pages; and their ids in OTM, which are those that they had there. */
  private shown<T extends Thing>(thingsOf: (diagram: Diagram) => T[]): Shown<T>[] {
    const all = this.model.diagrams.flatMap((diagram, page) =>
      thingsOf(diagram).map(thing => ({ thing, page })),
    );
    const originals = new Map(
      all
        .filter(({ thing }) => !copyOf(thing))
        .map(each => [each.thing.id, { ...each, copies: [] as typeof all }]),
    );
    for (const each of all) {
      if (!copyOf(each.thing)) continue;
      const original = originals.get(copyOf(each.thing));
      const again = original && [original, ...original.copies].some(({ page }) => page === each.page);
      if (!original || again) originals.set(each.thing.id, { ...each, copies: [] });
      else {
        original.copies.push(each);
        this.compare(original.thing, each.thing);
      }
    }
    const things = [...originals.values()];
    const had = ({ thing }: { thing: T }): string => {
      const { fields } = broughtBy(thing);
      return isLoose(fields) && !copyOf(thing) ? textOf(fields.id) : '';
    };
    const taken = new Set(things.filter(each => !had(each)).map(({ thing }) => thing.id));
    return things.map(each => {
      const wanted = had(each);
      let ref = wanted && !taken.has(wanted) ? wanted : each.thing.id;
      while (wanted && taken.has(ref)) ref = `${ref}~`;
      taken.add(ref);
      return { ...each, ref };
    });
  }

  private compare(original: Thing, copy: Thing): void {
    const facts = ({ name, description, attributes }: Thing) =>
      JSON.stringify([name, description, attributes]);
    if (facts(original) === facts(copy)) return;
    this.skip(
      `what is said of "${copy.name}" on another page`,
      `in OTM it is the same as "${original.name}"`,
    );
  }

  private pageRefs(): string[] {
    const ids = this.model.diagrams.map(({ id }) => textOf(this.broughtByPage(id).id) || id);
    const taken = new Ids();
    return ids.map((id, n) => (ids.indexOf(id) === n ? id : taken.take(`${id}~2`)));
  }

  private broughtByPage(id: string): Loose {
    const { diagrams } = this.brought;
    const page = Array.isArray(diagrams) ? diagrams.find(each => isLoose(each) && each.page === id) : null;
    return isLoose(page?.fields) ? page.fields : {};
  }

  private diagrams(): Fields[] {
    return this.model.diagrams.map((diagram, page) => {
      const extent = extentOf(diagram);
      return {
        ...(extent && { size: extent }),
        ...fieldsOf(this.broughtByPage(diagram.id), SHAPES.diagram, [], '', this.skipped),
        id: this.pages[page]!,
        name: diagram.title,
        type: 'diagram',
      };
    });
  }

  private wholes(list: keyof typeof WHOLES): Fields[] {
    const all = this.brought[list];
    return (Array.isArray(all) ? all : []).filter((each): each is Fields => {
      if (WHOLES[list].safeParse(each).success) return true;
      this.skip(`one of ${list}`, 'it is not what OTM has there');
      return false;
    });
  }

  /** Notes the parent of a thing, and its boxes by page. */
  private settle(sort: 'z' | 'c', shown: Shown<FileElement | FileBoundary>, boundary: string | null): void {
    const zone = boundary === null ? undefined : this.zoneRefs.get(boundary);
    const { fields } = broughtBy(shown.thing);
    const parent = isLoose(fields) && isLoose(fields.parent) ? textOf(fields.parent.component) : '';
    const holder = parent ? this.componentOfRef.get(parent) : undefined;
    const held = holder && this.zoneRefs.get(holder.boundary ?? '') === zone;
    const key = sort + shown.ref;
    this.parents.set(key, held ? { component: parent } : zone === undefined ? null : { zone });
    const places = [shown, ...shown.copies].flatMap(({ thing, page }): [number, Box][] =>
      thing.box ? [[page, thing.box]] : [],
    );
    this.boxes.set(key, new Map(places));
  }

  /** A component may have moved into what lies in it. */
  private cutCircle(key: string): void {
    const seen = new Set([key]);
    for (let at = this.above(key); at !== null; at = this.above(at)) {
      if (at === key) this.parents.set(key, null);
      if (seen.has(at)) return;
      seen.add(at);
    }
  }

  private above(key: string): string | null {
    const parent = this.parents.get(key);
    if (!parent) return null;
    return 'zone' in parent ? `z${parent.zone}` : `c${parent.component}`;
  }

  /** Relative to the innermost thing around it that has a place on the page. */
  private position(key: string, page: number, [x, y]: Box): { x: number; y: number } {
    let around = this.above(key);
    while (around !== null && !this.boxes.get(around)?.has(page)) around = this.above(around);
    const [left, top] = around === null ? [0, 0] : this.boxes.get(around)!.get(page)!;
    return { x: hundredths(x - left), y: hundredths(y - top) };
  }

  private placings(key: string, { ref, thing, page, copies }: Shown<FileElement | FileBoundary>): Fields[] {
    const { fields } = broughtBy(thing);
    const kept = isLoose(fields) && Array.isArray(fields.representations) ? fields.representations : [];
    const others = kept.filter(
      (each): each is Fields => isLoose(each) && !this.pages.includes(textOf(each.representation)),
    );
    const shown = [{ thing, page }, ...copies].map(each => ({
      id: placeId(ref, this.pages[each.page]!),
      ...fieldsOf(broughtBy(each.thing).place, SHAPES.place, [], '', this.skipped),
      representation: this.pages[each.page]!,
      ...(each.thing.box && {
        position: this.position(key, each.page, each.thing.box),
        size: { width: each.thing.box[2], height: each.thing.box[3] },
      }),
    }));
    return [...others, ...shown];
  }

  private zone(shown: Shown<FileBoundary>): Fields {
    const key = `z${shown.ref}`;
    const parent = this.parents.get(key);
    return {
      risk: UNRATED,
      ...this.common(shown, SHAPES.zone),
      ...(parent && { parent: parentOf(parent) }),
      representations: this.placings(key, shown),
    };
  }

  private component(shown: Shown<FileElement>): Fields {
    const { thing, ref } = shown;
    const key = `c${ref}`;
    const parent = this.parents.get(key) ?? null;
    const fields = this.common(shown, SHAPES.component);
    const threats = this.uses.components.get(ref);
    return {
      ...fields,
      type: kindOf(textOf(fields.type)) === thing.kind && fields.type ? fields.type : TYPE_OF[thing.kind],
      parent: parent ? parentOf(parent) : { trustZone: this.outside },
      representations: this.placings(key, shown),
      ...(threats && { threats }),
    };
  }

  private flow(shown: Shown<FileFlow>): Fields {
    const { thing, ref } = shown;
    const threats = this.uses.flows.get(ref);
    return {
      ...this.common(shown, SHAPES.flow),
      source: this.endOf(thing, 'source'),
      destination: this.endOf(thing, 'destination'),
      bidirectional: thing.bidirectional,
      ...(threats && { threats }),
    };
  }

  private common({ thing, ref }: Shown<Thing>, shape: Parameters<typeof fieldsOf>[1]): Fields {
    const handled = ['id', 'parent', 'name', 'description', 'source', 'destination', 'threats'];
    const fields = fieldsOf(broughtBy(thing).fields, shape, handled, '', this.skipped);
    const attributes = {
      ...(isLoose(fields.attributes) && (fields.attributes as Fields)),
      ...attributesToWrite(thing.attributes),
    };
    return {
      ...fields,
      id: ref,
      name: thing.name,
      ...described(thing.description),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    };
  }

  /** OTM wants every component in something. */
  private outsideRef(): string {
    let id = 'outside';
    while (this.zones.some(({ ref }) => ref === id)) id += '~';
    return id;
  }

  private outsideZone(): Fields {
    const attributes = { [OUR.outside]: 'yes' };
    return { id: this.outside, name: 'Outside of every trust boundary', risk: UNRATED, attributes };
  }
}

function copyOf(thing: Thing): string {
  const { copyOf } = broughtBy(thing);
  return textOf(copyOf);
}

/** Ids in OTM by ours, those of copies too. */
const refsOf = (all: Shown<Thing>[]): Map<string, string> =>
  new Map(
    all.flatMap(({ thing, ref, copies }) =>
      [thing, ...copies.map(copy => copy.thing)].map(({ id }) => [id, ref]),
    ),
  );

const parentOf = (parent: { zone: string } | { component: string }): Fields =>
  'zone' in parent ? { trustZone: parent.zone } : { component: parent.component };

const described = (description: string): { description?: string } => (description ? { description } : {});
