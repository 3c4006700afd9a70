import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { putEntry, ROOTS, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Writer } from '#shared/document/rights.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { judge } from './gate.ts';

const moderator: Writer = { id: 'u-mod', name: 'Mo', role: 'moderator' };
const participant: Writer = { id: 'u-part', name: 'Pat', role: 'participant' };
const observer: Writer = { id: 'u-obs', name: 'Obi', role: 'observer' };

/** A server's document, seeded, with one suggestion, one numbered threat of the moderator and one proposed by the participant. */
function serverDoc(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Sensor', method: 'per-crossing' }));
  putEntry(root(doc, 'suggestions'), 'GEN-S/shape:app', {
    rule: 'GEN-S',
    target: 'shape:app',
    stride: 'S',
    why: {},
  });
  putEntry(root(doc, 'threats'), 't-mod', threat(moderator, { status: 'open', number: 1 }));
  putEntry(root(doc, 'threats'), 't-own', threat(participant, { number: 2 }));
  return doc;
}

function threat({ id, name }: Writer, more: object = {}) {
  const by = { id, name };
  return { title: 'Fake app', stride: ['S'], target: 'shape:app', status: 'proposed', by, at: 1, ...more };
}

/** A client's copy of the document. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** What a client would send after an edit: the one update, as y-websocket sends it. */
function editOf(doc: Y.Doc, edit: (client: Y.Doc) => void): Uint8Array {
  const client = copyOf(doc);
  const updates: Uint8Array[] = [];
  client.on('update', update => updates.push(update));
  client.transact(() => edit(client));
  return Y.mergeUpdates(updates);
}

const allowed = (writer: Writer, edit: (client: Y.Doc) => void) => {
  const doc = serverDoc();
  return judge(doc, editOf(doc, edit), writer);
};

const pointsOf = (count: number) => Array.from({ length: count }, (_, i) => [i, i]);

describe('G1 the gate lets through what the table of rights allows', () => {
  it.each<[string, Writer, (client: Y.Doc) => void]>([
    [
      'a participant moves an element',
      participant,
      doc => root(doc, 'board').get('shape:app')!.set('at', [1, 2]),
    ],
    ['a participant deletes an element', participant, doc => root(doc, 'board').delete('shape:app')],
    [
      'a participant adds an element',
      participant,
      doc => putEntry(root(doc, 'board'), 'shape:n', { type: 'process' }),
    ],
    [
      'a participant draws an open boundary',
      participant,
      doc =>
        putEntry(root(doc, 'board'), 'shape:l', { type: 'boundary_line', 'props.points': pointsOf(500) }),
    ],
    [
      'a participant adds a page',
      participant,
      doc => putEntry(root(doc, 'board'), 'page:2', { name: 'Two', index: 'a2' }),
    ],
    ['a participant deletes a page', participant, doc => root(doc, 'board').delete('page:page')],
    [
      'a participant proposes a threat',
      participant,
      doc => putEntry(root(doc, 'threats'), 't', threat(participant)),
    ],
    [
      'a participant edits an own proposed threat',
      participant,
      doc => root(doc, 'threats').get('t-own')!.set('title', 'x'),
    ],
    [
      'a participant withdraws an own proposed threat',
      participant,
      doc => root(doc, 'threats').delete('t-own'),
    ],
    [
      'a moderator edits a threat of another',
      moderator,
      doc => root(doc, 'threats').get('t-own')!.set('status', 'open'),
    ],
    [
      'a moderator renames the session',
      moderator,
      doc => root(doc, 'session').get(SESSION_ENTRY)!.set('title', 'New'),
    ],
    [
      'a moderator dismisses a suggestion',
      moderator,
      doc =>
        putEntry(root(doc, 'triage'), 'GEN-S/shape:app', {
          verdict: 'dismissed',
          reason: 'paired by cable',
          by: { id: moderator.id, name: moderator.name },
          at: 5,
        }),
    ],
  ])('%s', (_, writer, edit) => {
    expect(allowed(writer, edit)).toMatchObject({ allowed: true, news: true });
  });
});

