/** The catalogue that a session is suggested from: the server's rules, the team's own beside them, without those switched off. */
import type { SessionInfo } from '../document/document.ts';
import { Catalogue } from './catalogue.ts';
import { readRules } from './rules-file.ts';

/**
 * Rules of the team that can't be read are left out: they were refused when they were brought, so that this is what a hostile hand
 * or another version wrote.
 */
export function catalogueFor(
  server: Catalogue,
  { rules, rulesOff }: Pick<SessionInfo, 'rules' | 'rulesOff'>,
): Catalogue {
  if (rules === '' && rulesOff.length === 0) return server;
  const off = new Set(rulesOff);
  const taken = new Set(server.rules.map(({ id }) => id));
  const own = rules === '' ? [] : readRules(rules, taken).rules;
  return new Catalogue([...server.rules, ...own].filter(({ id }) => !off.has(id)));
}
