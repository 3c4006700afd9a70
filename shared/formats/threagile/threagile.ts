import type { Format } from '../format.ts';
import { NAME } from './fields.ts';
import { read, recognises } from './read.ts';

/** Threagile's model as YAML or JSON, read only. */
export const threagile: Format = {
  name: NAME,
  label: 'Threagile',
  extension: '.yaml',
  mediaType: 'application/yaml',
  recognises,
  read,
};
