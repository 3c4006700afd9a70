import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { LIMITS } from '../document/rights.ts';
import { RULES } from './catalogue/rules.ts';
import type { Rule } from './rule.ts';
import { readRules } from './rules-file.ts';

const RULE = `- id: OWN-1
  title: The service port is open
  explanation: Somebody plugs in.
  stride: [E]
  applies_to: [data_flow]
  when:
    flow.protocol: [serial, usb]
    flow.authenticated: [no, unknown]
  harm: indirect
  vulnerability: Nobody asks.
  control: Ask.
  fda_control: [authentication]
  safety_note: Decide.
  cwe: [CWE-306]
  capec: []
  emb3d: []
  sources: [Us]
  test:
    fires: { flow.protocol: serial }
    silent: { flow.protocol: ble }
`;
/** The rule with one line in the place of another. */
const changed = (line: string, instead: string) => {
  expect(RULE).toContain(line);
  return RULE.replace(line, instead);
};
const errorsOf = (text: string) => readRules(text).errors;

describe('a sound file', () => {
  test('is read as its rules, as a list or under the key rules', () => {
    const nested = `rules:\n${RULE.replace(/^/gm, '  ')}`;
    for (const text of [RULE, nested, JSON.stringify([readRules(RULE).rules[0]])]) {
      expect(readRules(text)).toMatchObject({ rules: [{ id: 'OWN-1' }], errors: [] });
    }
  });

  test('may hold any rule of the catalogue', () => {
    for (let i = 0; i < RULES.length; i += 40) {
      const rules = RULES.slice(i, i + 40);
      expect(readRules(stringify(rules, { aliasDuplicateObjects: false }))).toEqual({ rules, errors: [] });
    }
  });
});

describe('what is wrong is said with its line', () => {
  test.each<[what: string, text: string, line: number, message: RegExp]>([
    ['a syntax error', `${RULE}- id: [OWN-2\n`, 22, /flow/i],
    [
      'a key that is there twice',
      changed('  harm: indirect', '  harm: indirect\n  harm: none'),
      10,
      /harm is there already/,
    ],
    ['an unknown key', changed('  harm: indirect', '  harm: indirect\n  extra: 1'), 10, /extra/],
    ['a missing key', changed('  harm: indirect\n', ''), 1, /harm/],
    ['a wrong value', changed('harm: indirect', 'harm: awful'), 9, /harm/],
    ['a wrong value in a list', changed('[CWE-306]', '\n    - CWE-306\n    - "306"'), 16, /cwe\.1/],
    ['an id that is none', changed('OWN-1', 'own'), 1, /BLE-01/],
    ['an unknown attribute', changed('flow.protocol: [serial, usb]', 'flow.colour: red'), 7, /flow\.colour/],
    ['an unknown answer', changed('[serial, usb]', '[serial, string]'), 7, /no answer "string"/],
    ['a test without a part', changed('flow.protocol: [serial, usb]', 'protocol: usb'), 7, /is no test/],
    [
      'a kind on which it can never hold',
      changed('[data_flow]', '[data_flow, process]').replace('when:', 'when:\n    asked: data_flow'),
      5,
      /never hold for a process/,
    ],
    ['an example that does not fire', changed('protocol: serial }', 'protocol: ble }'), 19, /does not fire/],
    ['an example that is not silent', changed('protocol: ble }', 'protocol: usb }'), 20, /should not/],
    ['an id twice', RULE + RULE, 21, /OWN-1 already/],
    ['a rule that is a word', `${RULE}- nothing\n`, 21, /rule 2/],
    ['a rule that is nothing', `${RULE}-\n`, 21, /rule 2/],
    ['no list', 'hello', 1, /list of rules/],
    ['nothing', '', 1, /list of rules/],
    ['another key', `rule:\n${RULE}`, 1, /list of rules/],
  ])('%s', (_, text, line, message) => {
    const { errors } = readRules(text);
    expect(errors).toMatchObject([{ line, message: expect.stringMatching(message) }]);
  });

  test('an id of the server’s rules', () => {
    expect(readRules(RULE, new Set(['OWN-1']))).toMatchObject({ rules: [], errors: [{ line: 1 }] });
  });

  test('several at once, in the order of their lines, beside the sound rules', () => {
    const second = changed('OWN-1', 'OWN-2').replace('harm: indirect', 'harm: x').replace('[E]', '[Q]');
    const { rules, errors } = readRules(RULE + second);
    expect(rules.map(({ id }: Rule) => id)).toEqual(['OWN-1']);
    expect(errors.map(({ line }) => line)).toEqual([24, 29]);
  });

  test('each on its own line where lines end as on Windows', () => {
    expect(errorsOf(changed('harm: indirect', 'harm: awful').replaceAll('\n', '\r\n'))).toMatchObject([
      { line: 9 },
    ]);
  });
});

