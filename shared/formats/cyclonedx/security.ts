/** Threats, controls and risks of a CycloneDX 2.0 draft. */
import type { ThreatStatus } from '../../document/threats.ts';
import { CATEGORY } from '../../stride/letters.ts';
import type { FileThreat, ThreatModel } from '../threat-model.ts';
import { named, properties, type Refs } from './words.ts';

const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

/** Its life as the format's own words for a risk, and what was decided about it, if anything. */
const STATUS: Record<ThreatStatus, { risk: string | { name: string }; strategy?: string; control: string }> =
  {
    proposed: { risk: 'identified', control: 'recommended' },
    open: { risk: 'assessed', control: 'proposed' },
    eliminated: { risk: 'mitigated', strategy: 'avoid', control: 'implemented' },
    mitigated: { risk: 'mitigated', strategy: 'reduce', control: 'implemented' },
    accepted: { risk: 'accepted', strategy: 'accept', control: 'rejected' },
    transferred: { risk: 'transferred', strategy: 'transfer', control: 'approved' },
    rejected: { risk: { name: 'rejected' }, control: 'rejected' },
  };

/** A threat has no status or severity in CycloneDX: each is the risk that it poses, with the response to it. */
export function securityOf({ threats }: ThreatModel, refs: Refs) {
  const parts = threats.map(threat => partsOf(threat, refs));
  return {
    threats: { threats: parts.map(({ threat }) => threat), methodologies: ['STRIDE'] },
    controls: parts.flatMap(({ control }) => control || []),
    risks: { risks: parts.map(({ risk }) => risk) },
  };
}

function partsOf(threat: FileThreat, refs: Refs) {
  const { title, description, target, severity, status, justification, mitigation } = threat;
  const name = named(title, 'threat');
  const { risk, strategy, control } = STATUS[status];
  const ref = refs.of('threat', threat.id);
  const controlRef = refs.of('control', threat.id);
  const affected = target === '' ? undefined : refs.get('thing', target);
  const response = strategy && {
    'bom-ref': refs.of('response', threat.id),
    strategy,
    ...(justification && { description: justification }),
    ...(mitigation && { controls: [controlRef] }),
  };
  return {
    threat: {
      'bom-ref': ref,
      name,
      ...(description && { description }),
      ...(threat.stride.length > 0 && {
        categories: threat.stride.map(letter => ({
          taxonomy: 'STRIDE',
          category: slug(CATEGORY[letter].name),
        })),
      }),
      ...(affected && { affectedAssets: [affected] }),
      ...(mitigation && { mitigations: [controlRef] }),
      ...properties({ status, severity, category: threat.category, justification }),
    },
    control: mitigation && {
      'bom-ref': controlRef,
      name: `Mitigation of ${name}`,
      description: mitigation,
      status: control,
      ...(affected && { appliesTo: [affected] }),
    },
    risk: {
      'bom-ref': refs.of('risk', threat.id),
      name,
      statement: description || name,
      relatedThreats: [ref],
      ...(affected && { affects: [affected] }),
      ...(severity && { inherentRisk: { score: { level: severity } } }),
      status: risk,
      ...(response && { responses: [response] }),
    },
  };
}
