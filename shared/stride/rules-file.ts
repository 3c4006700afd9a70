/** A team's own rules, as YAML: a list of rules in the schema of the catalogue. What is wrong is said with its line. */
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { LIMITS } from '../document/rights.ts';
import { firesOn } from './example.ts';
import { flawsOf, type Rule, ruleSchema } from './rule.ts';

/** Deepest nesting of a sound file is six; aliases may not blow a small file up. */
const OPTIONS = { maxAliasCount: 0 } as const;
const MOST_RULES = 500;
/** Errors beyond these are not told: the first ones usually are the cause of the others. */
const MOST_ERRORS = 50;

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (node: unknown): number => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  for (const { pos, message } of document.errors.slice(0, MOST_ERRORS)) {
    errors.push({
      line: lines.linePos(pos[0]).line,
      message: message.split('\n')[0]!.replace(/ at line .*$/, ''),
    });
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
        const pair = isMap(node) ? node.items.find(each => String(each.key) === String(key)) : undefined;
        node = node.get(key, true);
        if (pair) line = lineOf(pair.key);
        else if (node) line = lineOf(node);
      }
      return line;
    };
    const wrong = (path: readonly PropertyKey[], message: string) =>
      void errors.push({ line: lineAt(path), message });
    let value: unknown;
    try {
      value = (item as Node).toJS(document, OPTIONS);
    } catch {
      wrong([], 'aliases are not followed here');
      continue;
    }
    const parsed = ruleSchema.safeParse(value);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) wrong(issue.path, inWords(issue.path, issue.message, i));
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
