/**
 * Updates of an attacker who may draw on the board and propose threats, and wants more. The forbidden ones must be refused
 * whoever sends them; the nasty ones are a participant's right, and stay within entries whose names begin with {@link NASTY}.
 */
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { ROOTS, type Root, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import type { Random } from './random.ts';
import { type Content, content, type Id, type WireItem, writeUpdate } from './wire.ts';

export const NASTY = 'shape:nasty-';
/** Roots of which no attacker may change anything; of `threats`, only what is not theirs. */
export const PROTECTED = ['suggestions', 'triage', 'session', 'threats'] as const satisfies Root[];

/** What the attacker knows: a copy of the document, and what to say of oneself. */
export interface Attacker {
  view: Y.Doc;
  me: Author;
  random: Random;
}

type Attack = (attacker: Attacker) => Uint8Array;

const MAX = Number.MAX_SAFE_INTEGER;
const freshClient = ({ random }: Attacker) => 1 + random.upTo(2 ** 32 - 2);
const nasty = ({ random }: Attacker) => `${NASTY}${random.upTo(40)}`;

/** One client's structs from clock 0, under an id that nobody has. */
const alone = (attacker: Attacker, ...structs: Parameters<typeof writeUpdate>[0][0]['structs']) =>
  writeUpdate([{ client: freshClient(attacker), clock: 0, structs }]);

/** An entry that is no entry's map, or stands where nobody may make one. */
const at = (parent: string | Id, key: string | undefined, what: Content): WireItem => ({
  parent,
  ...(key !== undefined && { key }),
  content: what,
});

/** The last item of an entry of a protected root, or of one of its registers. */
function victim({ view, random }: Attacker): Id {
  const entries = root(view, random.oneOf(PROTECTED));
  const items = [...entries._map.values()].flatMap(item => [
    item,
    ...(item.content instanceof Y.ContentType ? item.content.type._map.values() : []),
  ]);
  const alive = items.filter(item => !item.deleted);
  return random.oneOf(alive.length > 0 ? alive : [...root(view, 'session')._map.values()]).lastId;
}

const lastId = (map: Pick<Y.Map<unknown>, '_map'>, key: string): Id | undefined => map._map.get(key)?.lastId;

/** An entry made, or made anew, as an honest client would write it. */
function put(a: Attacker, name: Root, entry: string, registers: Record<string, unknown>): Uint8Array {
  const client = freshClient(a);
  const origin = lastId(root(a.view, name), entry);
  return writeUpdate([
    {
      client,
      clock: 0,
      structs: [
        { ...(origin ? { origin } : { parent: name, key: entry }), content: content.type(1) },
        ...Object.entries(registers).map(([key, value]) => at({ client, clock: 0 }, key, content.any(value))),
      ],
    },
  ]);
}

/** A register written as an honest client would; garbage when there is no such entry. */
function set(a: Attacker, name: Root, entry: string, key: string, value: unknown): Uint8Array {
  const type = root(a.view, name).get(entry);
  if (!type) return alone(a, { gc: 1 });
  const origin = lastId(type, key);
  return alone(a, {
    ...(origin ? { origin } : { parent: type._item!.id, key }),
    content: content.any(value),
  });
}

function nested(depth: number): Json {
  let value: Json = 'deep';
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

const WRONG_VALUES: readonly Content[] = [
  content.any(undefined),
  content.any(Number.NaN),
  content.any(Number.POSITIVE_INFINITY),
  content.any(12n),
  content.any(new Uint8Array(9)),
  content.any(nested(30)),
  content.any(1, 2),
  content.any(),
  content.any({ a: { __proto__: null, b: 1 } }, {}),
  content.json('{"a":1}'),
  content.json('undefined'),
  content.binary(new Uint8Array(100)),
  content.string('text'),
  content.string(''),
  content.embed('{"a":1}'),
  content.format('bold', 'true'),
  content.subdocument('guid'),
  content.raw(10, new Uint8Array([1])),
  content.raw(31, new Uint8Array([1, 1])),
  ...[0, 1, 2, 3, 4, 5, 6, 9].map(content.type),
];

/** Each is refused whoever sends it. */
export const forbidden: Record<string, Attack> = {
  'seven bytes that stop applyUpdate for 200 ms': () => new Uint8Array([1, 0xff, 0xff, 0xff, 0x7f, 1, 0]),
  'a claim of more structs than there are': a =>
    writeUpdate([{ client: freshClient(a), clock: 0, count: 2 ** 28, structs: [{ gc: 1 }] }]),
  'a missing predecessor': a =>
    writeUpdate([{ client: freshClient(a), clock: 1 + a.random.upTo(MAX - 1), structs: [{ gc: 1 }] }]),
  'a gap': a => alone(a, { gc: 1 }, { skip: 1 + a.random.upTo(1e9) }, { gc: 1 }),
  'clocks beyond all numbers': a => alone(a, { gc: MAX }, { gc: MAX }, { gc: MAX }),
  'a clock that leaves no room for another': a => alone(a, { gc: MAX }),
  'an item of no length over somebody’s': a =>
    alone(a, { gc: 1 }, { origin: victim(a), content: content.any() }),
  'an entry of no length': a => alone(a, { gc: 1 }, at('suggestions', 'S/x', content.any())),
  'a client twice, first harmless': a => {
    const client = freshClient(a);
    const evil = at('suggestions', 'S/x', content.type(1));
    const sections = [[{ gc: 1 }], [evil]].map(structs => ({ client, clock: 0, structs }));
    return writeUpdate(sections);
  },
  'clients without structs': () =>
    writeUpdate(
      Array.from({ length: 2_000 }, (_, i) => ({ client: i, clock: 0, structs: i ? [] : [{ gc: 1 }] })),
    ),
  'a client id for each of 200 structs': a =>
    writeUpdate(
      Array.from({ length: 200 }, () => ({ client: freshClient(a), clock: 0, structs: [{ gc: 1 }] })),
    ),
  'a value that hides behind a deleted one': a => {
    const client = freshClient(a);
    const item = at('suggestions', 'S/x', content.any('deleted', 'alive'));
    return writeUpdate([{ client, clock: 0, structs: [item] }], [{ client, ranges: [[0, 1]] }]);
  },
  'items that wait for each other': a => {
    const [one, two] = [freshClient(a), freshClient(a)];
    const gone = content.deleted(1);
    const waiting = (client: number, other: number) => ({
      client,
      clock: 0,
      structs: [{ origin: { client: other, clock: 1 }, content: gone }, at('board', nasty(a), gone)],
    });
    return writeUpdate([waiting(one, two), waiting(two, one)]);
  },
  'an item beside itself': a => {
    const client = freshClient(a);
    return writeUpdate([
      { client, clock: 0, structs: [{ origin: { client, clock: 0 }, content: content.any(1) }] },
    ]);
  },
  'an item between two places': a =>
    alone(a, {
      origin: victim(a),
      rightOrigin: root(a.view, 'board')._map.values().next().value!.id,
      content: content.any('x'),
    }),
  'a register of a register': a =>
    alone(a, at(victim(a), 'a', content.any(1)), at('sub', 'a', content.any(1))),
  'an unknown root': a => alone(a, at(`root-${a.random.upTo(1e9)}`, 'a', content.type(1))),
  'an unknown root behind a known clock': a => {
    const [client, structs] = a.random.oneOf([...a.view.store.clients]);
    const own = [{ gc: 1 }];
    const known = [at(`root-${a.random.upTo(1e9)}`, 'a', content.any(...Array(structs.length).fill(0)))];
    return writeUpdate([
      { client, clock: 0, structs: known },
      { client: freshClient(a), clock: 0, structs: own },
    ]);
  },
  'a list in a root': a => alone(a, at(a.random.oneOf(ROOTS), undefined, content.any('a', 'b'))),
  'a key of the prototype': a =>
    alone(
      a,
      at(
        a.random.oneOf(ROOTS),
        a.random.oneOf(['__proto__', 'constructor prototype', '', ' ']),
        content.type(1),
      ),
    ),
  'a register of the prototype': a => {
    const client = freshClient(a);
    const key = a.random.oneOf([
      '__proto__',
      'constructor',
      'a.prototype',
      'toString()',
      '',
      'x'.repeat(60_000),
    ]);
    const structs = [at('board', nasty(a), content.type(1)), at({ client, clock: 0 }, key, content.any(1))];
    return writeUpdate([{ client, clock: 0, structs }]);
  },
  'a huge key': a => alone(a, at('board', `shape:${'x'.repeat(60_000)}`, content.type(1))),
  'an entry that is no map': a =>
    alone(a, at('board', nasty(a), a.random.oneOf(WRONG_VALUES.filter(v => v.ref !== 7)))),
  'an entry of another type': a =>
    alone(a, at('board', nasty(a), content.type(a.random.oneOf([0, 2, 3, 4, 5, 6, 7])))),
  'a register that is no plain data': a => {
    const client = freshClient(a);
    const structs = [
      at('board', nasty(a), content.type(1)),
      at({ client, clock: 0 }, 'a', a.random.oneOf(WRONG_VALUES)),
    ];
    return writeUpdate([{ client, clock: 0, structs }]);
  },
  'nesting without end': a => {
    const bytes = new Uint8Array(10_000).fill(1);
    for (let i = 0; i < bytes.length; i += 2) bytes[i] = 117;
    return alone(a, at('board', nasty(a), content.raw(8, new Uint8Array([1, ...bytes]))));
  },
  'a list of a thousand million': a =>
    alone(a, at('board', nasty(a), content.raw(8, new Uint8Array([0xff, 0xff, 0xff, 0xff, 3, 126, 126])))),
  'thousands of items at one place': a => {
    const client = freshClient(a);
    const first = at('board', nasty(a), content.deleted(1));
    const structs = Array.from({ length: 500 }, (_, i) =>
      i === 0 ? first : { rightOrigin: { client, clock: a.random.upTo(i - 1) }, content: content.deleted(1) },
    );
    return writeUpdate([{ client, clock: 0, structs }]);
  },
  'a deletion of what nobody wrote': a =>
    writeUpdate([], [{ client: freshClient(a), ranges: [[a.random.upTo(MAX), 1 + a.random.upTo(1000)]] }]),
  'a deletion of somebody’s': a => {
    const { client, clock } = victim(a);
    return writeUpdate([], [{ client, ranges: [[clock, 1]] }]);
  },
  'thousands of deletions over each other, of everything': a =>
    writeUpdate(
      [],
      [...a.view.store.clients.keys()].slice(0, 2).map(client => ({
        client,
        ranges: Array(2_000).fill([0, Y.getState(a.view.store, client)]),
      })),
    ),
  'an end of somebody’s register': a => alone(a, { origin: victim(a), content: content.deleted(1) }),
  'a threat in the name of another': a =>
    put(a, 'threats', `t-${a.random.upTo(1e9)}`, threat({ id: 'u', name: 'Mo' })),
  'a threat that nobody judged but is open': a =>
    put(a, 'threats', `t-${a.random.upTo(1e9)}`, { ...threat(a.me), status: 'open' }),
  'a suggestion': a => put(a, 'suggestions', 'S/x', { rule: 'S', target: 'x' }),
  'a verdict': a => put(a, 'triage', 'S/x', { verdict: 'dismissed', reason: '', by: { ...a.me }, at: 1 }),
  'another title': a => set(a, 'session', SESSION_ENTRY, 'title', 'x'),
  'another count of threats': a => set(a, 'session', SESSION_ENTRY, 'lastThreat', 0),
};

function threat(by: Author) {
  return { title: 'T', stride: ['S'], target: 'shape:app', status: 'proposed', by: { ...by }, at: 1 };
}

/** Each is within a participant's rights. */
export const allowed: Record<string, Attack> = {
  'garbage that claims a client id': a => alone(a, { gc: 1 + a.random.upTo(1_000) }),
  'an entry of nonsense': a =>
    put(a, 'board', nasty(a), {
      type: a.random.oneOf<Json>(['process', 'arrow', 'trust_boundary', null, {}, 7]),
      at: a.random.oneOf<Json>([[1e308, -1e308], 'x', [], {}, [[1], [2]]]),
      size: a.random.oneOf<Json>([[1e308, 1e308], [-1, 0], null]),
      place: [nasty(a), a.random.oneOf<Json>(['a1', '', 'zzz', {}])],
      'props.name': 'x'.repeat(a.random.upTo(2_000)),
      'meta.deep': nested(20),
    }),
  'a great many registers': a =>
    put(a, 'board', nasty(a), Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, i]))),
  'a deletion of an own entry': a => {
    const item = root(a.view, 'board')._map.get(nasty(a));
    return item
      ? writeUpdate([], [{ client: item.id.client, ranges: [[item.id.clock, 1]] }])
      : alone(a, { gc: 1 });
  },
  'a shape that was never alive': a =>
    alone(a, at('board', nasty(a), content.deleted(1 + a.random.upTo(50)))),
};

/** An honest update with bytes missing or changed: nobody knows what it says. */
export function mutilated(a: Attacker): Uint8Array {
  const { random, view } = a;
  const name = random.oneOf(PROTECTED);
  const entry = random.oneOf([...root(view, name).keys(), nasty(a)]);
  const update = random.chance(0.5)
    ? set(a, name, entry, random.oneOf(['title', 'verdict', 'rule', 'number', 'by']), 'forged')
    : put(a, random.oneOf(['board', name]), random.oneOf([nasty(a), entry]), {
        at: [1, 2],
        'props.name': 'forged',
      });
  if (random.chance(0.3)) return update.subarray(0, random.upTo(update.length));
  for (let flips = 1 + random.upTo(4); flips > 0; flips--) {
    update[random.upTo(update.length - 1)]! ^= 1 << random.upTo(7);
  }
  return update;
}
