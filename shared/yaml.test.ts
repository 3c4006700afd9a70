import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readRules } from './stride/rules-file.ts';
import { isNestedTooDeeply } from './yaml.ts';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

it.each([
  ['brackets', '['.repeat(5000)],
  ['brackets of two kinds', '{['.repeat(6000)],
  ['brackets after words', `a: ${'[ '.repeat(101)}`],
  ['dashes', '- '.repeat(5000)],
  ['dashes and questions', '- ? '.repeat(3000)],
  ['indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
])('%s without end are seen before anything is parsed', (_, text) => {
  expect(isNestedTooDeeply(text)).toBe(true);
});

it('texts that people write are not', () => {
  for (const file of [
    './formats/testing/models/threagile/example-threagile.yaml',
    './formats/testing/models/otm/tf_example.yaml',
    '../infra/bench/quality/amps.yaml',
  ])
    expect(isNestedTooDeeply(read(file)), file).toBe(false);
  expect(isNestedTooDeeply(`- [a]\n${'- { b: [c] }\n'.repeat(10_000)}`)).toBe(false);
});

it('one hostile rules file after another ends no process', () => {
  for (const text of [
    '['.repeat(4977),
    '{['.repeat(6092),
    '['.repeat(49_000),
    '{'.repeat(49_000),
    '- '.repeat(49_000),
  ]) {
    expect(readRules(text).errors).toEqual([{ line: 1, message: 'this is nested too deeply' }]);
  }
});