describe('G2 the gate refuses a whole update for any part outside the rights', () => {
  it.each<[string, Writer, (client: Y.Doc) => void]>([
    ['an observer moves an element', observer, doc => root(doc, 'board').get('shape:app')!.set('at', [1, 2])],
    ['an observer deletes an element', observer, doc => root(doc, 'board').delete('shape:app')],
    [
      'a participant writes a suggestion',
      participant,
      doc => putEntry(root(doc, 'suggestions'), 'x', { rule: 'GEN-S' }),
    ],
    [
      'a moderator deletes a suggestion',
      moderator,
      doc => root(doc, 'suggestions').delete('GEN-S/shape:app'),
    ],
    [
      'a moderator edits a suggestion',
      moderator,
      doc => root(doc, 'suggestions').get('GEN-S/shape:app')!.set('rule', 'x'),
    ],
    [
      'a participant judges a suggestion',
      participant,
      doc => putEntry(root(doc, 'triage'), 'x', { verdict: 'accepted' }),
    ],
    [
      'a participant renames the session',
      participant,
      doc => root(doc, 'session').get(SESSION_ENTRY)!.set('title', 'x'),
    ],
    ['a moderator removes the session entry', moderator, doc => root(doc, 'session').delete(SESSION_ENTRY)],
    [
      'a participant edits the threat of another',
      participant,
      doc => root(doc, 'threats').get('t-mod')!.set('title', 'x'),
    ],
    ['a participant deletes the threat of another', participant, doc => root(doc, 'threats').delete('t-mod')],
    [
      'a participant replaces the threat of another',
      participant,
      doc => putEntry(root(doc, 'threats'), 't-mod', threat(participant)),
    ],
    [
      'a participant opens an own threat',
      participant,
      doc => root(doc, 'threats').get('t-own')!.set('status', 'open'),
    ],
    [
      'a participant adds an open threat',
      participant,
      doc => putEntry(root(doc, 'threats'), 't', threat(participant, { status: 'open' })),
    ],
    [
      'a participant speaks as the moderator',
      participant,
      doc => putEntry(root(doc, 'threats'), 't', threat(moderator)),
    ],
    [
      'a moderator speaks as a participant',
      moderator,
      doc => putEntry(root(doc, 'threats'), 't', threat(participant)),
    ],
    ['a moderator numbers a threat', moderator, doc => root(doc, 'threats').get('t-mod')!.set('number', 7)],
    [
      'a title of 10,000 characters',
      moderator,
      doc => root(doc, 'threats').get('t-mod')!.set('title', 'x'.repeat(10_000)),
    ],
    [
      'a letter that is not of STRIDE',
      moderator,
      doc => root(doc, 'threats').get('t-mod')!.set('stride', ['X']),
    ],
    [
      'a register that threats do not have',
      moderator,
      doc => root(doc, 'threats').get('t-mod')!.set('extra', 1),
    ],
    ['an unknown root', moderator, doc => doc.getMap('other').set('x', 1)],
    ['a list in a root', moderator, doc => doc.getArray('other').push([1])],
    ['a text for an entry', moderator, doc => void doc.getMap('board').set('shape:x', new Y.Text('x'))],
    [
      'plain data for an entry',
      moderator,
      doc => void doc.getMap('board').set('shape:x', { type: 'process' }),
    ],
    [
      'an open boundary of more points than anybody draws',
      moderator,
      doc =>
        putEntry(root(doc, 'board'), 'shape:l', { type: 'boundary_line', 'props.points': pointsOf(501) }),
    ],
    [
      'a map inside a register',
      moderator,
      doc => void (root(doc, 'board').get('shape:app') as Y.Map<unknown>).set('a', new Y.Map()),
    ],
    [
      'bytes in a register',
      moderator,
      doc => void (root(doc, 'board').get('shape:app') as Y.Map<unknown>).set('a', new Uint8Array(3)),
    ],
    ['a prototype for a key', moderator, doc => root(doc, 'board').get('shape:app')!.set('__proto__', 1)],
    [
      'an entry that is no record id',
      moderator,
      doc => putEntry(root(doc, 'board'), 'elephant', { type: 'process' }),
    ],
    [
      'an allowed part beside a forbidden one',
      participant,
      doc => {
        root(doc, 'board').get('shape:app')!.set('at', [1, 2]);
        root(doc, 'threats').get('t-mod')!.set('title', 'x');
      },
    ],
  ])('%s', (_, writer, edit) => {
    expect(allowed(writer, edit)).toMatchObject({ allowed: false });
  });
});

