/** The catalogue that a session is suggested from: the server's rules, the team's own beside them, without those switched off. */
import type { SessionInfo } from '../document/document.ts';
import { Catalogue } from './catalogue.ts';
import { readRules } from './rules-file.ts';

/** Those that were asked for last, by what was decided: to read rules takes far longer than to ask them. */
const recent = new WeakMap<Catalogue, Map<string, Catalogue>>();
const MOST_RECENT = 16;

/**
 * Rules of the team that can't be read are left out: they were refused when they were brought, so that this is what a hostile hand
 * or another version wrote.
 */
export function catalogueFor(
  server: Catalogue,
  { rules, rulesOff }: Pick<SessionInfo, 'rules' | 'rulesOff'>,
): Catalogue {
  if (rules === '' && rulesOff.length === 0) return server;
  const known = recent.get(server) ?? new Map<string, Catalogue>();
  recent.set(server, known);
  const key = `${rulesOff}\n${rules}`;
  const catalogue = known.get(key) ?? make(server, rules, rulesOff);
  known.delete(key);
  known.set(key, catalogue);
  if (known.size > MOST_RECENT) known.delete(known.keys().next().value!);
  return catalogue;
}

function make(server: Catalogue, rules: string, rulesOff: readonly string[]): Catalogue {
  const off = new Set(rulesOff);
  const own = rules === '' ? [] : readRules(rules, server.ids).rules;
  return new Catalogue([...server.rules, ...own].filter(({ id }) => !off.has(id)));
}
