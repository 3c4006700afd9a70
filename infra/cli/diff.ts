import { type Change, changesBetween } from '#shared/formats/changes.ts';
import type { ThreatModel } from '#shared/formats/threat-model.ts';
import type { Options } from './main.ts';
import { readModelOf } from './read.ts';

/** @returns 1 when the second is not the same as the first */
export async function diff([before, after]: string[], options: Options): Promise<number> {
  const [old, now] = [await readModelOf(before!, options), await readModelOf(after!, options)];
  // What was laid out here has no place of its own.
  const ignored = old.laidOut || now.laidOut ? ['place'] : [];
  const changes = changesBetween(byOrder(old.model), byOrder(now.model), ignored);
  const { added, changed, removed, unchanged } = changes;
  if (options.json) process.stdout.write(`${JSON.stringify(changes, null, 2)}\n`);
  else {
    const lines = [...removed.map(line('-')), ...added.map(line('+')), ...changed.map(line('~'))];
    for (const each of lines) process.stdout.write(`${each}\n`);
    process.stdout.write(
      `${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged} the same\n`,
    );
  }
  return added.length + changed.length + removed.length > 0 ? 1 : 0;
}

/** Diagrams go by their order: a session calls the first one by a name of its own. */
const byOrder = (model: ThreatModel): ThreatModel => ({
  ...model,
  diagrams: model.diagrams.map((diagram, n) => ({ ...diagram, id: String(n + 1) })),
});

const line =
  (sign: string) =>
  ({ kind, id, name, what }: Change) =>
    `${sign} ${kind} ${JSON.stringify(name)} (${id})${what.length > 0 ? `: ${what.join(', ')}` : ''}`;
