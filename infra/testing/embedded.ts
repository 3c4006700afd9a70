/** Before the tests: an embedded database with its schema, which tests copy, since making one takes seconds of computing. */
import { execFileSync } from 'node:child_process';
import { emptyDirectory } from '#db/testing/directories.ts';
import { ROOT } from '#infra/scripts/prepare.mjs';

/** In a process of its own: what loads this file can't resolve where the migrations are. */
const MAKE = `
  import { openDatabase } from '#db/open.ts';
  await (await openDatabase({ dataDir: process.argv[1] })).close();
`;

export async function setup(): Promise<() => Promise<void>> {
  const { dataDir, remove } = await emptyDirectory();
  const flags = ['--import', 'tsx', '--input-type=module', '--eval', MAKE];
  execFileSync(process.execPath, [...flags, dataDir], { cwd: ROOT, stdio: 'inherit' });
  process.env.EMBEDDED_TEMPLATE = dataDir;
  return remove;
}
