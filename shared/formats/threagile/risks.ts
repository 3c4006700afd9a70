/**
 * Risks of a Threagile model. Its rules find most of them each time that it runs, and a file holds only those that people added, and
 * what was decided about any of them (`risk_tracking`): a decision about a found one becomes a threat as well, or it would be lost.
 */
import { Ids } from '../ids.ts';
import { type Entry, entriesOf, jsonOf, type Loose, namedEntriesOf, textOf } from '../loose.ts';
import type { FileThreat, Skipped } from '../threat-model.ts';
import { keptOf, NAME, plain } from './fields.ts';
import type { Targets } from './read.ts';
import { letterOf, severityOf, statusOf } from './words.ts';

/** Where people add risks of their own: a map of names, and since Threagile 1 a list with titles. */
export const RISK_CATEGORIES = ['individual_risk_categories', 'custom_risk_categories'] as const;

type Named = Entry & { name: string };

/** A decision, about all risks whose ids its key matches: an asterisk stands for one part between the @ signs. */
interface Tracking extends Entry {
  key: string;
  pattern: readonly string[];
  used: boolean;
}

export function readRisks(data: Loose, targets: Targets, skipped: Skipped[]): FileThreat[] {
  const ids = new Ids();
  const trackings = namedEntriesOf(data.risk_tracking, 'risk_tracking', skipped).map(
    ({ name, ...entry }): Tracking => ({ ...entry, key: name, pattern: name.split('@'), used: false }),
  );
  const all = RISK_CATEGORIES.flatMap(part => titledEntriesOf(data[part], part, skipped));
  const categories = all.flatMap(category => {
    const where = `${category.where}.risks_identified`;
    const risks = titledEntriesOf(category.raw.risks_identified, where, skipped);
    tellStride(category, skipped);
    if (risks.length > 0) return risks.map(risk => ({ category, risk }));
    skipped.push({ what: `risk category "${category.name}"`, why: 'it has no risks', where: category.where });
    return [];
  });
  const added = categories.map(({ category, risk }) => {
    const id = riskId(textOf(category.raw.id) || category.name, risk.raw);
    const tracking = trackings.find(({ pattern }) => matches(pattern, id));
    if (tracking) tracking.used = true;
    return threatOf(ids.take(id), category, risk, { tracking, targets, skipped });
  });
  const found = trackings
    .filter(({ used }) => !used)
    .map(tracking => foundThreat(ids.take(tracking.key), tracking, targets, skipped));
  return [...added, ...found];
}

/** Of a map, or of a list whose entries say how they are called. */
function titledEntriesOf(value: unknown, where: string, skipped: Skipped[]): Named[] {
  if (!Array.isArray(value)) return namedEntriesOf(value, where, skipped);
  return entriesOf(value, where, skipped).map(entry => ({
    ...entry,
    name: textOf(entry.raw.title) || textOf(entry.raw.id),
  }));
}

function tellStride({ name, raw, where }: Named, skipped: Skipped[]): void {
  const word = textOf(raw.stride);
  if (word === '' || letterOf(word)) return;
  skipped.push({
    what: `STRIDE "${word}" of the risk category "${plain(name)}"`,
    why: 'it is none of the six',
    where: `${where}.stride`,
  });
}

/** What Threagile calls the synthetic id. */
function riskId(category: string, raw: Loose): string {
  const parts = ['technical_asset', 'communication_link', 'trust_boundary', 'shared_runtime', 'data_asset'];
  return [category, ...parts.map(part => textOf(raw[`most_relevant_${part}`])).filter(Boolean)].join('@');
}

function matches(pattern: readonly string[], id: string): boolean {
  const parts = id.split('@');
  return (
    parts.length === pattern.length && parts.every((part, i) => pattern[i] === '*' || pattern[i] === part)
  );
}

