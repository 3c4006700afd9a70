import { describe, expect, it } from 'vitest';
import { FormatError } from '#shared/formats/threat-model.ts';
import { createPool } from './pool.ts';

const script = new URL('../../dist/server/exchange.js', import.meta.url);
const job = (body = new Uint8Array([0x7b, 0x7d])) =>
  ({ kind: 'create', upload: { body, contentType: '', name: '' }, by: { id: 'u', name: 'U' } }) as never;
const wordsOf = (run: Promise<unknown>) =>
  run.then(
    () => 'done',
    (error: Error) => error.message,
  );

describe('a pool of threads', () => {
  it('that is closed ends what runs and what waits, and starts nothing more', async () => {
    const pool = createPool({ threads: 1, script });
    const runs = [job(), job(), job()].map(each => wordsOf(pool.run(each)));
    await pool.close();
    runs.push(wordsOf(pool.run(job())));
    expect(new Set(await Promise.all(runs))).toEqual(new Set(['The file was not read: the server stops.']));
  });
  it('goes on after a job that could not be handed over', async () => {
    const pool = createPool({ threads: 1, script });
    const gone = new Uint8Array([0x7b, 0x7d]);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    // At once, and not as if the file were to blame.
    await expect(pool.run(job(gone))).rejects.not.toBeInstanceOf(FormatError);
    expect(await wordsOf(pool.run(job()))).toMatch(/no threat model of a known format/);
    await pool.close();
  });
});
