import { describe, expect, test } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { putEntry, ROOTS, readThreats, readTriage, root } from '#shared/document/document.ts';
import { gathered } from '#shared/document/merged.ts';
import { refuse } from '#shared/document/rights.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { someSuggestion } from '#shared/testing/suggestion.ts';
import { someThreat } from '#shared/testing/threat.ts';
import { type Desk, editThreat } from './commands.ts';
import { accept, amend, dismiss, merge, undo, yieldTo } from './decisions.ts';
import type { Item } from './queue.ts';

const SUGGESTION = someSuggestion({ id: 'GEN-T/shape:f', rule: 'GEN-T', target: 'shape:f', stride: 'T' });
const PROPOSAL = someThreat({ id: 'p', number: 4, title: 'Replay', status: 'proposed', stride: ['T'] });
const RECORDED = someThreat({ id: 'r', number: 3, title: 'Old commands are played again' });

const suggested: Item = {
  kind: 'suggestion',
  ...SUGGESTION,
  title: 'Changed',
  stride: ['T'],
  suggestion: SUGGESTION,
};
const proposed: Item = { kind: 'proposal', ...PROPOSAL, threat: PROPOSAL };
const PROPOSED_TOO = someThreat({ id: 'q', number: 5, title: 'Replay again', status: 'proposed' });
const proposedToo: Item = { kind: 'proposal', ...PROPOSED_TOO, threat: PROPOSED_TOO };

/** Two moderators with the same session before them, and the awareness in which each sees the other. */
function moderators(): { mona: Desk; ben: Desk; people: Awareness } {
  const doc = new Y.Doc();
  for (const { id, ...registers } of [PROPOSAL, PROPOSED_TOO, RECORDED])
    putEntry(root(doc, 'threats'), id, registers);
  const { id, ...registers } = SUGGESTION;
  putEntry(root(doc, 'suggestions'), id, registers);
  const desk = (name: string): Desk => {
    const own = new Y.Doc();
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    return { doc: own, me: { id: name, name, role: 'moderator' } };
  };
  const [mona, ben] = [desk('Mona'), desk('Ben')];
  const people = new Awareness(new Y.Doc());
  for (const { doc, me } of [mona, ben]) people.states.set(doc.clientID, { user: me });
  return { mona, ben, people };
}

/** What was typed at both before either heard of it arrives. */
function meet({ doc: a }: Desk, { doc: b }: Desk): void {
  for (let i = 0; i < 2; i++) {
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  }
}

const contentOf = ({ doc }: Desk) =>
  Object.fromEntries(
    ROOTS.map(name => [name, root(doc, name).toJSON() as Record<string, Record<string, Json>>]),
  );

