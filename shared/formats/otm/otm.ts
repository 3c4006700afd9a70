import type { Format } from '../format.ts';
import { NAME } from './fields.ts';
import { read, recognises } from './read.ts';
import { write } from './write.ts';

/** Open Threat Model, the interchange format of IriusRisk: read in 0.1 and 0.2, written in 0.2.0. */
export const otm: Format = {
  name: NAME,
  label: 'Open Threat Model (OTM)',
  extension: '.otm',
  mediaType: 'application/json',
  recognises,
  read,
  write,
};
