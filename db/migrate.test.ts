import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import journal from './migrations/meta/_journal.json' with { type: 'json' };
import { openDatabase } from './open.ts';
import * as schema from './schema.ts';
import { freshDatabase } from './testing/databases.ts';

const { generateDrizzleJson, generateMigration } = createRequire(import.meta.url)('drizzle-kit/api');

test('nodes that start together apply each migration once', async () => {
  const { url, drop } = await freshDatabase();
  const nodes = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url, dataDir: '' })));
  const applied = await nodes[0]!.orm.execute(sql`select hash from drizzle.__drizzle_migrations`);
  expect(applied).toHaveLength(journal.entries.length);
  await Promise.all(nodes.map(node => node.close()));
  await drop();
});

test('the migrations end at the schema: nothing waits to be generated', async () => {
  const last = String(journal.entries.at(-1)!.idx).padStart(4, '0');
  const snapshot = await readFile(
    new URL(`./migrations/meta/${last}_snapshot.json`, import.meta.url),
    'utf8',
  );
  const current = generateDrizzleJson(schema, undefined, undefined, 'snake_case');
  expect(await generateMigration(JSON.parse(snapshot), current)).toEqual([]);
});
