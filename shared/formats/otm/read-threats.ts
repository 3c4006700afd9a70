/** Threats of an OTM file are defined once and used by components and data flows; here, each use is a threat of its own. */
import type { Json } from '../../document/board.ts';
import { Ids } from '../ids.ts';
import { type Entry, entriesOf, isLoose, jsonOf, type Loose, textOf, textsOf } from '../loose.ts';
import type { FileThreat, Skipped } from '../threat-model.ts';
import { type Fields, fieldsOf, foreignOf, OUR, SHAPES, USE } from './fields.ts';
import { categoriesOf, categoryOf, mitigationState, riskOf, severityOf, statusOf } from './words.ts';

/** What may use threats: a component or a data flow, with its id here. */
interface User extends Entry {
  id: string;
}

interface Use {
  user: User;
  raw: Loose;
  where: string;
}

/** What of the attributes of a threat is ours. */
const OURS: string[] = Object.values(OUR);

/**
 * @param users in the order of the model
 * @param zones our ids of the trust zones by those of the file
 * @returns a threat for each use, in the order of the definitions, and one on the whole system for each definition that nothing
 *   uses; and the definitions of mitigations that are to be kept
 */
export function readThreats(
  file: { threats: Entry[]; mitigations: Entry[] },
  users: User[],
  zones: ReadonlyMap<string, string>,
  skipped: Skipped[],
): { threats: FileThreat[]; mitigations: Json[] } {
  const ids = new Ids();
  const mitigations = new Mitigations(file.mitigations);
  const uses = usesOf(users, skipped);
  const defined = new Set<string>();
  const threats: FileThreat[] = [];
  for (const definition of file.threats) {
    const ref = textOf(definition.raw.id) || textOf(definition.raw.name);
    if (defined.has(ref)) {
      const { where } = definition;
      skipped.push({ what: `threat "${ref}"`, why: 'another has the same id', where });
      continue;
    }
    defined.add(ref);
    const fields = keptOf(definition, skipped);
    for (const use of uses.get(ref) ?? [null]) {
      threats.push(threatOf(ref, definition.raw, fields, use, { ids, mitigations, zones, skipped }));
    }
  }
  for (const [ref, all] of uses) {
    if (defined.has(ref)) continue;
    for (const use of all) {
      skipped.push({ what: `threat "${ref}"`, why: 'the file does not define it', where: use.where });
      threats.push(threatOf(ref, { name: ref }, {}, use, { ids, mitigations, zones, skipped }));
    }
  }
  return { threats, mitigations: mitigations.kept() };
}

function usesOf(users: User[], skipped: Skipped[]): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const user of users) {
    for (const { raw, where } of entriesOf(user.raw.threats, `${user.where}.threats`, skipped)) {
      const ref = textOf(raw.threat);
      const others = uses.get(ref) ?? [];
      others.push({ user, raw, where });
      uses.set(ref, others);
    }
  }
  return uses;
}

/** Fields of a definition that are written back. */
function keptOf({ raw, where }: Entry, skipped: Skipped[]): Fields {
  const fields = fieldsOf(raw, SHAPES.threat, ['id', 'name', 'description'], where, skipped);
  const { stride, category } = categoryOf(textsOf(raw.categories));
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (same(fields.categories, categoriesOf(stride, category))) delete fields.categories;
  if (same(fields.risk, riskOf(severityOf(raw.risk)))) delete fields.risk;
  if (isLoose(fields.attributes)) {
    const others = Object.entries(fields.attributes).filter(([key]) => !OURS.includes(key));
    fields.attributes = Object.fromEntries(others) as Fields;
    if (others.length === 0) delete fields.attributes;
  }
  return fields;
}

/** Id of a threat: that of its definition, with what uses it where something does. */
export const naturalId = (ref: string, target: string): string =>
  new Ids().take(target ? `${ref}@${target}` : ref);

function threatOf(
  ref: string,
  raw: Loose,
  fields: Fields,
  use: Use | null,
  {
    ids,
    mitigations,
    zones,
    skipped,
  }: { ids: Ids; mitigations: Mitigations; zones: ReadonlyMap<string, string>; skipped: Skipped[] },
): FileThreat {
  const our = (key: string) => textOf(isLoose(raw.attributes) ? raw.attributes[key] : undefined);
  const target = use?.user.id ?? zones.get(our(OUR.on)) ?? '';
  const id = ids.take(our(OUR.threat) || naturalId(ref, use?.user.id ?? ''));
  const state = use ? textOf(use.raw.state) : our(OUR.status) || 'proposed';
  const status = statusOf(state);
  const { stride, category } = categoryOf(textsOf(raw.categories));
  const applied = use && entriesOf(use.raw.mitigations, `${use.where}.mitigations`, skipped);
  const ownMitigation = applied?.length === 1 && mitigations.isOurs(applied[0]!.raw, status);
  const foreign: Fields = { fields, ...(ref !== id && !our(OUR.threat) && { threat: ref }) };
  if (use) {
    foreign.use = fieldsOf(use.raw, {}, ['threat', 'state', 'mitigations'], use.where, skipped);
    if (state !== status) foreign.state = state;
    if (!ownMitigation) {
      const sound = applied!.filter(({ raw, where }) => {
        if (USE.safeParse(raw).success) return true;
        skipped.push({ what: where, why: 'it is not what OTM has there', where });
        return false;
      });
      foreign.mitigations = sound.map(({ raw }) => jsonOf(raw));
      for (const { raw } of sound) mitigations.keep(textOf(raw.mitigation));
    }
  }
  return {
    id,
    title: textOf(raw.name),
    description: textOf(raw.description),
    stride,
    category,
    target,
    status,
    severity: severityOf(raw.risk),
    justification: our(OUR.justification),
    mitigation: applied
      ? mitigations.textOf(applied.map(({ raw }) => textOf(raw.mitigation)).filter(ref => ref !== ''))
      : our(OUR.mitigation),
    ...foreignOf(foreign),
  };
}

/** Definitions of mitigations. Those that were written for one threat of ours are its text, and no definitions to be kept. */
export class Mitigations {
  private readonly byRef: Map<string, Loose>;
  private readonly needed = new Set<string>();

  constructor(private readonly definitions: readonly Entry[]) {
    this.byRef = new Map(definitions.toReversed().map(({ raw }) => [textOf(raw.id), raw]));
  }

  /** What the given ones say together. */
  textOf(refs: readonly string[]): string {
    return refs.map(ref => sayingOf(this.byRef.get(ref), ref)).join('\n');
  }

  isOurs(use: Loose, status: FileThreat['status']): boolean {
    const definition = this.byRef.get(textOf(use.mitigation));
    return definition !== undefined && isOurs(definition) && textOf(use.state) === mitigationState(status);
  }

  keep(ref: string): void {
    this.needed.add(ref);
  }

  kept(): Json[] {
    return this.definitions
      .filter(({ raw }) => !isOurs(raw) || this.needed.has(textOf(raw.id)))
      .map(({ raw }) => jsonOf(raw));
  }
}

const isOurs = ({ attributes }: Loose): boolean =>
  isLoose(attributes) && Object.hasOwn(attributes, OUR.threat);

/** Name and description, of which the second often begins with the first. */
function sayingOf(definition: Loose | undefined, ref: string): string {
  const [name, description] = [textOf(definition?.name) || ref, textOf(definition?.description)];
  if (description.startsWith(name)) return description;
  return description ? `${name}: ${description}` : name;
}