describe('G2 a locked board', () => {
  const lock = (doc: Y.Doc, locked: Json = true) =>
    void root(doc, 'session').get(SESSION_ENTRY)!.set('locked', locked);
  const move = (doc: Y.Doc) => void root(doc, 'board').get('shape:app')!.set('at', [1, 2]);
  const lockedDoc = () => {
    const doc = serverDoc();
    lock(doc);
    return doc;
  };

  it('is changed by moderators only, who open it again', () => {
    const doc = lockedDoc();
    for (const edit of [move, (client: Y.Doc) => root(client, 'board').delete('shape:app')])
      expect(judge(doc, editOf(doc, edit), participant)).toEqual({
        allowed: false,
        why: 'forbidden',
        reason: 'the moderator has locked the board',
      });
    expect(judge(doc, editOf(doc, move), moderator)).toMatchObject({ allowed: true });
    for (const open of [
      (client: Y.Doc) => lock(client, false),
      (client: Y.Doc) => root(client, 'session').get(SESSION_ENTRY)!.delete('locked'),
    ]) {
      const opened = copyOf(doc);
      const update = editOf(doc, open);
      expect(judge(doc, update, moderator)).toMatchObject({ allowed: true, news: true });
      Y.applyUpdate(opened, update);
      expect(judge(opened, editOf(opened, move), participant)).toMatchObject({ allowed: true });
    }
  });

  it('was locked or not before the update, whatever the update says', () => {
    const doc = lockedDoc();
    const openAndMove = editOf(doc, client => {
      lock(client, false);
      move(client);
    });
    expect(judge(doc, openAndMove, participant)).toMatchObject({ allowed: false, why: 'forbidden' });
  });

  it('leaves the rest of the session and resyncs to participants', () => {
    const doc = lockedDoc();
    const propose = editOf(doc, client => putEntry(root(client, 'threats'), 't', threat(participant)));
    expect(judge(doc, propose, participant)).toMatchObject({ allowed: true, news: true });
    expect(judge(doc, Y.encodeStateAsUpdate(doc), participant)).toMatchObject({ allowed: true, news: false });
  });

  it('is locked by no participant, and by nothing but yes or no', () => {
    const doc = serverDoc();
    expect(judge(doc, editOf(doc, lock), participant)).toMatchObject({ allowed: false });
    expect(
      judge(
        doc,
        editOf(doc, client => lock(client, 'firmly')),
        moderator,
      ),
    ).toMatchObject({ allowed: false });
  });
});

describe('G2 an observer changes nothing, whatever it looks like', () => {
  it('not even by structs that leave no trace but their client id', () => {
    const garbage = new Uint8Array([1, 1, 7, 0, 0, 5, 0]);
    expect(judge(serverDoc(), garbage, participant)).toMatchObject({ allowed: true });
    expect(judge(serverDoc(), garbage, observer)).toMatchObject({ allowed: false, why: 'forbidden' });
  });
});

describe('G2 two moderators who accept one suggestion at once', () => {
  it('write the same threat, the second as its author, and neither is refused', () => {
    const doc = serverDoc();
    const other: Writer = { id: 'u-mod2', name: 'Max', role: 'moderator' };
    const accept = (writer: Writer) =>
      editOf(doc, client => putEntry(root(client, 'threats'), 'from:x', threat(writer, { status: 'open' })));
    const [first, second] = [accept(moderator), accept(other)];
    expect(judge(doc, first, moderator)).toMatchObject({ allowed: true });
    Y.applyUpdate(doc, first);
    expect(judge(doc, second, other)).toMatchObject({ allowed: true });
    expect(judge(doc, second, moderator)).toMatchObject({ allowed: false });
  });
});

describe('E5 a frame that is made to be slow', () => {
  it('with 20,000 overlapping deletions takes no longer than it has bytes', () => {
    const doc = serverDoc();
    const client = [...doc.store.clients.keys()][0]!;
    const bytes = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, 20_000);
      for (let i = 0; i < 20_000; i++) {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, Y.getState(doc.store, client));
      }
    });
    const started = performance.now();
    judge(doc, bytes, participant);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('G3 the gate refuses what Yjs would only keep as pending', () => {
  it('an update whose predecessor is missing', () => {
    const doc = serverDoc();
    const client = copyOf(doc);
    const updates: Uint8Array[] = [];
    client.on('update', update => updates.push(update));
    root(client, 'board').get('shape:app')!.set('at', [1, 1]);
    root(client, 'board').get('shape:app')!.set('at', [2, 2]);
    expect(judge(doc, updates[1]!, participant)).toMatchObject({ allowed: false, why: 'unresolved' });
    expect(judge(doc, Y.mergeUpdates(updates), participant)).toMatchObject({ allowed: true });
  });

  it('a deletion of what nobody wrote', () => {
    const doc = serverDoc();
    const stranger = copyOf(doc);
    root(stranger, 'board').get('shape:app')!.set('at', [1, 1]);
    const other = copyOf(stranger);
    const update = editOf(other, client => root(client, 'board').delete('shape:app'));
    expect(judge(doc, update, participant)).toMatchObject({ allowed: false, why: 'unresolved' });
  });

  it('the seven bytes that stop applyUpdate for 200 ms', () => {
    const doc = serverDoc();
    const started = performance.now();
    expect(judge(doc, new Uint8Array([0x01, 0xff, 0xff, 0xff, 0x7f, 0x01, 0x00]), moderator)).toMatchObject({
      allowed: false,
    });
    expect(performance.now() - started).toBeLessThan(50);
  });
});

