/** OWASP Threat Dragon: files of release 2 are read and written, those of release 1 read. */

import type { Format } from '../format.ts';
import { isLoose, type Loose } from '../loose.ts';
import type { Source } from '../source.ts';
import { listOf, objectOf } from './json.ts';
import { migrate } from './migrate.ts';
import { FORMAT } from './names.ts';
import { readFile } from './read.ts';
import { write } from './write.ts';

export const threatDragon: Format = {
  name: FORMAT,
  label: 'OWASP Threat Dragon',
  extension: '.json',
  mediaType: 'application/json',
  recognises: source => releaseOf(source.data) === 2,
  read: source => readFile(dataOf(source), { cells: 'cells', threats: 'data.threats' }),
  write,
};

export const threatDragonV1: Format = {
  name: 'threat-dragon-v1',
  label: 'OWASP Threat Dragon 1',
  extension: '.json',
  mediaType: 'application/json',
  recognises: source => releaseOf(source.data) === 1,
  read: source => readFile(migrate(dataOf(source)), { cells: 'diagramJson.cells', threats: 'threats' }),
};

const dataOf = ({ data }: Source): Loose => objectOf(data);

/** Which release wrote the file; undefined when none did. */
function releaseOf(data: unknown): 1 | 2 | undefined {
  if (!isLoose(data) || !isLoose(data.summary) || !isLoose(data.detail)) return undefined;
  const diagrams = listOf(data.detail.diagrams).map(objectOf);
  if (diagrams.some(({ cells }) => Array.isArray(cells))) return 2;
  if (diagrams.some(({ diagramJson }) => isLoose(diagramJson))) return 1;
  return typeof data.version === 'string' && !data.version.startsWith('1') ? 2 : 1;
}
