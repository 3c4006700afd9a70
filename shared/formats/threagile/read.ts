/** A Threagile model: technical assets in trust boundaries with communication links, and its risks. It says nothing of places. */
import type { ElementKind } from '../../dfd/kinds.ts';
import { Ids } from '../ids.ts';
import { type Entry, isLoose, type Loose, namedEntriesOf, textOf, textsOf } from '../loose.ts';
import type { Source } from '../source.ts';
import { counted } from '../text.ts';
import {
  type FileBoundary,
  type FileElement,
  type FileFlow,
  FormatError,
  type Reading,
  type Skipped,
  type Thing,
} from '../threat-model.ts';
import { keptOf, plain } from './fields.ts';
import { RISK_CATEGORIES, readRisks } from './risks.ts';
import { authenticationOf, encryptionOf, kindOf, protocolOf } from './words.ts';

export const recognises = ({ data }: Source): boolean =>
  isLoose(data) && (Object.hasOwn(data, 'threagile_version') || Object.hasOwn(data, 'technical_assets'));

/** Parts of the file that have no place on the board or in the tables: kept, and said so. */
const UNSHOWN = {
  shared_runtimes: 'shared runtime',
  abuse_cases: 'abuse case',
  security_requirements: 'security requirement',
  questions: 'question',
};
/** Parts that become something of ours, or are told otherwise. */
const HANDLED = [
  'title',
  'technical_assets',
  'trust_boundaries',
  ...RISK_CATEGORIES,
  'risk_tracking',
  'includes',
];

/** @throws {FormatError} when it is no Threagile model */
export function read({ data }: Source): Reading {
  if (!isLoose(data)) throw new FormatError('This is no Threagile model.');
  return new Reader(data).reading();
}

type Named = Entry & { name: string; ref: string; id: string };

class Reader {
  private readonly skipped: Skipped[] = [];
  private readonly ids = new Ids();
  private readonly assetNames: Map<string, string>;

  constructor(private readonly data: Loose) {
    const assets = namedEntriesOf(data.data_assets, 'data_assets', this.skipped);
    this.assetNames = new Map(
      assets.map(({ name, raw }) => [
        textOf(raw.id),
        raw.confidentiality ? `${name} (${textOf(raw.confidentiality)})` : name,
      ]),
    );
  }

  reading(): Reading {
    const zones = this.named('trust_boundaries');
    const assets = this.named('technical_assets');
    const [inside, parents] = this.membership(zones, assets);
    const links = this.links(assets);
    const target = targetsOf(zones, assets, links);
    const threats = readRisks(this.data, target, this.skipped);
    this.tellUnshown();
    const title = textOf(this.data.title);
    const foreign = keptOf(this.data, HANDLED);
    const diagram = {
      id: 'diagram',
      title,
      elements: assets.map(asset => this.element(asset, inside.get(asset.id) ?? null)),
      flows: links.map(({ flow }) => flow),
      boundaries: zones.map(zone => boundaryOf(zone, parents.get(zone.id) ?? null)),
      notes: [],
    };
    return {
      model: { title, scope: this.scope(), diagrams: [diagram], threats, ...foreign },
      skipped: this.skipped,
    };
  }

  private scope(): string {
    const { application_description, business_overview, technical_overview } = this.data;
    return [application_description, business_overview, technical_overview]
      .map(overview => plain(isLoose(overview) ? overview.description : undefined))
      .filter((text, n, all) => text !== '' && all.indexOf(text) === n)
      .join('\n\n');
  }

  private tellUnshown(): void {
    for (const [part, one] of Object.entries(UNSHOWN)) {
      const count = isLoose(this.data[part]) ? Object.keys(this.data[part]).length : 0;
      if (count === 0) continue;
      this.skipped.push({ what: counted(count, one), why: 'kept, but not shown', where: part });
    }
    for (const file of textsOf(this.data.includes)) {
      this.skipped.push({
        what: `included file "${file}"`,
        why: 'only this file was brought',
        where: 'includes',
      });
    }
  }

  /** The things of a map, each with an id; of several with the same, references mean the first. */
  private named(part: string): Named[] {
    const refs = new Set<string>();
    return namedEntriesOf(this.data[part], part, this.skipped).map(entry => {
      const wanted = textOf(entry.raw.id) || entry.name;
      const id = this.ids.take(wanted);
      const twice = refs.has(wanted);
      if (twice) this.skip(`id "${wanted}"`, 'something else has it', `${entry.where}.id`);
      refs.add(wanted);
      return { ...entry, ref: twice ? '' : wanted, id };
    });
  }

  private skip(what: string, why: string, where: string): void {
    this.skipped.push({ what, why, where });
  }

