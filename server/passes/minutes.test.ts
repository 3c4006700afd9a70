import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { putEntry, readMinutes, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Writer } from '#shared/document/rights.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { OnBehalf } from '../sync/intake.ts';
import { SERVER } from '../sync/owners.ts';
import type { Room } from '../sync/room.ts';
import { ONE_LINE } from './lines.ts';
import { minuteTaker } from './minutes.ts';

const mona: Writer = { id: 'mona', name: 'Mona', role: 'moderator' };
const milo: Writer = { id: 'milo', name: 'Milo', role: 'moderator' };
const by = { id: 'mona', name: 'Mona' };

let doc: Y.Doc;
let now: number;
let owners: Map<number, string>;
let people: Writer[];
let find: ReturnType<typeof vi.fn>;
let stop: () => void;

/** A window of a person: what they do arrives as an update under a Yjs client of theirs. */
function windowOf({ id }: Writer) {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  owners.set(copy.clientID, id);
  return (act: (copy: Y.Doc) => void) => {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.transact(() => act(copy));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy, Y.encodeStateVector(doc)));
  };
}
const serve = () => {
  const room = { doc, sessionId: 's', people, writerOf: (client: number) => owners.get(client) ?? null };
  stop = minuteTaker({ find } as never, { warn: vi.fn() }, CATALOGUE, () => now)(room as unknown as Room);
};
const edit = (id: string, registers: Record<string, string | null>) => (copy: Y.Doc) => {
  const threat = root(copy, 'threats').get(id)!;
  for (const [key, value] of Object.entries(registers)) threat.set(key, value);
};
const lines = () => readMinutes(doc).map(({ id: _, at: _at, ...line }) => line);
const later = (minutes: number) => {
  now += minutes * 60_000;
};

beforeEach(() => {
  doc = new Y.Doc();
  now = 1_000_000;
  people = [mona, milo];
  owners = new Map([[doc.clientID, SERVER]]);
  find = vi.fn(async () => null);
  putEntry(root(doc, 'session'), SESSION_ENTRY, { title: 'S' });
  putEntry(root(doc, 'threats'), 't1', { title: 'Replay', status: 'open', by, at: 1 });
  putEntry(root(doc, 'threats'), 't2', { title: 'Theft', status: 'proposed', by, at: 2 });
  serve();
});

const decided = {
  ...{ what: 'threat-decided', threat: 't1', title: 'Replay', status: 'mitigated' },
  ...{ severity: null, owner: '', reason: '', into: '' },
};

describe('M7 decisions about threats', () => {
  it('are written with who made them and how the threat stands afterwards', () => {
    windowOf(mona)(edit('t1', { status: 'mitigated', severity: 'high', justification: 'Nonces' }));
    expect(lines()).toEqual([{ ...decided, by, severity: 'high', reason: 'Nonces' }]);
    expect(readMinutes(doc)[0]!.at).toBe(now);
  });
  it('of one person about one threat are one line while they go on, and another one later', () => {
    const act = windowOf(mona);
    act(edit('t1', { status: 'mitigated' }));
    later(1.5);
    act(edit('t1', { owner: 'Ana' }));
    later(1.5);
    act(edit('t1', { severity: 'low' }));
    expect(lines()).toEqual([{ ...decided, by, owner: 'Ana', severity: 'low' }]);
    now += ONE_LINE;
    act(edit('t1', { severity: 'high' }));
    expect(lines().map(line => 'severity' in line && line.severity)).toEqual(['low', 'high']);
  });
  it('of two people about one threat are two lines, each with its author', () => {
    windowOf(mona)(edit('t1', { status: 'mitigated' }));
    later(0.1);
    windowOf(milo)(edit('t1', { owner: 'Ana' }));
    expect(lines()).toMatchObject([
      { by, owner: '' },
      { by: { id: 'milo', name: 'Milo' }, owner: 'Ana' },
    ]);
  });
  it('that arrive together from two people are told apart', () => {
    const [ofMona, ofMilo] = [new Y.Doc(), new Y.Doc()];
    for (const [copy, { id }] of [
      [ofMona, mona],
      [ofMilo, milo],
    ] as const) {
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      owners.set(copy.clientID, id);
    }
    edit('t1', { status: 'accepted' })(ofMona);
    edit('t1', { owner: 'Ana' })(ofMilo);
    doc.transact(() => {
      for (const copy of [ofMona, ofMilo]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy));
    });
    expect(
      lines()
        .map(line => line.by?.id)
        .sort(),
    ).toEqual(['milo', 'mona']);
  });
  it('that are taken back at once leave no line; later they are reopened', () => {
    const act = windowOf(mona);
    act(edit('t1', { status: 'mitigated' }));
    act(edit('t1', { status: 'open' }));
    expect(lines()).toEqual([]);
    act(edit('t1', { status: 'mitigated' }));
    later(10);
    act(edit('t1', { status: 'open' }));
    expect(lines()).toEqual([
      { ...decided, by },
      { what: 'reopened', about: 't1', title: 'Replay', by },
    ]);
  });
  it('are none as long as a threat is only proposed, and told whole once it is taken in', () => {
    const act = windowOf(mona);
    act(edit('t2', { severity: 'high' }));
    expect(lines()).toEqual([]);
    act(edit('t2', { status: 'open' }));
    expect(lines()).toMatchObject([{ what: 'threat-decided', status: 'open', severity: 'high' }]);
  });
  it('are none where only words change, where a threat is new, or where a file changed it', () => {
    const act = windowOf(mona);
    act(edit('t1', { title: 'Replayed', description: 'x' }));
    act(copy => putEntry(root(copy, 'threats'), 't3', { title: 'N', status: 'accepted', by, at: 3 }));
    const file = new Y.Doc();
    Y.applyUpdate(file, Y.encodeStateAsUpdate(doc));
    edit('t1', { status: 'accepted' })(file);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(file));
    expect(lines()).toEqual([]);
  });
  it('go with a threat that is deleted at once, and stay with one that is deleted later', () => {
    const act = windowOf(mona);
    act(edit('t1', { status: 'mitigated' }));
    later(5);
    act(edit('t1', { severity: 'high' }));
    act(copy => root(copy, 'threats').delete('t1'));
    expect(lines()).toEqual([{ ...decided, by }]);
  });
  it('asked for over HTTP carry the name of who asked', () => {
    doc.transact(() => edit('t1', { status: 'mitigated' })(doc), new OnBehalf({ id: 'ci', name: 'Build' }));
    expect(lines()).toMatchObject([{ by: { id: 'ci', name: 'Build' } }]);
  });
  it('of somebody who is gone get the name afterwards', async () => {
    find.mockResolvedValue({ name: 'Zoe' });
    windowOf({ id: 'zoe', name: '', role: 'moderator' })(edit('t1', { status: 'mitigated' }));
    expect(lines()).toEqual([{ ...decided, by: null }]);
    await vi.waitFor(() => expect(lines()).toEqual([{ ...decided, by: { id: 'zoe', name: 'Zoe' } }]));
    expect(find).toHaveBeenCalledWith('s', 'zoe');
  });
  it('are not told again when the room is loaded anew', () => {
    windowOf(mona)(edit('t1', { status: 'mitigated' }));
    stop();
    serve();
    expect(lines()).toEqual([{ ...decided, by }]);
  });
});

