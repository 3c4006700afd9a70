import { writeFile } from 'node:fs/promises';
import { WRITERS } from '#shared/formats/formats.ts';
import type { Skipped, Written } from '#shared/formats/threat-model.ts';
import { UsageError } from './errors.ts';
import type { Options } from './main.ts';
import { readModelOf } from './read.ts';

/** A file or session in another format; what was lost on the way is said on the error output. */
export async function convert([from, format]: string[], options: Options): Promise<number> {
  const writer = WRITERS.find(({ name }) => name === format);
  if (!writer)
    throw new UsageError(
      `There is no format ${format} to write. There are: ${WRITERS.map(({ name }) => name).join(', ')}.`,
    );
  const { model, skipped } = await readModelOf(from!, options);
  const written = await writer.write(model);
  say([...skipped, ...written.skipped]);
  await put(written.content, options.out);
  return 0;
}

export async function put(content: Written['content'], out: string | undefined): Promise<void> {
  if (out) await writeFile(out, content);
  else process.stdout.write(content);
}

/** One line for each thing that could not be represented. */
export function say(skipped: readonly Skipped[]): void {
  for (const { what, why, where } of skipped)
    process.stderr.write(`not represented: ${what}: ${why}${where && ` (${where})`}\n`);
}