describe('a hostile file', () => {
  const BOMB = `- &a [x, x, x, x, x, x, x, x, x]
- &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
- &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
- &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
- &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
`;
  const LONG = 'x'.repeat(LIMITS.rules);
  const times = (text: string) => text.repeat(Math.floor(LIMITS.rules / text.length));
  const keys = (n: number) => Array.from({ length: n }, (_, i) => `k${i}: 1\n`).join('');

  test.each([
    ['a bomb of aliases', BOMB],
    ['an alias of a rule', `${RULE.replace('- id', '- &one\n  id')}- *one\n`],
    ['an alias of itself', '- &a [*a]'],
    ['an alias of nothing', '- *gone'],
    ['a merge of an alias', `base: &b\n  x: 1\nrules:\n  - <<: *b\n    id: OWN-1\n`],
    ['a list a hundred thousand deep', times('[')],
    ['a map a hundred thousand deep', times('{a: ')],
    ['a list of lists by dashes', times('- ')],
    ['a map of very many keys', keys(16_000)],
    ['a rule of very many keys', `- id: OWN-1\n${keys(13_000).replace(/^k/gm, '  k')}`],
    ['very many rules', times('- a\n')],
    ['very many errors', times('- id: }\n')],
    ['one long word', LONG],
    ['a too long file', `${LONG}x`],
    ['a prototype', '- __proto__: { id: OWN-1 }\n  constructor: 1\n'],
    ['a prototype as the list', '__proto__: []\n'],
    ['several documents', `${RULE}---\n${RULE}`],
    ['tags of other languages', '- !!python/object:os.system ls\n- !!js/function "x"\n- !!set {a, b}\n'],
    ['an id that is a list', '- ? [a, b]\n  : 1\n'],
    ['a number beyond numbers', '- id: 1e999\n  title: .nan\n'],
    ['a nul', '- id: "\\0"\n- \u0000\n'],
  ])('of %s has no rules, is told so, and breaks nothing', (_, text) => {
    const { rules, errors } = readRules(text);
    expect(rules.length).toBeLessThanOrEqual(1);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(50);
    for (const { line, message } of errors) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(message.length).toBeLessThan(2000);
    }
    expect(({} as { id?: string }).id).toBeUndefined();
  });

  test.each([100, 1_000, 3_000, 10_000, 30_000])('nested %i deep breaks nothing', depth => {
    for (const text of [
      `- ${'['.repeat(depth)}${']'.repeat(depth)}`,
      `- ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`,
      '- '.repeat(depth),
      RULE.replace('[CWE-306]', '['.repeat(depth) + ']'.repeat(depth)),
    ]) {
      const { rules, errors } = readRules(text);
      expect(rules).toEqual([]);
      expect(errors.length).toBeGreaterThan(0);
    }
  });

  test('throws never, whatever it says', () => {
    const word = fc.constantFrom(
      ...[
        '-',
        ' ',
        '\n',
        '  ',
        ':',
        '&a',
        '*a',
        '<<',
        '{',
        '}',
        '[',
        ']',
        '|',
        '>',
        '?',
        '!!',
        '"',
        "'",
        '#',
        '%',
        '---',
      ],
      ...[
        'id',
        'when',
        'flow.protocol',
        'OWN-1',
        'ble',
        'test',
        'null',
        '~',
        '1',
        '\t',
        '\r',
        '\u2028',
        '__proto__',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(word, { maxLength: 80 }).map(words => words.join('')),
      // A sound rule with something in its midst.
      fc
        .tuple(fc.nat(RULE.length), fc.nat(20), word)
        .map(([at, gone, what]) => RULE.slice(0, at) + what + RULE.slice(at + gone)),
      fc.json({ maxDepth: 6 }).map(json => `[${json}]`),
    );
    fc.assert(
      fc.property(text, each => {
        const { rules, errors } = readRules(each);
        expect(rules.length <= 1).toBe(true);
        for (const { line } of errors)
          expect(line >= 1 && line <= each.split(/\r\n|\r|\n/).length + 1).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