  /** The boundary of each asset, and the parent of each boundary, by ids; the first that claims one has it. */
  private membership(zones: Named[], assets: Named[]): [Map<string, string>, Map<string, string>] {
    const inside = new Map<string, string>();
    const parents = new Map<string, string>();
    for (const [holders, things, key] of [
      [inside, idsOf(assets), 'technical_assets_inside'],
      [parents, idsOf(zones), 'trust_boundaries_nested'],
    ] as const) {
      for (const zone of zones) {
        for (const ref of textsOf(zone.raw[key])) {
          const id = things.get(ref);
          const where = `${zone.where}.${key}`;
          const what = `"${ref}" in the trust boundary "${zone.name}"`;
          if (id === undefined) this.skip(what, 'it is not in the file', where);
          else if (holders.has(id)) this.skip(what, 'it lies in another already', where);
          else if (holders === parents && liesIn(parents, zone.id, id))
            this.skip(what, 'it would lie in itself', where);
          else holders.set(id, zone.id);
        }
      }
    }
    return [inside, parents];
  }

  private element({ name, raw, where, id }: Named, boundary: string | null): FileElement {
    const kind = kindOf(textOf(raw.type));
    if (!kind)
      this.skip(`type of "${name}"`, 'it is none that Threagile has: taken as a process', `${where}.type`);
    const used = ['id', 'type', 'description', 'communication_links'];
    const attributes = attributesOf(raw, kind ?? 'process');
    const processed = this.assetsSaid('Processes', raw.data_assets_processed);
    const stored = this.assetsSaid('Stores', raw.data_assets_stored);
    const description = [plain(raw.description), processed, stored].filter(Boolean).join('\n');
    return {
      ...{ id, name, description, attributes, ...keptOf(raw, used) },
      ...{ kind: kind ?? 'process', box: null, boundary },
    };
  }

  private assetsSaid(what: string, value: unknown): string {
    const names = textsOf(value).map(ref => this.assetNames.get(ref) ?? ref);
    return names.length > 0 ? `${what}: ${names.join(', ')}` : '';
  }

  private links(assets: Named[]): { ref: string; flow: FileFlow }[] {
    const ids = idsOf(assets);
    return assets.flatMap(asset => {
      const where = `${asset.where}.communication_links`;
      return namedEntriesOf(asset.raw.communication_links, where, this.skipped).map(link => {
        const ref = linkRef(asset.ref || asset.id, link.name);
        const target = ids.get(textOf(link.raw.target));
        if (target === undefined) {
          const why = `its target "${textOf(link.raw.target)}" is not in the file`;
          this.skip(`end of the communication link "${link.name}"`, why, `${link.where}.target`);
        }
        const sent = this.assetsSaid('Sends', link.raw.data_assets_sent);
        const received = this.assetsSaid('Receives', link.raw.data_assets_received);
        const flow: FileFlow = {
          id: this.ids.take(ref),
          name: link.name,
          description: [plain(link.raw.description), sent, received].filter(Boolean).join('\n'),
          attributes: answersOf(link.raw),
          ...keptOf(link.raw, target === undefined ? ['description'] : ['description', 'target']),
          source: { element: asset.id },
          target: target === undefined ? { point: null } : { element: target },
          bidirectional: received !== '',
          bend: 0,
        };
        return { ref, flow };
      });
    });
  }
}

const idsOf = (things: Named[]): Map<string, string> =>
  new Map(things.filter(({ ref }) => ref !== '').map(({ ref, id }) => [ref, id]));

function liesIn(parents: ReadonlyMap<string, string>, id: string, outer: string): boolean {
  for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) if (at === outer) return true;
  return false;
}

/** Our ids of what a risk may be on, by those of Threagile. */
function targetsOf(zones: Named[], assets: Named[], links: { ref: string; flow: FileFlow }[]) {
  return {
    links: new Map(links.toReversed().map(({ ref, flow }) => [ref, flow.id])),
    assets: idsOf(assets),
    boundaries: idsOf(zones),
  };
}

export type Targets = ReturnType<typeof targetsOf>;

/** As Threagile makes it: a link has no id of its own in the file. */
const linkRef = (asset: string, name: string): string =>
  `${asset}>${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;

function boundaryOf({ name, raw, id }: Named, parent: string | null): FileBoundary {
  const used = ['id', 'description', 'technical_assets_inside', 'trust_boundaries_nested'];
  return {
    ...{ id, name, description: plain(raw.description), attributes: {}, ...keptOf(raw, used) },
    ...{ box: null, line: null, parent },
  };
}

function attributesOf(raw: Loose, kind: ElementKind): Thing['attributes'] {
  const technologies = [textOf(raw.technology), ...textsOf(raw.technologies)];
  const technology = technologies.filter(each => each !== '' && each !== 'unknown-technology').join(', ');
  const encryption = kind === 'data_store' ? textOf(raw.encryption) : '';
  return {
    ...(technology && { technology }),
    ...(encryption && { encrypted: encryption === 'none' ? 'no' : 'yes' }),
  };
}

function answersOf(raw: Loose): Thing['attributes'] {
  const word = textOf(raw.protocol);
  const protocol = protocolOf(word);
  const encrypted = encryptionOf(word, raw.vpn === true);
  const authenticated = authenticationOf(textOf(raw.authentication), encrypted === 'yes');
  return {
    ...(protocol && { protocol }),
    ...(authenticated && { authenticated }),
    ...(encrypted && { encrypted }),
  };
}
