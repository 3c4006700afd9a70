/** The threats of a model as rows of a table, for people who work in spreadsheets: see FDA's and IEC 81001-5-1's threat tables. */
import { KINDS, type Kind } from '../../dfd/kinds.ts';
import { readModel } from '../../dfd/read-model.ts';
import { SEVERITY, THREAT_STATUS } from '../../document/threats.ts';
import { CATEGORY, LETTERS } from '../../stride/letters.ts';
import { shapeId, toRecords } from '../session.ts';
import type { FileThreat, Skipped, ThreatModel } from '../threat-model.ts';

export interface Column {
  title: string;
  /** In characters. */
  width: number;
}

export const THREAT_COLUMNS: readonly Column[] = [
  { title: 'No.', width: 7 },
  { title: 'Threat', width: 40 },
  { title: 'Description', width: 50 },
  { title: 'STRIDE', width: 24 },
  { title: 'Category', width: 18 },
  { title: 'On', width: 28 },
  { title: 'Kind', width: 16 },
  { title: 'Diagram', width: 18 },
  { title: 'Crosses', width: 28 },
  { title: 'Status', width: 13 },
  { title: 'Severity', width: 11 },
  { title: 'Justification', width: 40 },
  { title: 'Mitigation', width: 50 },
  { title: 'Id', width: 24 },
];

export const CROSSING_COLUMNS: readonly Column[] = [
  { title: 'Data flow', width: 34 },
  { title: 'From', width: 26 },
  { title: 'To', width: 26 },
  { title: 'Crosses', width: 34 },
  { title: 'Diagram', width: 18 },
  ...LETTERS.map(letter => ({ title: CATEGORY[letter].name, width: 14 })),
];

/** A cell each of {@link THREAT_COLUMNS}, a row for each threat. */
export function threatRows(model: ThreatModel): string[][] {
  const subjects = subjectsOf(model);
  return model.threats.map((threat, i) => {
    const on = subjects.get(threat.target);
    return [
      nameOf(threat, i),
      threat.title,
      threat.description,
      threat.stride.map(letter => CATEGORY[letter].name).join(', '),
      threat.category,
      on?.name ?? 'The whole system',
      on ? KINDS[on.kind].label : '',
      on?.diagram ?? '',
      on?.crosses.join(', ') ?? '',
      THREAT_STATUS[threat.status],
      threat.severity ? SEVERITY[threat.severity] : '',
      threat.justification,
      threat.mitigation,
      threat.id,
    ];
  });
}

/** A cell each of {@link CROSSING_COLUMNS}, a row for each flow that crosses a trust boundary; the threats on it by their numbers. */
export function crossingRows(model: ThreatModel): string[][] {
  const subjects = subjectsOf(model);
  return model.diagrams.flatMap(({ flows }) =>
    flows.flatMap(({ id, source, target }) => {
      const flow = subjects.get(id)!;
      if (flow.crosses.length === 0) return [];
      const ends = [source, target].map(end => ('element' in end ? end.element : ''));
      const names = ends.map(end => subjects.get(end)?.name ?? '');
      const letters = LETTERS.map(letter =>
        model.threats
          .map((threat, i) => ({ threat, name: nameOf(threat, i) }))
          .filter(({ threat }) => threat.status !== 'rejected' && threat.stride.includes(letter))
          .filter(({ threat }) => threat.target !== '' && [id, ...ends].includes(threat.target))
          .map(({ name }) => name)
          .join(', '),
      );
      return [[flow.name, ...names, flow.crosses.join(', '), flow.diagram, ...letters]];
    }),
  );
}

/** What a table of threats leaves out of a model. */
export function notInTables({ diagrams }: ThreatModel): Skipped[] {
  const shapes = diagrams.flatMap(({ elements, flows, boundaries, notes }) => [
    ...elements,
    ...flows,
    ...boundaries,
    ...notes,
  ]);
  if (shapes.length === 0) return [];
  return [
    {
      what: `${diagrams.length > 1 ? 'the diagrams' : 'the diagram'} with ${shapes.length} shapes`,
      why: 'a table holds threats, not drawings',
      where: '',
    },
  ];
}

/** As people call it; in order where the session has not numbered it. */
const nameOf = ({ number }: FileThreat, i: number): string => `T${number ?? i + 1}`;

interface Subject {
  name: string;
  kind: Kind;
  diagram: string;
  /** Names of the boundaries that a flow crosses. */
  crosses: string[];
}

/** What a threat may be on, by its id. */
function subjectsOf(model: ThreatModel): Map<string, Subject> {
  const { flows } = readModel(new Map(toRecords(model).map(record => [record.id, record])));
  const crossed = new Map(flows.map(({ id, crosses }) => [id, crosses]));
  const names = new Map(
    model.diagrams.flatMap(({ boundaries }) => boundaries.map(({ id, name }) => [shapeId(id), name])),
  );
  const subject = (id: string, name: string, kind: Kind, diagram: string): [string, Subject] => [
    id,
    {
      name: name || KINDS[kind].label,
      kind,
      diagram,
      crosses: (crossed.get(shapeId(id)) ?? []).map(each => names.get(each) || 'Trust boundary'),
    },
  ];
  return new Map(
    model.diagrams.flatMap(({ title, elements, flows, boundaries }) => [
      ...elements.map(({ id, name, kind }) => subject(id, name, kind, title)),
      ...flows.map(({ id, name }) => subject(id, name, 'data_flow', title)),
      ...boundaries.map(({ id, name }) => subject(id, name, 'trust_boundary', title)),
    ]),
  );
}
