import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createLog } from './log.ts';

it('logs an error of the database without what people wrote', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: line => lines.push(line) });
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (title)=(Secret pump)',
  });
  const error = new DrizzleQueryError('insert into sessions values ($1)', ['Secret pump'], cause);
  log.error({ error }, 'unexpected error');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('Secret pump');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    msg: 'unexpected error',
    error: {
      message: 'Failed query: insert into sessions values ($1)',
      cause: { code: '23505', message: 'duplicate key' },
    },
  });
});