/** What the server would refuse of everything that `act` writes. */
function refusals(desk: Desk, act: () => void): string[] {
  const before = contentOf(desk);
  act();
  const after = contentOf(desk);
  return ROOTS.flatMap(name =>
    [...new Set([...Object.keys(before[name]!), ...Object.keys(after[name]!)])].map(entry => ({
      root: name,
      entry,
      before: before[name]![entry] ?? null,
      after: after[name]![entry] ?? null,
    })),
  )
    .filter(change => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .map(change => refuse(desk.me, change, { locked: false, proposing: true }))
    .filter(refusal => refusal !== null);
}

const threat = ({ doc }: Desk, id: string) => readThreats(doc).find(each => each.id === id);
const verdict = ({ doc }: Desk) => readTriage(doc)[0];
const MADE = `from:${SUGGESTION.id}`;

describe('a decision', () => {
  const DECISIONS: [string, (desk: Desk) => ReturnType<typeof accept>][] = [
    [
      'accepting a suggestion',
      desk => accept(desk, suggested, { severity: 'high', owner: 'Olu' }, CATALOGUE),
    ],
    ['accepting a proposal', desk => accept(desk, proposed, {}, CATALOGUE)],
    ['dismissing a suggestion', desk => dismiss(desk, suggested, 'Out of scope')],
    ['rejecting a proposal', desk => dismiss(desk, proposed, 'Out of scope')],
    ['merging a suggestion', desk => merge(desk, suggested, 'r')],
    ['merging a proposal', desk => merge(desk, proposed, 'r')],
    ['tagging a proposal', desk => amend(desk, proposed, { tags: ['radio'] })],
  ];

  test.each(DECISIONS)(
    '%s is taken by the server, and so is taking it back, after which all is as before',
    (_, act) => {
      const { mona } = moderators();
      const before = contentOf(mona);
      let decision: ReturnType<typeof accept> = null;
      expect(refusals(mona, () => (decision = act(mona)))).toEqual([]);
      expect(contentOf(mona)).not.toEqual(before);
      expect(refusals(mona, () => undo(mona, decision!))).toEqual([]);
      expect(contentOf(mona)).toEqual(before);
    },
  );

  test('makes a suggestion a threat that says what was said of it', () => {
    const { mona } = moderators();
    accept(
      mona,
      suggested,
      { stride: ['T', 'D'], severity: 'low', tags: ['radio'], owner: 'Olu' },
      CATALOGUE,
    );
    expect(threat(mona, MADE)).toMatchObject({
      ...{ status: 'open', stride: ['T', 'D'], severity: 'low', tags: ['radio'], owner: 'Olu' },
      suggestion: SUGGESTION.id,
    });
    expect(verdict(mona)).toMatchObject({ verdict: 'accepted', by: { name: 'Mona' } });
  });

  test('merges: nothing is lost, and what a threat was merged into before stands for both', () => {
    const { mona } = moderators();
    merge(mona, proposed, 'r');
    expect(threat(mona, 'p')).toMatchObject({ into: 'r', status: 'rejected', justification: 'Same as T3.' });
    merge(mona, proposedToo, 'p');
    expect(threat(mona, 'q')).toMatchObject({ into: 'r', title: 'Replay again' });
    merge(mona, suggested, 'q');
    expect(verdict(mona)).toMatchObject({ verdict: 'dismissed', reason: 'Recorded as T3' });
  });

  test('about itself, or about what was decided meanwhile, is none', () => {
    const { mona, ben } = moderators();
    expect(merge(mona, proposed, 'p')).toBeNull();
    dismiss(ben, proposed, 'No');
    dismiss(ben, suggested, 'No');
    meet(mona, ben);
    for (const item of [proposed, suggested]) {
      expect(accept(mona, item, {}, CATALOGUE)).toBeNull();
      expect(dismiss(mona, item, 'Yes')).toBeNull();
      expect(merge(mona, item, 'r')).toBeNull();
    }
  });
});

describe('taking back', () => {
  test('leaves what others changed in the same threat since', () => {
    const { mona, ben } = moderators();
    const decision = dismiss(mona, proposed, 'Out of scope')!;
    meet(mona, ben);
    editThreat(ben, 'p', { severity: 'high', justification: 'Not our part' });
    meet(mona, ben);
    expect(undo(mona, decision)).toBe(true);
    expect(threat(mona, 'p')).toMatchObject({
      status: 'proposed',
      severity: 'high',
      justification: 'Not our part',
    });
  });

  test('removes an accepted threat that the server numbered, but not one that somebody has gone on with', () => {
    const { mona } = moderators();
    const first = accept(mona, suggested, {}, CATALOGUE)!;
    root(mona.doc, 'threats').get(MADE)!.set('number', 9);
    expect(undo(mona, first)).toBe(true);
    expect(threat(mona, MADE)).toBeUndefined();

    const second = accept(mona, suggested, {}, CATALOGUE)!;
    editThreat(mona, MADE, { owner: 'Ben' });
    expect(undo(mona, second)).toBe(false);
    expect(threat(mona, MADE)).toBeDefined();
    expect(verdict(mona)).toBeDefined();
  });
});

describe('of two who decide the same at once', () => {
  /** Both decide, then hear of each other; who has to settle does. @returns what each was told */
  function race(
    left: (desk: Desk) => ReturnType<typeof accept>,
    right: (desk: Desk) => ReturnType<typeof accept>,
  ) {
    const { mona, ben, people } = moderators();
    const [monas, bens] = [left(mona)!, right(ben)!];
    meet(mona, ben);
    const told = { mona: yieldTo(mona.doc, people, monas), ben: yieldTo(ben.doc, people, bens) };
    meet(mona, ben);
    expect(contentOf(mona)).toEqual(contentOf(ben));
    return { desk: mona, told };
  }
  /** Which of two concurrent writes stays is Yjs's to say, by ids that differ at each run. */
  const RUNS = Array.from({ length: 6 }, (_, i) => i);

  test.each(RUNS)(
    'one accepts and one dismisses a suggestion: one verdict, and a threat only with the accepted one (%i)',
    () => {
      const { desk, told } = race(
        mona => accept(mona, suggested, { severity: 'high' }, CATALOGUE),
        ben => dismiss(ben, suggested, 'No'),
      );
      const accepted = verdict(desk)!.verdict === 'accepted';
      expect(threat(desk, MADE) !== undefined).toBe(accepted);
      expect(told).toEqual(accepted ? { mona: null, ben: 'Mona' } : { mona: 'Ben', ben: null });
    },
  );

  test.each(RUNS)('both accept: one threat, and one of them hears of it (%i)', () => {
    const { desk, told } = race(
      mona => accept(mona, suggested, {}, CATALOGUE),
      ben => accept(ben, suggested, {}, CATALOGUE),
    );
    expect(readThreats(desk.doc).filter(({ id }) => id === MADE)).toHaveLength(1);
    expect(verdict(desk)!.verdict).toBe('accepted');
    expect([told.mona, told.ben].filter(name => name !== null)).toHaveLength(1);
  });

  test.each(RUNS)(
    'one accepts and one rejects a proposal: no reason against it stays with an open one (%i)',
    () => {
      const { desk, told } = race(
        mona => accept(mona, proposed, {}, CATALOGUE),
        ben => dismiss(ben, proposed, 'No'),
      );
      const { status, justification } = threat(desk, 'p')!;
      expect([status, justification]).toEqual(status === 'open' ? ['open', ''] : ['rejected', 'No']);
      expect(told).toEqual(status === 'open' ? { mona: null, ben: 'Mona' } : { mona: 'Ben', ben: null });
    },
  );

  test.each(RUNS)('one accepts and one merges a proposal: an open one is merged into none (%i)', () => {
    const { desk } = race(
      mona => accept(mona, proposed, {}, CATALOGUE),
      ben => merge(ben, proposed, 'r'),
    );
    const { status, into, justification } = threat(desk, 'p')!;
    expect([status, into, justification]).toEqual(
      status === 'open' ? ['open', '', ''] : ['rejected', 'r', 'Same as T3.'],
    );
  });

  test('each merges one proposal into the other: the lower number stays', () => {
    const { desk, told } = race(
      mona => merge(mona, proposed, 'q'),
      ben => merge(ben, proposedToo, 'p'),
    );
    expect(gathered(readThreats(desk.doc)).map(({ threat, merged }) => [threat.id, merged.length])).toEqual([
      ['r', 0],
      ['p', 1],
    ]);
    expect(threat(desk, 'p')).toMatchObject({ status: 'proposed', into: '' });
    expect(told).toEqual({ mona: 'Ben', ben: null });
  });
});
