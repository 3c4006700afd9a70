/** A threat model from a file, or from a session by its id. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readExchange } from '#server/exchange/read.ts';
import type { Skipped, ThreatModel } from '#shared/formats/threat-model.ts';
import type { Options } from './main.ts';
import { call } from './server.ts';

export interface Read {
  model: ThreatModel;
  skipped: Skipped[];
  /** The file says nothing of places: those in the model were worked out. */
  laidOut: boolean;
}

/** @throws {FormatError} for a file that can't be read; {UsageError} for a session that can't */
export async function readModelOf(from: string, options: Options): Promise<Read> {
  if (existsSync(from)) return readExchange(await readFile(from), basename(from));
  const answer = await call(options, `/sessions/${encodeURIComponent(from)}/export/json`);
  return readExchange(new Uint8Array(await answer.arrayBuffer()), `${from}.json`);
}
