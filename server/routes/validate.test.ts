import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newSession } from '#shared/api/schemas.ts';
import { describeIssues } from './validate.ts';

const say = (schema: z.ZodType, data: unknown) =>
  describeIssues(schema.safeParse(data).error?.issues ?? [], data);

describe('a refused input is described in words', () => {
  it.each([
    [{}, 'title is missing.'],
    [{ title: '   ' }, 'title must not be empty.'],
    [{ title: 'x'.repeat(10_000) }, 'title is too long: 300 characters are the most.'],
    [{ title: 7 }, 'title must be a string.'],
    [{ title: null }, 'title must be a string.'],
    [{ title: 'T', template: 'pump' }, 'template must be one of blank, wearable-sensor.'],
    [{ name: '' }, 'title is missing. name must not be empty.'],
    [[], 'The body must be an object.'],
    ['text', 'The body must be an object.'],
    [null, 'The body must be an object.'],
  ])('%j', (data, sentence) => {
    expect(say(newSession, data)).toBe(sentence);
  });
  it('counts the entries of a list', () => {
    const schema = z.object({ list: z.array(z.number()).min(2).max(3) });
    expect(say(schema, { list: [1] })).toBe('list is too short: 2 entries are the least.');
    expect(say(schema, { list: [1, 2, 3, 4] })).toBe('list is too long: 3 entries are the most.');
  });
  it('falls back to the words of zod', () => {
    expect(say(z.object({ at: z.url() }), { at: 'x' })).toBe('at: Invalid URL.');
  });
});
