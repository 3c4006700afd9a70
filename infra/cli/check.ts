import { readModel } from '#shared/dfd/read-model.ts';
import { shapeId, toRecords } from '#shared/formats/session.ts';
import { line } from '#shared/formats/text.ts';
import type { ThreatModel } from '#shared/formats/threat-model.ts';
import { isInRow } from '#shared/stride/matrix.ts';
import type { Options } from './main.ts';
import { readModelOf } from './read.ts';

interface Bare {
  flow: string;
  source: string;
  target: string;
}

/** @returns 1 when a flow that crosses a trust boundary has no threat on it, nor on what it connects */
export async function check([from]: string[], options: Options): Promise<number> {
  const { model } = await readModelOf(from!, options);
  const { crossings, bare, findings } = checked(model);
  if (options.json) process.stdout.write(`${JSON.stringify({ crossings, bare, findings }, null, 2)}\n`);
  else {
    for (const { on, message } of findings) process.stderr.write(`${on}: ${message}\n`);
    for (const { flow, source, target } of bare)
      process.stdout.write(`no threat: ${flow} (${source} to ${target})\n`);
    process.stdout.write(
      `${crossings} flows cross a trust boundary, ${bare.length} of them without a threat\n`,
    );
  }
  return bare.length > 0 ? 1 : 0;
}

/** The flows that cross a boundary, those of them that nobody has a threat for, and what is odd about the diagram. */
export function checked(model: ThreatModel) {
  const { elements, flows, boundaries, findings } = readModel(
    new Map(toRecords(model).map(record => [record.id, record])),
  );
  const names = new Map([...elements, ...flows, ...boundaries].map(({ id, name }) => [id, line(name) || id]));
  const nameOf = (id: string | null) => (id && names.get(id)) ?? 'nothing';
  const crossing = flows.filter(({ crosses }) => crosses.length > 0);
  const targets = model.threats
    .filter(({ status }) => status !== 'rejected')
    .map(({ target }) => shapeId(target));
  const bare: Bare[] = crossing
    .filter(flow => !targets.some(target => isInRow(flow, target)))
    .map(({ id, source, target }) => ({ flow: nameOf(id), source: nameOf(source), target: nameOf(target) }));
  return {
    crossings: crossing.length,
    bare,
    findings: findings.map(({ code, on, message }) => ({ code, on: nameOf(on), message })),
  };
}
