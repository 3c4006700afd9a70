/** Where the flows of a file cross its trust boundaries: as on the board. */
import { readModel } from '../../dfd/read-model.ts';
import { shapeId, toRecords } from '../session.ts';
import type { FileBoundary, FileFlow, ThreatModel } from '../threat-model.ts';

/** @returns the boundaries that a flow crosses */
export function crossingsIn(model: ThreatModel): (flow: FileFlow) => FileBoundary[] {
  const { flows } = readModel(new Map(toRecords(model).map(record => [record.id, record])));
  const crossed = new Map(flows.map(({ id, crosses }) => [id, new Set(crosses)]));
  const boundaries = model.diagrams.flatMap(diagram => diagram.boundaries);
  return ({ id: flow }) => boundaries.filter(({ id }) => crossed.get(shapeId(flow))?.has(shapeId(id)));
}
