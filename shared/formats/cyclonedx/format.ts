import type { Format } from '../format.ts';
import type { Skipped, ThreatModel, Written } from '../threat-model.ts';
import { blueprintOf } from './blueprint.ts';
import { securityOf } from './security.ts';
import { Refs } from './words.ts';

/** The file says of itself what the label says: nobody should take it for a released standard. */
const DRAFT =
  'CycloneDX 2.0 is a draft: this follows the schemas of the branch 2.0-dev and may not be read by released tools.';

/**
 * The threat model of the CycloneDX 2.0 draft (CycloneDX/specification, branch 2.0-dev, schema/2.0/model): blueprints hold diagrams,
 * a threat's status and severity are a risk with its response.
 */
export const cyclonedx: Format = {
  name: 'cyclonedx',
  label: 'CycloneDX 2.0 threat model (draft)',
  extension: '.cdx.json',
  mediaType: 'application/vnd.cyclonedx+json',
  write,
};

function write(model: ThreatModel): Written {
  const skipped: Skipped[] = [];
  const refs = new Refs();
  // The diagrams first: their things keep their ids as references.
  const blueprints = model.diagrams.map((diagram, n) => blueprintOf(diagram, n, model, refs, skipped));
  const { threats, controls, risks } = securityOf(model, refs);
  if (model.diagrams.some(({ elements }) => elements.some(({ box }) => box))) {
    skipped.push({ what: 'places on the page', why: 'CycloneDX has none', where: '' });
  }
  const file = {
    specFormat: 'CycloneDX',
    specVersion: '2.0',
    version: 1,
    metadata: { properties: [{ name: 'strideboard:draft', value: DRAFT }] },
    blueprints,
    threats,
    controls,
    risks,
  };
  return { content: `${JSON.stringify(file, null, 2)}\n`, skipped };
}
