/**
 * Writes what is decided into the minutes, as it happens: verdicts on suggestions, and what a moderator makes of a threat. What was
 * there before it began is not told again.
 */
import type * as Y from 'yjs';
import type { MembershipStore } from '#db/stores/memberships.ts';
import { changedEntries, type Entry, readSession, readVerdict, root } from '#shared/document/document.ts';
import { type Author, type Threat, type Triage, threatIdOf } from '#shared/document/threats.ts';
import type { Happening } from '#shared/meeting/minutes.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';
import type { Log } from '../log.ts';
import { OnBehalf, People } from '../sync/intake.ts';
import { SERVER } from '../sync/owners.ts';
import type { Room } from '../sync/room.ts';
import { Lines } from './lines.ts';
import { PASS } from './origin.ts';

/** The registers of a threat by which it is judged, and what they are while they are not there. */
const UNJUDGED = { status: 'proposed', severity: null, owner: '', justification: '', into: '' } as const;

type Judged = Pick<Threat, keyof typeof UNJUDGED>;
type Key = keyof Judged;
const KEYS = Object.keys(UNJUDGED) as Key[];

/** Of a suggestion; both empty while nobody judged it. */
type Verdict = { verdict: Triage['verdict'] | ''; reason: string };
const NONE: Verdict = { verdict: '', reason: '' };

type Taken = Pick<Room, 'doc' | 'sessionId' | 'people' | 'writerOf'>;

/**
 * @param members for the names of people who are not here any more
 * @param server the rules of every session of the server
 * @returns the service for a room
 */
