/**
 * SARIF 2.1.0, as tools for findings of security take it. A threat is a result of the rule of its first STRIDE category:
 *
 * | status | in SARIF |
 * |---|---|
 * | open | `kind: fail`, its severity as the level |
 * | proposed | `kind: review`: a person has to judge it; no level, as SARIF demands |
 * | eliminated, mitigated | `kind: pass`: looked at, and something was done about it |
 * | accepted, transferred, rejected | `kind: fail`, suppressed outside of the tool, with the reason as its justification |
 */
import { KINDS, type Kind } from '../dfd/kinds.ts';
import type { Json } from '../document/board.ts';
import { type Severity, THREAT_STATUS, type ThreatStatus } from '../document/threats.ts';
import { CATEGORY, LETTERS } from '../stride/letters.ts';
import type { Format } from './format.ts';
import type { FileThreat, Skipped, Thing, ThreatModel } from './threat-model.ts';

export const sarif: Format = {
  name: 'sarif',
  label: 'SARIF',
  extension: '.sarif',
  mediaType: 'application/sarif+json',
  write: model => ({ content: `${JSON.stringify(logOf(model), null, 2)}\n`, skipped: skippedOf(model) }),
};

type Result = 'fail' | 'review' | 'pass' | 'suppressed';

const RESULT: Record<ThreatStatus, Result> = {
  proposed: 'review',
  open: 'fail',
  eliminated: 'pass',
  mitigated: 'pass',
  accepted: 'suppressed',
  transferred: 'suppressed',
  rejected: 'suppressed',
};

const LEVEL: Record<Severity, string> = { low: 'note', medium: 'warning', high: 'error', critical: 'error' };

/** Rule of a threat whose category is none of STRIDE. */
const OTHER = 'OTHER';

const RULES = [
  ...LETTERS.map(letter => ({
    id: `STRIDE-${letter}`,
    name: CATEGORY[letter].name.replace(/\W+(\w)/g, (_, next: string) => next.toUpperCase()),
    shortDescription: { text: CATEGORY[letter].name },
    fullDescription: { text: `${CATEGORY[letter].question} It would violate ${CATEGORY[letter].violates}.` },
    properties: { tags: ['security', 'threat-model'] },
  })),
  {
    id: OTHER,
    name: 'OtherThreat',
    shortDescription: { text: 'Threat of another category' },
    fullDescription: { text: 'A threat that its authors put into none of the categories of STRIDE.' },
    properties: { tags: ['security', 'threat-model'] },
  },
];

function logOf(model: ThreatModel): Json {
  const places = new Places(model);
  const results = model.threats.map(threat => resultOf(threat, places));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Strideboard', rules: RULES } },
        logicalLocations: places.list,
        results,
        properties: { title: model.title, scope: model.scope },
      },
    ],
  };
}

function resultOf(threat: FileThreat, places: Places): Json {
  const { id, title, description, stride, category, status, severity, justification, mitigation } = threat;
  const result = RESULT[status];
  const ruleId = stride[0] ? `STRIDE-${stride[0]}` : OTHER;
  const place = places.of(threat.target);
  const known = { stride, category, severity, justification, mitigation };
  const answered = Object.entries(known).filter(([, value]) => value !== null && value.length > 0);
  return {
    ruleId,
    ruleIndex: RULES.findIndex(rule => rule.id === ruleId),
    kind: result === 'suppressed' ? 'fail' : result,
    level: result === 'review' || result === 'pass' ? 'none' : severity ? LEVEL[severity] : 'warning',
    message: { text: messageText([title, description].filter(Boolean).join('\n\n') || id) },
    ...(place && { locations: [{ logicalLocations: [place] }] }),
    partialFingerprints: { 'threatId/v1': id },
    ...(result === 'suppressed' && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: [THREAT_STATUS[status], justification].filter(Boolean).join(': '),
        },
      ],
    }),
    properties: { status, ...Object.fromEntries(answered) },
  };
}

/** Braces stand for arguments, brackets before a parenthesis for a link (SARIF 3.11.5 and 3.11.6): here they are letters. */
const messageText = (text: string): string =>
  text.replace(/[{}]/g, '$&$&').replace(/\[([^[\]]*)\](?=\()/g, '\\[$1\\]');

/** Where threats are: the pages, and on them the things, as the run's logical locations. */
class Places {
  readonly list: { [key: string]: Json }[] = [];
  private readonly indices = new Map<string, number>();

  constructor({ diagrams }: ThreatModel) {
    for (const diagram of diagrams) {
      const page = this.list.length;
      const pageName = diagram.title || diagram.id;
      this.list.push({ name: pageName, fullyQualifiedName: `${pageName}#${diagram.id}`, kind: 'diagram' });
      const add = (thing: Thing, kind: Kind) => {
        const name = thing.name || thing.id;
        this.indices.set(thing.id, this.list.length);
        this.list.push({
          name,
          fullyQualifiedName: `${pageName}#${diagram.id}/${name}#${thing.id}`,
          kind: KINDS[kind].label.toLowerCase(),
          parentIndex: page,
        });
      };
      for (const element of diagram.elements) add(element, element.kind);
      for (const flow of diagram.flows) add(flow, 'data_flow');
      for (const boundary of diagram.boundaries) add(boundary, 'trust_boundary');
    }
  }

  /** A reference to the place of a thing, with what a reader needs who does not look it up; none for what is gone. */
  of(id: string): { [key: string]: Json } | undefined {
    const index = this.indices.get(id);
    if (index === undefined) return undefined;
    const { name, fullyQualifiedName, kind } = this.list[index]!;
    return { index, name: name!, fullyQualifiedName: fullyQualifiedName!, kind: kind! };
  }
}

function skippedOf({ diagrams, threats }: ThreatModel): Skipped[] {
  const known = new Set(
    diagrams.flatMap(({ elements, flows, boundaries }) =>
      [...elements, ...flows, ...boundaries].map(({ id }) => id),
    ),
  );
  return [
    { what: 'the diagrams', why: 'SARIF holds findings, and of the diagrams what they are on.', where: '' },
    ...threats
      .filter(({ target }) => target !== '' && !known.has(target))
      .map(({ title, target }) => ({
        what: `the place of threat "${title}"`,
        why: `What it is on (${target}) is on no diagram.`,
        where: '',
      })),
  ];
}
