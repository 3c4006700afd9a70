/** Threats, and the personas, controls and risks that TM-BOM tells of them. */
import { CATEGORY } from '../../stride/letters.ts';
import type { FileThreat, Skipped } from '../threat-model.ts';
import { type Names, slug } from './names.ts';
import * as s from './schema.ts';
import { CONTROL_STATUS, mitigationText, RISK_OF, severityOf } from './texts.ts';
import type { Kept } from './write.ts';

/** A threat must have a persona; this one stands for none. */
const NOBODY = {
  symbolic_name: 'not-assessed',
  title: 'Not assessed',
  description: 'The model does not say who would do it. Skill, access and intent are placeholders.',
  is_person: true,
  skill_level: 'engineer',
  access_level: 'user',
  malicious_intent: true,
  applicability_to_org: 'moderate',
} as const;

interface Security {
  threat_personas: Kept['threat_personas'];
  threats: unknown[];
  controls: s.Control[];
  risks: s.Risk[];
  skipped: Skipped[];
}

/** @param affected name of a component or data store by its id; null for other things */
export function securityOf(
  threats: readonly FileThreat[],
  kept: Kept,
  names: Names,
  affected: (id: string) => string | null,
): Security {
  const skipped: Skipped[] = [];
  const existing = new Set(threats.map(({ id }) => names.of(id)));
  const known = <T extends { threats: string[]; title: string }>(item: T): T => {
    const left = item.threats.filter(name => existing.has(name));
    if (left.length === item.threats.length) return item;
    const gone = item.threats.filter(name => !existing.has(name));
    const what = `${gone.map(name => `"${name}"`).join(', ')} in "${item.title}"`;
    skipped.push({ what, why: 'the model has no such threats any more', where: '' });
    return { ...item, threats: left };
  };
  const controls = kept.controls.map(known);
  const risks = kept.risks.map(known);
  for (const threat of threats) {
    const name = names.of(threat.id);
    mitigate(threat, name, controls, skipped);
    rate(threat, name, risks);
  }
  const written = threats.map(threat => threatOf(threat, names.of(threat.id), affected, skipped));
  const personas = new Set(kept.threat_personas.map(({ symbolic_name }) => symbolic_name));
  const nobody =
    written.some(({ threat_persona }) => threat_persona === NOBODY.symbolic_name) &&
    !personas.has(NOBODY.symbolic_name);
  return {
    threat_personas: [...kept.threat_personas, ...(nobody ? [NOBODY] : [])],
    threats: written,
    controls,
    risks,
    skipped,
  };
}

/** An edited mitigation replaces the controls that it was made of, as far as this threat goes. */
function mitigate(threat: FileThreat, name: string, controls: s.Control[], skipped: Skipped[]): void {
  const mine = controls.filter(control => control.threats.includes(name));
  if (threat.mitigation === mitigationText(mine)) return;
  for (const control of mine) {
    const left = control.threats.filter(each => each !== name);
    const index = controls.indexOf(control);
    if (left.length > 0) controls[index] = { ...control, threats: left };
    else {
      controls.splice(index, 1);
      const why = `the mitigation of "${threat.title}" was edited and stands in its place`;
      skipped.push({ what: `control "${control.title}"`, why, where: '' });
    }
  }
  if (threat.mitigation === '') return;
  controls.push({
    symbolic_name: free(`mitigation-of-${name}`, controls),
    title: `Mitigation of ${threat.title}`,
    description: threat.mitigation,
    threats: [name],
    status: CONTROL_STATUS[threat.status],
    priority: threat.severity ?? 'none',
  });
}

/** A severity that the risks don't give is a risk of its own, which replaces that of the last time. */
function rate(threat: FileThreat, name: string, risks: s.Risk[]): void {
  const mine = risks.filter(risk => risk.threats.includes(name));
  if (threat.severity === severityOf(mine)) return;
  const last = risks.findIndex(risk => risk.symbolic_name === `risk-of-${name}` && risk.threats.length === 1);
  if (last >= 0) risks.splice(last, 1);
  if (threat.severity === null) return;
  risks.push({
    symbolic_name: free(`risk-of-${name}`, risks),
    title: `Risk of ${threat.title}`,
    description: threat.description,
    threats: [name],
    impact_description: `Severity ${threat.severity}; likelihood and impact were not told apart.`,
    ...RISK_OF[threat.severity],
  });
}

function threatOf(
  threat: FileThreat,
  symbolic_name: string,
  affected: (id: string) => string | null,
  skipped: Skipped[],
) {
  const { title, description, target } = threat;
  const extra = s.ThreatExtra.safeParse(threat.foreign?.[s.NAME] ?? {}).data ?? {};
  const name = affected(target);
  if (target !== '' && name === null) {
    const why = 'a threat of TM-BOM affects components and data stores: kept in an extension for others';
    skipped.push({ what: `target of threat "${title}"`, why, where: '' });
  }
  const before = extra.components_affected ?? [];
  const components = name === null || before.includes(name) ? before : [name, ...before.slice(1)];
  const stride = threat.stride.map(letter => CATEGORY[letter].name).join(', ');
  return {
    symbolic_name,
    title,
    description,
    ...(components.length > 0 && { components_affected: components }),
    threat_persona: extra.threat_persona ?? NOBODY.symbolic_name,
    event: extra.event ?? (stride || threat.category || title),
    sources: extra.sources ?? [],
    attack_mechanisms: extra.attack_mechanisms,
    weaknesses: extra.weaknesses,
  };
}

function free(wanted: string, taken: readonly { symbolic_name: string }[]): string {
  const base = slug(wanted);
  let name = base;
  for (let n = 2; taken.some(({ symbolic_name }) => symbolic_name === name); n++) name = `${base}-${n}`;
  return name;
}
