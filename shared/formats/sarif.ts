/**
 * SARIF 2.1.0, which code scanning tools and trackers read: a result for each threat, a rule for each STRIDE category. What was
 * decided not to need anything more is there as suppressed, so that a tracker closes what it has open.
 */
import { type Severity, THREAT_STATUS, type ThreatStatus } from '../document/threats.ts';
import { CATEGORY, LETTERS } from '../stride/letters.ts';
import type { Format } from './format.ts';
import { notInTables } from './tables/rows.ts';
import type { FileThreat, ThreatModel } from './threat-model.ts';

const LEVEL: Record<Severity, 'note' | 'warning' | 'error'> = {
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};

/** Of 10, as trackers sort by it: the middle of CVSS's band of that name. */
const SECURITY_SEVERITY: Record<Severity, string> = {
  low: '2.0',
  medium: '5.5',
  high: '8.0',
  critical: '9.5',
};

/** Whether somebody still has to do something about it; else why not. */
const SUPPRESSED: Record<ThreatStatus, 'underReview' | 'accepted' | null> = {
  proposed: 'underReview',
  open: null,
  eliminated: 'accepted',
  mitigated: 'accepted',
  accepted: 'accepted',
  transferred: 'accepted',
  rejected: 'accepted',
};

/** For a threat of none of the six categories. */
const OTHER = 'STRIDE-other';

export const sarif: Format = {
  name: 'sarif',
  label: 'Open threats for trackers (SARIF)',
  extension: '.sarif',
  mediaType: 'application/sarif+json',
  write: model => ({
    content: `${JSON.stringify(logOf(model), null, 2)}\n`,
    skipped: notInTables(model),
  }),
};

function logOf(model: ThreatModel) {
  const subjects = new Map(
    model.diagrams.flatMap(({ title, elements, flows, boundaries }) => [
      ...elements.map(({ id, name, kind }) => [id, location(title, name, kind, id)] as const),
      ...flows.map(({ id, name }) => [id, location(title, name, 'data_flow', id)] as const),
      ...boundaries.map(({ id, name }) => [id, location(title, name, 'trust_boundary', id)] as const),
    ]),
  );
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Strideboard', rules } },
        automationDetails: { id: `threat-model/${model.title}` },
        results: model.threats.map(threat => resultOf(threat, subjects)),
      },
    ],
  };
}

const rules = [
  ...LETTERS.map(letter => ({
    id: `STRIDE-${letter}`,
    name: CATEGORY[letter].name,
    shortDescription: { text: CATEGORY[letter].name },
    fullDescription: { text: CATEGORY[letter].question },
    properties: { tags: ['security', 'threat-model', `violates ${CATEGORY[letter].violates}`] },
  })),
  {
    id: OTHER,
    name: 'Other threat',
    shortDescription: { text: 'A threat of another scheme than STRIDE' },
    properties: { tags: ['security', 'threat-model'] },
  },
];

const location = (diagram: string, name: string, kind: string, id: string) => ({
  logicalLocations: [{ name, fullyQualifiedName: `${diagram}/${name}`, kind, properties: { id } }],
});

function resultOf(threat: FileThreat, subjects: Map<string, ReturnType<typeof location>>) {
  const { id, number, title, description, stride, category, target, status, severity, justification } =
    threat;
  const on = subjects.get(target);
  const suppressed = SUPPRESSED[status];
  const ruleIds = stride.map(letter => `STRIDE-${letter}`);
  return {
    ruleId: ruleIds[0] ?? OTHER,
    kind: 'fail',
    level: severity ? LEVEL[severity] : 'warning',
    message: { text: [title || 'Untitled threat', description].filter(text => text !== '').join('\n\n') },
    ...(on && { locations: [on] }),
    partialFingerprints: { 'threatId/v1': id },
    ...(suppressed && {
      suppressions: [
        {
          kind: 'external',
          status: suppressed,
          justification: justification || THREAT_STATUS[status],
        },
      ],
    }),
    properties: {
      status,
      tags: ruleIds.slice(1),
      ...(number !== undefined && { number: `T${number}` }),
      ...(category && { category }),
      ...(severity && { 'security-severity': SECURITY_SEVERITY[severity] }),
      ...(threat.mitigation && { mitigation: threat.mitigation }),
    },
  };
}
