/** Directories for the embedded database, each test's own. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
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
  if (template) await cp(template, directory.dataDir, { recursive: true });
  return directory;
}
