/** Findings of pytm: a threat of its library on one element, flow or boundary. */

import type { Severity, ThreatStatus } from '../../document/threats.ts';
import { Ids } from '../ids.ts';
import { isLoose } from '../loose.ts';
import type { FileThreat, Skipped } from '../threat-model.ts';
import type { Named } from './things.ts';
import { blockOf, type Fields, fieldOf, kept, lineOf, listOf, memberOf, nameOf, wordOf } from './values.ts';

/** By the first word of a finding's response. */
const RESPONSES = new Map<string, ThreatStatus>([
  ['mitigated', 'mitigated'],
  ['transferred', 'transferred'],
  ['avoided', 'eliminated'],
  ['accepted', 'accepted'],
]);

const SEVERITIES = new Map<string, Severity>([
  ['very low', 'low'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['very high', 'critical'],
  ['critical', 'critical'],
]);

/** Fields that the threat tells itself. */
const TOLD = new Set([
  ...['id', 'target', 'description', 'details', 'mitigations', 'response', 'severity', 'element'],
]);

export function readFindings(model: Fields, named: Named[], skipped: Skipped[]): FileThreat[] {
  const ids = new Ids();
  const byName = new Map<string, Named[]>();
  for (const one of named) {
    const namesakes = byName.get(one.name);
    if (namesakes) namesakes.push(one);
    else byName.set(one.name, [one]);
  }
  const found = new Set<string>();
  const read = (list: string, excluded: boolean): FileThreat[] =>
    listOf(model, list).flatMap((finding, i) => {
      const where = `${list}[${i}]`;
      if (!isLoose(finding)) {
        skipped.push({ what: where, why: 'It is no object.', where });
        return [];
      }
      const target = targetOf(finding, byName, where, skipped);
      const override = target && overridesOf(target).find(one => sameThreat(one, finding));
      if (override) found.add(keyOf(override, target));
      return [threatOf({ ...finding, ...override }, { target, excluded, where, ids, skipped })];
    });
  const threats = [...read('findings', false), ...read('excluded_findings', true)];
  /** What somebody ruled before pytm found it. */
  const ruled = named.flatMap(target =>
    overridesOf(target)
      .filter(override => !found.has(keyOf(override, target)))
      .map(override => {
        const where = `${target.where}.overrides`;
        return threatOf(override, { target, excluded: false, where, ids, skipped });
      }),
  );
  return [...threats, ...ruled];
}

const overridesOf = ({ fields }: Named): Fields[] => listOf(fields, 'overrides').filter(isLoose);
const sameThreat = (a: Fields, b: Fields): boolean =>
  lineOf(a, 'threat_id') !== '' && lineOf(a, 'threat_id') === lineOf(b, 'threat_id');
const keyOf = (finding: Fields, target: Named): string => `${lineOf(finding, 'threat_id')} ${target.id}`;

/** By the numbers that each thing lists, for flows may share a name; else by name. */
function targetOf(
  finding: Fields,
  byName: Map<string, Named[]>,
  where: string,
  skipped: Skipped[],
): Named | undefined {
  const [id, name] = [lineOf(finding, 'id'), nameOf(fieldOf(finding, 'target'))];
  const namesakes = byName.get(name) ?? [];
  const lists = ({ fields }: Named): boolean => listOf(fields, 'findings').some(one => wordOf(one) === id);
  const target = (id !== '' && namesakes.find(lists)) || namesakes[0];
  if (!target && name !== '')
    skipped.push({
      what: `target "${name}" of a finding`,
      why: 'It is not in the file; the threat is on the whole system.',
      where,
    });
  return target;
}

interface Around {
  target: Named | undefined;
  excluded: boolean;
  where: string;
  ids: Ids;
  skipped: Skipped[];
}

function threatOf(finding: Fields, { target, excluded, where, ids, skipped }: Around): FileThreat {
  const threatId = lineOf(finding, 'threat_id');
  const title = lineOf(finding, 'description') || threatId || 'Finding';
  const severity = memberOf(finding, 'severity').replaceAll('_', ' ').toLowerCase();
  const own = kept(finding, TOLD);
  if (own === null)
    skipped.push({ what: `own fields of "${title}"`, why: 'They are too long to keep.', where });
  const references = blockOf(finding, 'references');
  const refs = { cwe: numbers(references, 'cwe'), capec: numbers(references, 'capec') };
  const foreign = {
    ...own,
    ...(severity && !['low', 'medium', 'high'].includes(severity) && { severity }),
    ...(refs.cwe.length > 0 && { cwe: refs.cwe }),
    ...(refs.capec.length > 0 && { capec: refs.capec }),
  };
  return {
    id: ids.take(`${threatId || title}@${target?.id ?? ''}`),
    title,
    description: blockOf(finding, 'details'),
    stride: [],
    category: '',
    target: target?.id ?? '',
    ...statusOf(finding, excluded),
    severity: SEVERITIES.get(severity) ?? null,
    mitigation: blockOf(finding, 'mitigations'),
    ...(Object.keys(foreign).length > 0 && { foreign: { pytm: foreign } }),
  };
}

/** What nobody ruled is what the tool proposes; an assumption excludes a finding. */
function statusOf(finding: Fields, excluded: boolean): Pick<FileThreat, 'status' | 'justification'> {
  const response = blockOf(finding, 'response');
  if (excluded && response === '') {
    const assumption = fieldOf(finding, 'assumption');
    const why = isLoose(assumption) ? blockOf(assumption, 'description') : '';
    return { status: 'rejected', justification: [nameOf(assumption), why].filter(Boolean).join(': ') };
  }
  const [, word = '', rest = ''] = /^(\w*)[\s:,;.–-]*([\s\S]*)$/.exec(response) ?? [];
  const status = RESPONSES.get(word.toLowerCase());
  if (status) return { status, justification: rest };
  return { status: response === '' ? 'proposed' : 'open', justification: response };
}

/** Numbers of a catalogue of MITRE in links and words: CWE-79, `cwe.mitre.org/data/definitions/79.html`. */
function numbers(text: string, catalogue: 'cwe' | 'capec'): number[] {
  const pattern = new RegExp(`\\b${catalogue}(?:-|\\.mitre\\.org/data/definitions/)(\\d{1,6})`, 'gi');
  return [...new Set([...text.matchAll(pattern)].map(([, digits]) => Number(digits)))];
}
