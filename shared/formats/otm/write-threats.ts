/** Threats as OTM has them: each definition once, used by components and data flows. */
import { isLoose, type Loose, textOf } from '../loose.ts';
import type { FileThreat, Skipped } from '../threat-model.ts';
import { broughtBy, type Fields, fieldsOf, OUR, SHAPES, USE } from './fields.ts';
import { Mitigations, naturalId } from './read-threats.ts';
import { categoriesOf, categoryOf, mitigationState, riskOf, severityOf, statusOf } from './words.ts';

/** Uses of threats by the OTM ids of what uses them. */
export interface Uses {
  components: Map<string, Fields[]>;
  flows: Map<string, Fields[]>;
}

/** Ids in OTM by ours. */
interface Refs {
  zones: ReadonlyMap<string, string>;
  components: ReadonlyMap<string, string>;
  flows: ReadonlyMap<string, string>;
}

/** @param kept definitions of mitigations that the file had */
export function writeThreats(
  threats: readonly FileThreat[],
  refs: Refs,
  kept: Fields[],
  skipped: Skipped[],
): { threats: Fields[]; uses: Uses; mitigations: Fields[] } {
  const definitions = new Definitions(threats);
  const known = new Mitigations(kept.map(raw => ({ raw, where: '' })));
  const mitigations = [...kept];
  const taken = new Set(kept.map(({ id }) => textOf(id)));
  const uses: Uses = { components: new Map(), flows: new Map() };

  /** The mitigations that the threat had, while they still say what it says; else one of its own. */
  const mitigationsOf = (threat: FileThreat): Fields[] => {
    const had = mitigationsHad(broughtBy(threat).mitigations);
    if (known.textOf(had.map(each => textOf(each.mitigation))) === threat.mitigation) return had;
    const id = free(`${threat.id}-mitigation`, taken);
    const [name = '', ...more] = threat.mitigation.split('\n');
    mitigations.push({
      id,
      name,
      ...(more.length > 0 && { description: threat.mitigation }),
      riskReduction: 0,
      attributes: { [OUR.threat]: threat.id },
    });
    return [{ mitigation: id, state: mitigationState(threat.status) }];
  };

  for (const threat of threats) {
    const { target } = threat;
    const part = refs.components.has(target) ? 'components' : refs.flows.has(target) ? 'flows' : null;
    const ref = part && refs[part].get(target);
    if (!part || ref == null) {
      definitions.add(threat, unused(threat, refs.zones.get(target), skipped));
      continue;
    }
    const brought = broughtBy(threat);
    const state = textOf(brought.state);
    const use = {
      ...fieldsOf(brought.use, {}, ['threat', 'state', 'mitigations'], '', skipped),
      threat: definitions.add(threat, {}),
      state: state && statusOf(state) === threat.status ? state : threat.status,
      mitigations: mitigationsOf(threat),
    };
    const others = uses[part].get(ref) ?? [];
    others.push(use);
    uses[part].set(ref, others);
  }
  return { threats: definitions.all(), uses, mitigations };
}

const mitigationsHad = (had: unknown): Fields[] =>
  (Array.isArray(had) ? had : []).filter((each): each is Fields => USE.safeParse(each).success);

/** What is said of a threat that no component and no flow uses, as attributes of its definition. */
function unused(threat: FileThreat, zone: string | undefined, skipped: Skipped[]): Record<string, string> {
  if (threat.target && zone === undefined) {
    const why = 'what it is on is not written: it becomes one of the whole system';
    skipped.push({ what: `target of the threat "${threat.title}"`, why, where: '' });
  }
  return {
    ...(zone !== undefined && { [OUR.on]: zone }),
    ...(threat.status !== 'proposed' && { [OUR.status]: threat.status }),
    ...(threat.mitigation && { [OUR.mitigation]: threat.mitigation }),
  };
}

class Definitions {
  private readonly byRef = new Map<string, { fields: Fields; body: string }>();
  /** Ids of definitions that the file had: they come before ours. */
  private readonly taken: Set<string>;

  constructor(threats: readonly FileThreat[]) {
    this.taken = new Set(threats.map(threat => textOf(broughtBy(threat).threat)).filter(ref => ref !== ''));
  }

  /** @returns the id of the definition that says the same of the threat, be it one that another use has already */
  add(threat: FileThreat, attributes: Record<string, string>): string {
    const said = threat.justification
      ? { ...attributes, [OUR.justification]: threat.justification }
      : attributes;
    const had = textOf(broughtBy(threat).threat);
    const natural = naturalId(had, threat.target);
    if (had && (threat.id === natural || threat.id.startsWith(`${natural}~`))) {
      const fields = definitionOf(threat, said);
      const body = JSON.stringify(fields);
      const known = this.byRef.get(had);
      if (!known) this.byRef.set(had, { fields: { ...fields, id: had }, body });
      if (!known || known.body === body) return had;
    }
    const id = free(threat.id, this.taken);
    const marked = id !== threat.id || threat.target !== '' ? { ...said, [OUR.threat]: threat.id } : said;
    this.byRef.set(id, { fields: { ...definitionOf(threat, marked), id }, body: '' });
    return id;
  }

  all(): Fields[] {
    return [...this.byRef.values()].map(({ fields }) => fields);
  }
}

/** The definition of a threat without its id: words and numbers that the file had, as far as they still say the same. */
function definitionOf(threat: FileThreat, said: Record<string, string>): Fields {
  const handled = ['id', 'name', 'description'];
  const fields = fieldsOf(broughtBy(threat).fields, SHAPES.threat, handled, '', []);
  const { stride, category } = categoryOf(textsOfJson(fields.categories));
  const same = stride.join() === threat.stride.join() && category === threat.category;
  if (!same || !fields.categories) fields.categories = categoriesOf(threat.stride, threat.category);
  if (!fields.risk || severityOf(fields.risk) !== threat.severity) fields.risk = riskOf(threat.severity);
  const attributes: Loose = { ...(isLoose(fields.attributes) && fields.attributes), ...said };
  return {
    ...fields,
    name: threat.title,
    ...(threat.description && { description: threat.description }),
    ...(Object.keys(attributes).length > 0 && { attributes: attributes as Fields }),
  };
}

const textsOfJson = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(textOf).filter(Boolean) : [];

function free(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}~${n}`;
  taken.add(id);
  return id;
}
