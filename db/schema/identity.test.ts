import { getAuthTables } from 'better-auth/db';
import { anonymous } from 'better-auth/plugins/anonymous';
import { getTableColumns } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { account, session, user, verification } from './identity.ts';

const tables = { account, session, user, verification };

test('every table and column that better-auth asks for is there', () => {
  for (const [name, { fields }] of Object.entries(getAuthTables({ plugins: [anonymous()] }))) {
    const columns = getTableColumns(tables[name as keyof typeof tables]);
    expect(Object.keys(columns).sort(), name).toEqual(['id', ...Object.keys(fields)].sort());
  }
});