describe('M7 verdicts on suggestions', () => {
  const judge =
    (verdict: string, reason = '', who = by) =>
    (copy: Y.Doc) =>
      putEntry(root(copy, 'triage'), 'GEN-S/shape:app', { verdict, reason, by: who, at: now });
  const undo = (copy: Y.Doc) => root(copy, 'triage').delete('GEN-S/shape:app');

  beforeEach(() => {
    putEntry(root(doc, 'board'), 'shape:app', { type: 'process', 'props.name': 'App' });
    const suggestion = { rule: 'GEN-S', target: 'shape:app', stride: 'S', why: {} };
    putEntry(root(doc, 'suggestions'), 'GEN-S/shape:app', suggestion);
  });

  const title = `${CATALOGUE.title('GEN-S')} (App)`;
  const dismissed = { what: 'suggestion-dismissed', suggestion: 'GEN-S/shape:app', title, by };

  it('are written with their reason, and the threat that a suggestion became', () => {
    const act = windowOf(mona);
    act(judge('dismissed', 'Paired at the factory'));
    expect(lines()).toEqual([{ ...dismissed, reason: 'Paired at the factory' }]);
    act(copy => {
      putEntry(root(copy, 'threats'), 'from:GEN-S/shape:app', {
        ...{ title: 'Fake app', status: 'open', suggestion: 'GEN-S/shape:app', severity: 'high' },
      });
      judge('accepted')(copy);
    });
    expect(lines()).toEqual([
      {
        ...{ what: 'suggestion-accepted', suggestion: 'GEN-S/shape:app', threat: 'from:GEN-S/shape:app' },
        ...{ title: 'Fake app', by },
      },
      {
        ...{ what: 'threat-decided', threat: 'from:GEN-S/shape:app', title: 'Fake app', status: 'open' },
        ...{ severity: 'high', owner: '', reason: '', into: '', by },
      },
    ]);
  });
  it('that are taken back at once leave no line; later they are reopened', () => {
    const act = windowOf(mona);
    act(judge('dismissed', 'No'));
    act(undo);
    expect(lines()).toEqual([]);
    act(judge('dismissed', 'No'));
    later(3);
    act(undo);
    expect(lines()).toEqual([
      { ...dismissed, reason: 'No' },
      { what: 'reopened', about: 'GEN-S/shape:app', title, by: null },
    ]);
  });
  it('of two people stand beside each other; the same one given twice is told once', () => {
    windowOf(mona)(judge('dismissed', 'No'));
    later(0.1);
    windowOf(milo)(judge('dismissed', 'No', { id: 'milo', name: 'Milo' }));
    expect(lines()).toHaveLength(1);
    windowOf(milo)(judge('accepted', '', { id: 'milo', name: 'Milo' }));
    expect(lines().map(({ what }) => what)).toEqual(['suggestion-dismissed', 'suggestion-accepted']);
  });
  it('that a letter does not apply name the letter and the thing', () => {
    windowOf(mona)(copy =>
      putEntry(root(copy, 'triage'), 'D/shape:app', { verdict: 'dismissed', reason: 'Offline', by, at: 1 }),
    );
    expect(lines()).toMatchObject([{ title: 'Denial of service (App)', reason: 'Offline' }]);
  });
});

it('looks at no threat but those that changed', () => {
  const look = vi.spyOn(root(doc, 'threats').get('t2')!, 'get');
  windowOf(mona)(edit('t1', { status: 'mitigated' }));
  expect(look).not.toHaveBeenCalled();
});
