/** A team's own rules, as YAML: a list of rules in the schema of the catalogue. What is wrong is said with its line. */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { LIMITS } from '../document/rights.ts';
import { isNestedTooDeeply } from '../yaml.ts';
import { firesOn } from './example.ts';
import { flawsOf, type Rule, ruleSchema } from './rule.ts';

/** Deepest nesting of a sound file is six; aliases may not blow a small file up. */
const OPTIONS = { maxAliasCount: 0 } as const;
const MOST_RULES = 100;
/** Errors beyond these are not told: the first ones usually are the cause of the others. */
const MOST_ERRORS = 50;
/** Longest word on an error, in UTF-16 units: one that quotes the file may quote all of it. */
const LONGEST_MESSAGE = 300;

export interface RulesError {
  /** From 1. */
  line: number;
  message: string;
}

export interface RulesReading {
  /** The sound ones. */
  rules: Rule[];
  errors: RulesError[];
}

/** @param taken ids that other rules have already */
export function readRules(text: string, taken: ReadonlySet<string> = new Set()): RulesReading {
  const errors: RulesError[] = [];
  if (text.length > LIMITS.rules) {
    return {
      rules: [],
      errors: [{ line: 1, message: `a rules file has at most ${LIMITS.rules} characters` }],
    };
  }
  if (isNestedTooDeeply(text))
    return { rules: [], errors: [{ line: 1, message: 'this is nested too deeply' }] };
  const lines = new LineCounter();
  // The parser's own search for keys that are there twice takes a time that grows with the square of their number.
  const document = parseDocument(text, {
    ...{ lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'error' },
  });
  const lineOf = (node: unknown): number => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  for (const { pos, message } of document.errors.slice(0, MOST_ERRORS)) {
    errors.push({ line: lines.linePos(pos[0]).line, message: cut(message) });
  }
  if (errors.length === 0) {
    for (const { key, again } of keysTwice(document).slice(0, MOST_ERRORS))
      errors.push({ line: lineOf(again), message: cut(`the key ${key} is there already`) });
  }
  if (errors.length > 0) return { rules: [], errors };
  const list = isMap(document.contents) ? document.get('rules', true) : document.contents;
  if (!isSeq(list)) return { rules: [], errors: [{ line: 1, message: 'a rules file is a list of rules' }] };

  const rules: Rule[] = [];
  const known = new Set(taken);
  for (const [i, item] of list.items.slice(0, MOST_RULES).entries()) {
    /** The line of the innermost thing on a path that is there. */
    const lineAt = (path: readonly PropertyKey[]): number => {
      let node: unknown = item;
      let line = lineOf(node);
      for (const key of path) {
        if (!isMap(node) && !isSeq(node)) break;
        const pair = isMap(node)
          ? node.items.find(each => isScalar(each.key) && String(each.key.value) === String(key))
          : undefined;
        node = node.get(key, true);
        if (pair) line = lineOf(pair.key);
        else if (node) line = lineOf(node);
      }
      return line;
    };
    const wrong = (path: readonly PropertyKey[], message: string) =>
      void errors.push({ line: lineAt(path), message: cut(message) });
    let value: unknown;
    try {
      value = (item as Node).toJS(document, OPTIONS);
    } catch (error) {
      wrong(
        [],
        error instanceof ReferenceError ? 'aliases are not followed here' : 'this is nested too deeply',
      );
      continue;
    }
    const parsed = ruleSchema.safeParse(value);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        // What should not be there is shown where it is.
        const place =
          issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
        wrong(place, inWords(issue.path, issue.message, i));
      }
      continue;
    }
    const rule = parsed.data;
    const flaws = flawsOf(rule);
    for (const { path, message } of flaws) wrong(path, `${rule.id}: ${message}`);
    if (known.has(rule.id)) wrong(['id'], `there is a rule ${rule.id} already`);
    else if (flaws.length === 0) {
      known.add(rule.id);
      if (!firesOn(rule, rule.test.fires))
        wrong(['test', 'fires'], `${rule.id} does not fire on its own example`);
      else if (firesOn(rule, rule.test.silent))
        wrong(['test', 'silent'], `${rule.id} fires on the example where it should not`);
      else rules.push(rule);
    }
  }
  if (list.items.length > MOST_RULES) {
    errors.push({
      line: lineOf(list.items[MOST_RULES]),
      message: `a rules file has at most ${MOST_RULES} rules`,
    });
  }
  return { rules, errors: errors.sort((a, b) => a.line - b.line).slice(0, MOST_ERRORS) };
}

const inWords = (path: readonly PropertyKey[], message: string, index: number): string =>
  `${path.length > 0 ? path.map(String).join('.') : `rule ${index + 1}`}: ${message}`;

const cut = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)} …` : message;

/** Keys that a map has already; of what is nested too deeply to be walked none, since it is no rule anyway. */
function keysTwice(document: Document): { key: string; again: unknown }[] {
  const twice: { key: string; again: unknown }[] = [];
  try {
    visit(document, {
      Map(_, { items }) {
        const known = new Set<string>();
        for (const { key: node } of items) {
          // One that is a collection is no key of a rule; to write it out could take long.
          if (!isScalar(node)) continue;
          const key = String(node.value);
          if (known.has(key)) twice.push({ key, again: node });
          known.add(key);
        }
      },
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return twice;
}
