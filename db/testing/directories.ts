/** Directories for the embedded database, each test's own. */
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Directory {
  dataDir: string;
  remove(): Promise<void>;
}

/** One with nothing in it: what starts there makes its database first, which takes seconds of computing. */
export async function emptyDirectory(): Promise<Directory> {
  const dataDir = await mkdtemp(join(tmpdir(), 'strideboard-test-'));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

/** One with a database that has its schema and nothing else, where the run made one to copy (infra/testing/embedded.ts). */
export async function freshDirectory(): Promise<Directory> {
  const directory = await emptyDirectory();
  const template = process.env.EMBEDDED_TEMPLATE;
  // A thousand small files: copied one after another they take half the time, and a third of the computing.
  if (template) cpSync(template, directory.dataDir, { recursive: true });
  return directory;
}
