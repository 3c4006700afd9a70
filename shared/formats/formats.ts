/** Every format there is, and what a file is. */
import { cyclonedx } from './cyclonedx/format.ts';
import { drawio } from './drawio/drawio.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';
import { mermaid } from './mermaid.ts';
import { otm } from './otm/otm.ts';
import { pytm } from './pytm/pytm.ts';
import { sarif } from './sarif.ts';
import type { Source } from './source.ts';
import { csv } from './spreadsheet/csv.ts';
import { xlsx } from './spreadsheet/xlsx.ts';
import { threagile } from './threagile/threagile.ts';
import { threatDragon, threatDragonV1 } from './threat-dragon/format.ts';
import { FormatError } from './threat-model.ts';
import { tmBom } from './tm-bom/format.ts';
import { tm7 } from './tm7/tm7.ts';

/** In the order in which a file is shown to them: the first that knows it reads it. */
export const FORMATS: readonly Format[] = [
  threatDragon,
  threatDragonV1,
  tm7,
  otm,
  threagile,
  pytm,
  drawio,
  tmBom,
  cyclonedx,
  mermaid,
  csv,
  xlsx,
  sarif,
  json,
];

export type Reader = Format & Required<Pick<Format, 'read' | 'recognises'>>;
export type Writer = Format & Required<Pick<Format, 'write'>>;

export const READERS = FORMATS.filter((format): format is Reader => format.read !== undefined);
export const WRITERS = FORMATS.filter((format): format is Writer => format.write !== undefined);

/** @throws {FormatError} when no format knows it */
export function formatOf(source: Source): Reader {
  const format = READERS.find(({ recognises }) => recognises(source));
  if (format) return format;
  const known = READERS.map(({ label }) => label).join(', ');
  throw new FormatError(`This is no threat model of a known format. Known are: ${known}.`);
}
