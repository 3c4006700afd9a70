/**
 * draw.io (diagrams.net): drawings with the shapes of its threat modeling library, or of others where they can be understood. A cell's
 * custom attribute `dfd` says what it is, whatever its look; attributes of `dfd/attributes.ts` are custom attributes as well.
 */
import type { Format } from '../format.ts';
import { isDrawio } from './file.ts';
import { readDrawio } from './read.ts';
import { writeDrawio } from './write.ts';

export const drawio: Format = {
  name: 'drawio',
  label: 'draw.io',
  extension: '.drawio',
  mediaType: 'application/vnd.jgraph.mxfile',
  recognises: ({ syntax, text }) => syntax === 'xml' && isDrawio(text),
  read: readDrawio,
  write: writeDrawio,
};