function threatOf(
  id: string,
  category: Named,
  { name, raw, where }: Named,
  { tracking, targets, skipped }: { tracking: Tracking | undefined; targets: Targets; skipped: Skipped[] },
): FileThreat {
  const letter = letterOf(textOf(category.raw.stride));
  const severity = severityOf(textOf(raw.severity)) ?? null;
  const told = ['id', 'title', 'description', 'impact', 'action', 'mitigation', 'stride', 'risks_identified'];
  const foreign: Loose = {
    ...(keptOf(raw, []).foreign?.[NAME] as Loose | undefined),
    category: keptOf(category.raw, told).foreign?.[NAME],
    tracking: tracking && jsonOf(tracking.raw),
  };
  const said = (...keys: string[]) =>
    keys
      .map(key => plain(category.raw[key]))
      .filter(Boolean)
      .join('\n');
  return {
    id,
    title: plain(name),
    description: [said('description', 'impact'), ratingOf(raw), weaknessOf(category.raw)]
      .filter(Boolean)
      .join('\n'),
    stride: letter ? [letter] : [],
    category: plain(category.name),
    target: targetOf(raw, targets, { where, name }, skipped),
    severity,
    ...decisionOf(tracking, skipped),
    mitigation: said('action', 'mitigation'),
    ...keptOf(foreign, []),
  };
}

/** Of what its severity was made, in Threagile's words. */
function ratingOf(raw: Loose): string {
  const [likelihood, impact] = [textOf(raw.exploitation_likelihood), textOf(raw.exploitation_impact)];
  const parts = [likelihood && `likelihood ${likelihood}`, impact && `impact ${impact}`].filter(Boolean);
  return parts.length > 0 ? `Exploitation: ${parts.join(', ')}` : '';
}

const weaknessOf = ({ cwe }: Loose): string =>
  /^[1-9]\d{0,4}$/.test(textOf(cwe)) ? `CWE-${textOf(cwe)}` : '';

/** The most exact place that it names. */
function targetOf(
  raw: Loose,
  targets: Targets,
  { where, name }: { where: string; name: string },
  skipped: Skipped[],
): string {
  for (const [key, known] of [
    ['most_relevant_communication_link', targets.links],
    ['most_relevant_technical_asset', targets.assets],
    ['most_relevant_trust_boundary', targets.boundaries],
  ] as const) {
    const ref = textOf(raw[key]);
    const id = known.get(ref);
    if (id !== undefined) return id;
    if (ref === '') continue;
    const at = `${where}.${key}`;
    skipped.push({
      what: `target of the risk "${plain(name)}"`,
      why: `"${ref}" is not in the file`,
      where: at,
    });
  }
  for (const [key, word] of [
    ['most_relevant_shared_runtime', 'shared runtime'],
    ['most_relevant_data_asset', 'data asset'],
  ] as const) {
    const ref = textOf(raw[key]);
    if (ref === '') continue;
    const why = `the ${word} "${ref}" is not on the board: taken for the whole system`;
    skipped.push({ what: `target of the risk "${plain(name)}"`, why, where: `${where}.${key}` });
    break;
  }
  return '';
}

function decisionOf(
  tracking: Tracking | undefined,
  skipped: Skipped[],
): Pick<FileThreat, 'status' | 'justification'> {
  if (!tracking) return { status: 'open', justification: '' };
  const { raw, where, key } = tracking;
  const status = statusOf(textOf(raw.status));
  if (!status) {
    const why = 'it is none that Threagile has: taken as open';
    skipped.push({ what: `status of "${key}"`, why, where: `${where}.status` });
  }
  return { status: status ?? 'open', justification: textOf(raw.justification) };
}

/** A risk that a rule of Threagile found: the file says only its id, which names the rule and what the risk is on. */
function foundThreat(id: string, tracking: Tracking, targets: Targets, skipped: Skipped[]): FileThreat {
  const [rule = '', ...places] = tracking.pattern;
  const words = rule.replaceAll('-', ' ').trim();
  const named = places.filter(place => place !== '*');
  const target = [targets.links, targets.assets, targets.boundaries]
    .flatMap(known => named.map(place => known.get(place)))
    .find(found => found !== undefined);
  return {
    id,
    title: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` || tracking.key,
    description: `Found by a rule of Threagile: ${tracking.key}`,
    stride: [],
    category: rule,
    target: target ?? '',
    severity: null,
    ...decisionOf(tracking, skipped),
    mitigation: '',
    foreign: { [NAME]: { tracking: jsonOf(tracking.raw) } },
  };
}