describe('G4 the gate knows news from repetition', () => {
  it('a full resync without changes is no news, for an observer too', () => {
    const doc = serverDoc();
    const everything = Y.encodeStateAsUpdate(copyOf(doc));
    expect(judge(doc, everything, observer)).toEqual({ allowed: true, clients: [], news: false });
  });

  it('a full resync after the server deleted suggestions is still allowed', () => {
    const doc = serverDoc();
    const client = copyOf(doc);
    root(doc, 'suggestions').delete('GEN-S/shape:app');
    Y.applyUpdate(client, Y.encodeStateAsUpdate(doc));
    root(client, 'board').get('shape:app')!.set('at', [3, 3]);
    expect(judge(doc, Y.encodeStateAsUpdate(client), participant)).toMatchObject({
      allowed: true,
      news: true,
    });
  });

  it('an edit of a shape that somebody else deleted meanwhile is harmless', () => {
    const doc = serverDoc();
    const update = editOf(doc, client => root(client, 'board').get('shape:app')!.set('at', [1, 2]));
    root(doc, 'board').delete('shape:app');
    expect(judge(doc, update, participant)).toMatchObject({ allowed: true });
  });

  it('a person may undo and redo a deletion', () => {
    const doc = serverDoc();
    const client = copyOf(doc);
    const undo = new Y.UndoManager(root(client, 'board'), {
      trackedOrigins: new Set(['me']),
      captureTimeout: 0,
    });
    const send = (edit: () => void) => {
      const updates: Uint8Array[] = [];
      const collect = (update: Uint8Array) => updates.push(update);
      client.on('update', collect);
      edit();
      client.off('update', collect);
      const update = Y.mergeUpdates(updates);
      expect(judge(doc, update, participant)).toMatchObject({ allowed: true, news: true });
      Y.applyUpdate(doc, update);
    };
    send(() => client.transact(() => root(client, 'board').get('shape:app')!.set('at', [9, 9]), 'me'));
    send(() => client.transact(() => root(client, 'board').delete('shape:app'), 'me'));
    send(() => undo.undo());
    expect(root(doc, 'board').get('shape:app')!.get('at')).toEqual([9, 9]);
    send(() => undo.undo());
    send(() => undo.redo());
    send(() => undo.redo());
    expect(root(doc, 'board').has('shape:app')).toBe(false);
  });
});

describe('G5 whatever the gate lets through changes only what its writer may change', () => {
  const protectedOf = (doc: Y.Doc) => ({
    suggestions: root(doc, 'suggestions').toJSON(),
    triage: root(doc, 'triage').toJSON(),
    session: root(doc, 'session').toJSON(),
    threat: root(doc, 'threats').get('t-mod')?.toJSON(),
    roots: [...doc.share.keys()].filter(name => !ROOTS.includes(name as never)),
  });

  it('for random edits of a participant on any root, mutilated in random places', () => {
    const edit = fc.record({
      root: fc.constantFrom(...ROOTS),
      entry: fc.constantFrom('shape:app', 't-mod', 't-own', 'GEN-S/shape:app', SESSION_ENTRY, 'shape:new'),
      key: fc.constantFrom('title', 'at', 'status', 'by', 'rule', 'number'),
      value: fc.constantFrom<unknown>('x', 1, ['S'], { id: participant.id, name: participant.name }, null),
      action: fc.constantFrom('set', 'delete', 'replace', 'remove'),
    });
    const flips = fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), flips, (edits, bytes) => {
        const doc = serverDoc();
        const before = protectedOf(doc);
        const update = editOf(doc, client => {
          for (const { root: name, entry, key, value, action } of edits) {
            const entries = root(client, name);
            if (action === 'remove') entries.delete(entry);
            else if (action === 'replace') putEntry(entries, entry, { [key]: value as never });
            else if (action === 'delete') entries.get(entry)?.delete(key);
            else entries.get(entry)?.set(key, value as never);
          }
        });
        for (const { at, value } of bytes) if (update.length > 0) update[at % update.length] = value;
        if (!judge(doc, update, participant).allowed) return;
        Y.applyUpdate(doc, update);
        expect(protectedOf(doc)).toEqual(before);
        expect(doc.store.pendingStructs).toBeNull();
        expect(doc.store.pendingDs).toBeNull();
      }),
      { numRuns: 3000 },
    );
  }, 120_000);
});
