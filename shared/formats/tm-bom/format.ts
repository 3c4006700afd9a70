import type { Format } from '../format.ts';
import { isLoose } from '../loose.ts';
import { FormatError } from '../threat-model.ts';
import { EXTENSION, Extension, improve } from './extension.ts';
import { readStandard } from './read.ts';
import { ANY_SCHEMA, NAME } from './schema.ts';
import { write } from './write.ts';

/** OWASP TM-BOM, also called the Threat Model Library's schema, 1.0.2. */
export const tmBom: Format = {
  name: NAME,
  label: 'OWASP TM-BOM',
  extension: '.tm-bom.json',
  mediaType: 'application/json',
  recognises: ({ data }) =>
    isLoose(data) &&
    ((typeof data.$schema === 'string' && ANY_SCHEMA.test(data.$schema)) ||
      (isLoose(data.scope) && Array.isArray(data.trust_zones) && Array.isArray(data.data_flows))),
  read({ data }) {
    if (!isLoose(data)) throw new FormatError('A TM-BOM is one JSON object.');
    const { [EXTENSION]: ours, ...others } = isLoose(data.extensions) ? data.extensions : {};
    const file = { ...data, ...(isLoose(data.extensions) && { extensions: others }) };
    const parsed = ours === undefined ? undefined : Extension.safeParse(ours);
    const extension = parsed?.data;
    const standard = readStandard(file, new Map(extension?.ids), extension?.outside);
    if (parsed && !extension) {
      const where = `extensions["${EXTENSION}"]`;
      standard.parser.skip('our extension', 'it is not as we write it', where);
    }
    if (extension) improve(standard, extension);
    return { model: standard.model, skipped: standard.parser.skipped };
  },
  write,
};