export const minuteTaker =
  (
    members: Pick<MembershipStore, 'find'>,
    log: Pick<Log, 'warn'>,
    server: Catalogue,
    now: () => number = Date.now,
  ) =>
  (room: Taken): (() => void) => {
    const { doc, sessionId } = room;
    const [threats, triage] = [root(doc, 'threats'), root(doc, 'triage')];
    const judged = new Map(Array.from(threats, ([id, entry]) => [id, judgedOf(entry)]));
    const verdicts = new Map(Array.from(triage, ([id, entry]) => [id, verdictOf(id, entry)]));
    const threatLines = new Lines<Judged>(doc, now);
    const verdictLines = new Lines<Verdict>(doc, now);

    /** Who made a change, as far as the change itself tells. */
    function actorOf({ origin }: Y.Transaction): Author | null {
      if (origin instanceof OnBehalf) return origin.person;
      if (!(origin instanceof People) || origin.size !== 1) return null;
      const [{ writer }] = origin as unknown as [{ writer: Author }];
      return { id: writer.id, name: writer.name };
    }

    /** @returns the id of who wrote a register last, null for a server; undefined for what came with a file */
    function writerOf(threat: Entry, key: Key, actor: Author | null): string | null | undefined {
      const item = threat._map.get(key);
      const owner = item ? room.writerOf(item.id.client) : null;
      return owner === SERVER ? (actor?.id ?? null) : (owner ?? undefined);
    }

    function lookAtThreat(id: string, actor: Author | null): void {
      const threat = threats.get(id);
      if (!threat) {
        judged.delete(id);
        return threatLines.drop(id);
      }
      const after = judgedOf(threat);
      // What is said of a suggestion as it is accepted is decided; what a new threat says otherwise is how it was proposed.
      const made = threat.get('suggestion') ? { ...UNJUDGED, status: after.status } : after;
      const before = judged.get(id) ?? made;
      judged.set(id, after);
      const changed = KEYS.filter(key => before[key] !== after[key]);
      const writers = new Map(changed.map(key => [key, writerOf(threat, key, actor)]));
      for (const who of new Set(writers.values())) {
        if (who === undefined) continue;
        const keys = changed.filter(key => writers.get(key) === who);
        const line = threatLines.write({
          ...{ about: id, who, by: authorOf(who, actor), after },
          before: Object.fromEntries(keys.map(key => [key, before[key]])),
          tell: (was, is) => tellOfThreat(id, textOf(threat, 'title'), was, is),
        });
        nameLater(line, who);
      }
    }

    function lookAtVerdict(id: string, actor: Author | null): void {
      const given = readVerdict(id, triage.get(id));
      const [before, after] = [verdicts.get(id) ?? NONE, verdictOf(id, triage.get(id))];
      if (given) verdicts.set(id, after);
      else verdicts.delete(id);
      if (before.verdict === after.verdict && before.reason === after.reason) return;
      const by = given ? given.by : actor;
      // Who takes back what was just said may not be known: it is the same line all the same.
      const going = verdictLines.going(id);
      const who = given || going === undefined ? (by?.id ?? null) : going;
      verdictLines.write({
        ...{ about: id, who, by, before, after },
        tell: (_, is) => tellOfVerdict(id, is),
      });
    }

    function tellOfVerdict(id: string, { verdict, reason }: Verdict): Happening {
      const title = titleOf(id);
      if (verdict === 'dismissed') return { what: 'suggestion-dismissed', suggestion: id, title, reason };
      if (verdict === '') return { what: 'reopened', about: id, title };
      const threat = threatIdOf(id);
      const recorded = textOf(threats.get(threat), 'title');
      return { what: 'suggestion-accepted', suggestion: id, threat, title: recorded || title };
    }

    /** What was suggested, or which letter does not apply, and on what. */
    function titleOf(id: string): string {
      const suggestion = root(doc, 'suggestions').get(id);
      const [rule = '', thing = ''] = suggestion
        ? [textOf(suggestion, 'rule'), textOf(suggestion, 'target')]
        : [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)];
      const title = CATEGORY[rule as Letter]?.name ?? catalogueFor(server, readSession(doc)).title(rule);
      const name = textOf(root(doc, 'board').get(thing), 'props.name');
      return name ? `${title} (${name})` : title;
    }

    const here = (id: string): Author | null => {
      const person = room.people.find(each => each.id === id);
      return person ? { id, name: person.name } : null;
    };
    const authorOf = (who: string | null, actor: Author | null): Author | null =>
      who === null ? null : who === actor?.id ? actor : here(who);

    /** Who has left already is looked up. */
    function nameLater(line: string | null, who: string | null): void {
      const entry = line === null ? undefined : root(doc, 'minutes').get(line);
      if (who === null || !entry || entry.get('by')) return;
      members.find(sessionId, who).then(
        member => {
          if (member) entry.set('by', { id: who, name: member.name });
        },
        error => log.warn({ sessionId, error }, 'minutes lack a name'),
      );
    }

    const follow =
      (look: (id: string, actor: Author | null) => void) =>
      (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
        const ids = changedEntries(events);
        const actor = actorOf(transaction);
        doc.transact(() => {
          for (const id of ids) look(id, actor);
        }, PASS);
      };
    const [onThreats, onVerdicts] = [follow(lookAtThreat), follow(lookAtVerdict)];
    threats.observeDeep(onThreats);
    triage.observeDeep(onVerdicts);
    return () => {
      threats.unobserveDeep(onThreats);
      triage.unobserveDeep(onVerdicts);
    };
  };

const judgedOf = (threat: Entry): Judged =>
  Object.fromEntries(KEYS.map(key => [key, threat.get(key) ?? UNJUDGED[key]])) as Judged;

function verdictOf(id: string, entry: Entry | undefined): Verdict {
  const given = readVerdict(id, entry);
  return given ? { verdict: given.verdict, reason: given.reason } : NONE;
}

const textOf = (entry: Entry | undefined, key: string): string => {
  const text = entry?.get(key);
  return typeof text === 'string' ? text : '';
};

const isOpen = ({ status }: Judged): boolean => status === 'proposed' || status === 'open';

/** What is only proposed is decided by nobody. */
function tellOfThreat(id: string, title: string, was: Judged, is: Judged): Happening | null {
  if (was.status === 'proposed' && is.status === 'proposed') return null;
  if (!isOpen(was) && isOpen(is)) return { what: 'reopened', about: id, title };
  const { status, severity, owner, justification: reason, into } = is;
  return { what: 'threat-decided', threat: id, title, status, severity, owner, reason, into };
}
