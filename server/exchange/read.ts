/** What a file says, ready for a board. */
import { formatOf } from '#shared/formats/formats.ts';
import { layOut } from '#shared/formats/layout/layout.ts';
import { makeSound } from '#shared/formats/sound.ts';
import { Source } from '#shared/formats/source.ts';
import type { Reading, Skipped, ThreatModel } from '#shared/formats/threat-model.ts';

export interface Exchange {
  /** Name of the format that it was in. */
  format: string;
  model: ThreatModel;
  skipped: Skipped[];
  /** Whether something was given a place that the file says none of. */
  laidOut: boolean;
}

/**
 * Reads a file of any format, makes it sound and gives everything a place.
 * @param name of the file, or empty
 * @throws {FormatError} when it can't be read
 */
export async function readExchange(bytes: Uint8Array, name: string): Promise<Exchange> {
  const { format, model, skipped } = readSound(new Source(bytes, name));
  return { format, skipped, ...(await layOut(model)) };
}

/** As {@link readExchange}, with no place but the file's own. */
export function readSound(source: Source): Reading & { format: string } {
  const format = formatOf(source);
  return { format: format.name, ...makeSound(format.read(source)) };
}
