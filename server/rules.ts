/** The rules that every session of this server is suggested from: the project's, and those of a file that the operator names. */
import { readFile } from 'node:fs/promises';
import { CATALOGUE, Catalogue } from '#shared/stride/catalogue.ts';
import { readRules } from '#shared/stride/rules-file.ts';
import { ConfigError } from './config.ts';

/** @throws {ConfigError} when the file can't be read, or holds a rule that is none: with all that is wrong, by line */
export async function serverCatalogue(file: string | undefined): Promise<Catalogue> {
  if (!file) return CATALOGUE;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ConfigError(`RULES_FILE must be a file that can be read: ${file}`);
  });
  const { rules, errors } = readRules(text, CATALOGUE.ids);
  if (errors.length > 0) {
    const lines = errors.map(({ line, message }) => `  line ${line}: ${message}`);
    throw new ConfigError(`RULES_FILE must hold sound rules; ${file} does not:\n${lines.join('\n')}`);
  }
  return new Catalogue([...CATALOGUE.rules, ...rules]);
}
