/**
 * A threat model as tables that a reviewer can follow: one of the threats, one of the flows over trust boundaries. The columns are
 * those of what FDA's premarket guidance (V.A.1), IEC 81001-5-1 (7.2) and tables 4 and 5 of the MITRE/MDIC playbook ask of a threat
 * that a model can answer.
 */
import { attributesOf } from '../../dfd/attributes.ts';
import { KINDS, type Kind } from '../../dfd/kinds.ts';
import { SEVERITY, THREAT_STATUS } from '../../document/threats.ts';
import { CATEGORY } from '../../stride/letters.ts';
import type { Diagram, End, FileFlow, FileThreat, Skipped, Thing, ThreatModel } from '../threat-model.ts';
import { crossingsIn } from './crossings.ts';

export interface Table {
  name: string;
  columns: readonly Column[];
  rows: string[][];
}

export interface Column {
  title: string;
  /** In characters. */
  width: number;
}

const column = (title: string, width: number): Column => ({ title, width });

const THREAT_COLUMNS = [
  column('Threat', 14),
  column('Title', 40),
  column('Description', 60),
  column('STRIDE', 10),
  column('Category', 28),
  column('Property at risk', 20),
  column('On', 28),
  column('Kind', 16),
  column('Element id', 14),
  column('Diagram', 20),
  column('Path', 36),
  column('Interface', 18),
  column('Crosses', 28),
  column('CWE', 12),
  column('Attack references', 18),
  column('Severity', 10),
  column('Strategy', 12),
  column('Rationale', 40),
  column('Mitigation', 60),
  column('Owner', 20),
  column('Tags', 20),
  column('Same as', 10),
];

const CROSSING_COLUMNS = [
  column('Diagram', 20),
  column('Flow', 28),
  column('From', 28),
  column('To', 28),
  column('Direction', 12),
  column('Interface', 18),
  column('Carries', 28),
  column('Crosses', 28),
  column('Threats', 20),
];

/** Something that a threat may be on, with its page. */
interface Place {
  kind: Kind;
  thing: Thing;
  diagram: Diagram;
  flow: FileFlow | null;
}

export function threatTable(model: ThreatModel): Table {
  const { diagrams, threats } = model;
  const places = new Map(diagrams.flatMap(placesOf).map(place => [place.thing.id, place]));
  const names = new Map(threats.map(threat => [threat.id, refOf(threat)]));
  const crossed = crossingsIn(model);
  const rows = threats.map(threat => {
    const place = places.get(threat.target);
    const { flow = null, diagram, kind } = place ?? {};
    const text = JSON.stringify([threat.title, threat.description, threat.mitigation, threat.foreign ?? {}]);
    return [
      refOf(threat),
      threat.title,
      threat.description,
      threat.stride.join(' '),
      [...threat.stride.map(letter => CATEGORY[letter].name), threat.category].filter(Boolean).join(', '),
      threat.stride.map(letter => CATEGORY[letter].violates).join(', '),
      place ? nameOf(place.thing) : threat.target ? 'Removed from the diagrams' : 'Whole system',
      kind ? KINDS[kind].label : '',
      threat.target,
      diagram?.title ?? '',
      flow && diagram ? pathOf(diagram, flow) : '',
      flow ? answerOf(flow, 'protocol') : '',
      flow ? namesOf(crossed(flow)) : '',
      found(text, /CWE-\d{1,5}/g),
      found(text, /CAPEC-\d{1,4}|TID-\d{3}|\bT[01]\d{3}(?:\.\d{3})?\b/g),
      threat.severity ? SEVERITY[threat.severity] : '',
      THREAT_STATUS[threat.status],
      threat.justification,
      threat.mitigation,
      threat.owner ?? '',
      (threat.tags ?? []).join(', '),
      threat.into ? (names.get(threat.into) ?? threat.into) : '',
    ];
  });
  return { name: 'Threats', columns: THREAT_COLUMNS, rows };
}

export function crossingTable(model: ThreatModel): Table {
  const crossed = crossingsIn(model);
  const rows = model.diagrams.flatMap(diagram =>
    diagram.flows.flatMap(flow => {
      const boundaries = crossed(flow);
      if (boundaries.length === 0) return [];
      return [
        [
          diagram.title,
          nameOf(flow),
          endName(diagram, flow.source),
          endName(diagram, flow.target),
          flow.bidirectional ? 'both ways' : 'one way',
          answerOf(flow, 'protocol'),
          answerOf(flow, 'payload'),
          namesOf(boundaries),
          threatsOn(model.threats, flow.id),
        ],
      ];
    }),
  );
  return { name: 'Crossings', columns: CROSSING_COLUMNS, rows };
}

/** As people call it, or as its file does. */
const refOf = ({ number, id }: FileThreat): string => (number === undefined ? id : `T${number}`);

/** What a table does not hold of a model. */
export const NOT_IN_TABLES: Skipped = {
  what: 'the diagrams',
  why: 'A table holds the threats, and of the diagrams what they are on.',
  where: '',
};

function placesOf(diagram: Diagram): Place[] {
  const place = (kind: Kind, thing: Thing, flow: FileFlow | null = null) => ({ kind, thing, diagram, flow });
  return [
    ...diagram.elements.map(element => place(element.kind, element)),
    ...diagram.flows.map(flow => place('data_flow', flow, flow)),
    ...diagram.boundaries.map(boundary => place('trust_boundary', boundary)),
  ];
}

const nameOf = ({ name, id }: Pick<Thing, 'name' | 'id'>): string => name || id;
const namesOf = (things: readonly Thing[]): string => things.map(nameOf).join(', ');

const pathOf = (diagram: Diagram, { source, target, bidirectional }: FileFlow): string =>
  `${endName(diagram, source)} ${bidirectional ? '↔' : '→'} ${endName(diagram, target)}`;

function endName({ elements }: Diagram, end: End): string {
  const element = 'element' in end && elements.find(({ id }) => id === end.element);
  return element ? nameOf(element) : 'nothing';
}

const threatsOn = (threats: readonly FileThreat[], id: string): string =>
  threats
    .filter(({ target }) => target === id)
    .map(refOf)
    .join(', ');

/** An answer in the words of its attribute. */
function answerOf(flow: FileFlow, key: string): string {
  const values = attributesOf('data_flow').find(attribute => attribute.key === key)?.values ?? [];
  return [flow.attributes[key] ?? []]
    .flat()
    .map(answer => values.find(({ value }) => value === answer)?.label ?? answer)
    .join(', ');
}

const found = (text: string, pattern: RegExp): string => [...new Set(text.match(pattern) ?? [])].join(', ');
