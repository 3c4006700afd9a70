/** A file that somebody brought, read once for all formats that want to look at it. */
import { parseDocument } from 'yaml';
import { isNestedTooDeeply } from '../yaml.ts';
import { FormatError } from './threat-model.ts';

/** Deepest nesting of a file, in levels: real ones stay under 20. */
const MAX_DEPTH = 100;

export type Syntax = 'json' | 'yaml' | 'xml' | 'zip' | 'unknown';

export class Source {
  readonly syntax: Syntax;
  /** Its text, empty for a zip. */
  readonly text: string;
  /** What JSON or YAML holds; undefined for the others. */
  readonly data: unknown;

  /**
   * @param name of the file, or empty; nothing depends on it but messages
   * @throws {FormatError} for what is no text, breaks its own syntax, or is nested too deeply
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly name = '',
  ) {
    if (bytes.length === 0) throw new FormatError('The file is empty.');
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      this.syntax = 'zip';
      this.text = '';
      return;
    }
    this.text = decode(bytes);
    const start = this.text.trimStart();
    if (start.startsWith('<')) this.syntax = 'xml';
    else if (start.startsWith('{') || start.startsWith('[')) {
      this.syntax = 'json';
      this.data = parseJson(this.text);
    } else {
      this.data = parseYaml(this.text);
      this.syntax = typeof this.data === 'object' && this.data !== null ? 'yaml' : 'unknown';
    }
    checkDepth(this.data);
  }
}

function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError('The file is neither text nor a zip archive.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(`The file is not valid JSON: ${(error as Error).message}`);
  }
}

/** Aliases may name a list thousands of times over in a few bytes: `maxAliasCount` ends that. */
function parseYaml(text: string): unknown {
  if (isNestedTooDeeply(text))
    throw new FormatError(`The file is nested more than ${MAX_DEPTH} levels deep.`);
  try {
    const document = parseDocument(text, { logLevel: 'silent', merge: true, stringKeys: true });
    const [error] = document.errors;
    if (error)
      throw new FormatError(
        `The file is not valid YAML: ${error.message}`,
        `line ${error.linePos?.[0].line ?? '?'}`,
      );
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`The file is not valid YAML: ${(error as Error).message}`);
  }
}

function checkDepth(data: unknown): void {
  let level = [data];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new FormatError(`The file is nested more than ${MAX_DEPTH} levels deep.`);
    // Each once: what holds itself through aliases would be more with every level.
    const holders = new Set(level.filter(value => typeof value === 'object' && value !== null));
    level = [...holders].flatMap(value => Object.values(value as object));
  }
}
