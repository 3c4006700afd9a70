import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { type Json, putRecord } from '#shared/document/board.ts';
import type { Change } from './frames.ts';
import { BOARD_ORIGIN } from './origin.ts';
import { binding, boardOf, meet, type Peer, peer, peerOf, seededDoc, shape } from './testing/peers.ts';

function two(): [Peer, Peer] {
  const doc = seededDoc();
  putRecord(boardOf(doc), shape('p', 'process', {}, { name: 'Pump' }));
  return [peerOf(doc), peerOf(doc)];
}

const at = ({ get }: Peer, id = 'shape:p') => [get(id)?.x, get(id)?.y];
const name = ({ get }: Peer, id = 'shape:p') => (get(id)?.props as { name: string } | undefined)?.name;

describe('the board binding', () => {
  it('shows what the document holds and never seeds it', () => {
    const doc = new Y.Doc();
    const { get } = peer(doc);
    expect(get('page:page')).toBeDefined();
    expect(boardOf(doc).size).toBe(0);
  });

  it('keeps both changes of two people who rename and move the same process', () => {
    const [a, b] = two();
    a.change('shape:p', { x: 100, y: 50 });
    b.change('shape:p', {}, { name: 'Infusion pump' });
    meet(a, b);
    for (const one of [a, b]) {
      expect(at(one)).toEqual([100, 50]);
      expect(name(one)).toBe('Infusion pump');
    }
  });

  it('writes only the registers that changed, and nothing of what came from the document', () => {
    const [a, b] = two();
    const origins: unknown[] = [];
    b.doc.on('afterTransaction', tr => origins.push(tr.origin));
    a.change('shape:p', { x: 7 });
    const keys: string[] = [];
    boardOf(a.doc).observeDeep(events => {
      for (const event of events) keys.push(...event.keys.keys());
    });
    meet(a, b);
    expect(keys).toEqual(['at']);
    expect(origins).not.toContain(BOARD_ORIGIN);
  });

  it('puts back what the person may not change of the board, and writes the rest of the gesture', () => {
    const doc = seededDoc();
    for (const id of ['p', 'q']) putRecord(boardOf(doc), shape(id, 'process', {}, { name: id }));
    const one = peerOf(doc, { mayChange: id => id !== 'shape:p' });
    for (const id of ['shape:p', 'shape:q']) one.change(id, { x: 40 });
    one.binding.flush();
    expect([at(one, 'shape:p'), at(one, 'shape:q')]).toEqual([
      [0, 0],
      [40, 0],
    ]);
    one.remove('shape:p');
    one.binding.flush();
    expect(at(one, 'shape:p')).toEqual([0, 0]);
    expect(boardOf(one.doc).get('shape:p')!.get('at')).toEqual(boardOf(doc).get('shape:p')!.get('at'));
  });

  it('lets a remote rename arrive during a drag without moving what is dragged', () => {
    const [a, b] = two();
    a.change('shape:p', { x: 300 });
    b.change('shape:p', {}, { name: 'Renamed' });
    b.binding.flush();
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc), 'remote');
    a.binding.sync();
    expect(at(a)).toEqual([300, 0]);
    expect(name(a)).toBe('Renamed');
    meet(a, b);
    expect(at(b)).toEqual([300, 0]);
    expect(name(b)).toBe('Renamed');
  });

  it('does not bring back what is deleted here when somebody else changes it', () => {
    const [a, b] = two();
    a.remove('shape:p');
    b.change('shape:p', { x: 1 });
    b.binding.flush();
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc), 'remote');
    a.binding.sync();
    expect(a.get('shape:p')).toBeUndefined();
    meet(a, b);
    expect(b.get('shape:p')).toBeUndefined();
  });

  it('drops what is changed here when somebody else deletes it', () => {
    const [a, b] = two();
    b.remove('shape:p');
    a.change('shape:p', { x: 1 });
    meet(a, b);
    expect(a.get('shape:p')).toBeUndefined();
    expect(boardOf(a.doc).has('shape:p')).toBe(false);
  });

  it('writes a stroke once, when it is complete', () => {
    const [a] = two();
    const segments = [{ type: 'free', points: [{ x: 0, y: 0, z: 0.5 }] }];
    a.put(shape('d', 'draw', {}, { segments }));
    a.binding.flush();
    expect(boardOf(a.doc).has('shape:d')).toBe(false);
    a.change('shape:d', {}, { isComplete: true });
    a.binding.flush();
    expect(boardOf(a.doc).has('shape:d')).toBe(true);
  });

  it('flushes a gesture by itself within a moment', async () => {
    const [a] = two();
    a.change('shape:p', { x: 5 });
    await vi.waitFor(() => expect(boardOf(a.doc).get('shape:p')?.get('at')).toEqual([5, 0]), {
      timeout: 10_000,
    });
  });

  it('puts back what somebody changed without the right to', () => {
    const doc = seededDoc();
    putRecord(boardOf(doc), shape('p', 'process'));
    const observer = peerOf(doc, { canWrite: () => false });
    observer.change('shape:p', { x: 5 });
    observer.put(shape('new', 'process'));
    observer.binding.flush();
    expect(at(observer)).toEqual([0, 0]);
    expect(observer.get('shape:new')).toBeUndefined();
    expect(boardOf(observer.doc).has('shape:new')).toBe(false);
  });

  it('stops listening when it is disposed', () => {
    const [a, b] = two();
    a.binding.dispose();
    b.change('shape:p', { x: 9 });
    meet(a, b);
    expect(at(a)).toEqual([0, 0]);
    a.change('shape:p', { x: 4 });
    expect(boardOf(a.doc).get('shape:p')?.get('at')).toEqual([9, 0]);
  });
});

describe('a gesture', () => {
  /** Two people, the first of whom drags while `dragging` is on. */
  function dragger() {
    const gesture = { dragging: true };
    const doc = seededDoc();
    putRecord(boardOf(doc), shape('p', 'process', {}, { name: 'Pump' }));
    putRecord(boardOf(doc), shape('f', 'arrow'));
    const [a, b] = [peerOf(doc, { isDragging: () => gesture.dragging }), peerOf(doc)];
    const seen = () => {
      b.binding.overlay(a.binding.held());
      b.binding.sync();
    };
    const updates = vi.fn();
    a.doc.on('update', updates);
    return { a, b, gesture, seen, updates };
  }

  it('is shown to others and written once, at its end, with what changed', () => {
    const { a, b, gesture, seen, updates } = dragger();
    for (const x of [10, 20, 30]) {
      a.change('shape:p', { x });
      a.binding.flush();
      seen();
      expect(at(b)).toEqual([x, 0]);
    }
    expect(a.binding.held()).toEqual(new Map([['shape:p', { at: [30, 0] }]]));
    expect(updates).not.toHaveBeenCalled();
    gesture.dragging = false;
    a.binding.flush();
    expect(updates).toHaveBeenCalledTimes(1);
    expect(boardOf(a.doc).get('shape:p')!.get('at')).toEqual([30, 0]);
    expect(a.binding.held().size).toBe(0);
  });

  it('that is given up leaves no trace, here or with the others', () => {
    const { a, b, seen, updates } = dragger();
    a.change('shape:p', { x: 10 });
    a.put(binding('1', 'f', 'p', 'start'));
    seen();
    expect(b.get('binding:1')).toBeDefined();
    a.binding.restore();
    seen();
    for (const one of [a, b]) {
      expect(at(one)).toEqual([0, 0]);
      expect(one.get('binding:1')).toBeUndefined();
    }
    expect(updates).not.toHaveBeenCalled();
  });

  it('writes shapes that it creates at once, and what it does to them at its end', () => {
    const { a, gesture } = dragger();
    a.put(shape('new', 'process', { x: 1 }));
    a.binding.flush();
    a.change('shape:new', { x: 2 });
    a.binding.flush();
    expect(boardOf(a.doc).get('shape:new')!.get('at')).toEqual([1, 0]);
    gesture.dragging = false;
    a.binding.flush();
    expect(boardOf(a.doc).get('shape:new')!.get('at')).toEqual([2, 0]);
  });

  it('of somebody else is not written by who edits what it moves', () => {
    const { a, b, seen } = dragger();
    a.change('shape:p', { x: 10, parentId: 'page:page', index: 'a7' });
    seen();
    b.change('shape:p', {}, { name: 'Renamed' });
    b.binding.flush();
    expect(boardOf(b.doc).get('shape:p')!.toJSON()).toEqual(
      expect.objectContaining({ at: [0, 0], place: ['page:page', 'a1'], 'props.name': 'Renamed' }),
    );
    expect(b.get('shape:p')).toMatchObject({ x: 10, index: 'a7' });
    b.binding.overlay(new Map());
    b.binding.sync();
    expect(b.get('shape:p')).toMatchObject({ x: 0, index: 'a1' });
    expect(name(b)).toBe('Renamed');
  });

  it('ends with the last drop where two drag the same shape, and without what somebody deleted', () => {
    const { a, b, gesture } = dragger();
    a.change('shape:p', { x: 10 });
    b.change('shape:p', { x: 99 }, { w: 50 });
    b.binding.flush();
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc), 'remote');
    a.binding.sync();
    expect(at(a)).toEqual([10, 0]);
    gesture.dragging = false;
    meet(a, b);
    for (const one of [a, b]) expect(one.get('shape:p')).toMatchObject({ x: 10, props: { w: 50 } });

    gesture.dragging = true;
    a.change('shape:p', { x: 77 });
    b.remove('shape:p');
    b.binding.flush();
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc), 'remote');
    a.binding.sync();
    expect(a.binding.held().size).toBe(0);
    gesture.dragging = false;
    meet(a, b);
    for (const one of [a, b]) expect(one.get('shape:p')).toBeUndefined();
  });

  it.each<[string, Change]>([
    ['a place that is no point', { at: 'here' }],
    ['a register that tldraw does not know', { 'props.script': 'x' }],
    ['a removed shape', null],
  ])('that makes no sense is not shown: %s', (_, change) => {
    const { b } = dragger();
    const before = b.sees();
    b.binding.overlay(
      new Map([
        ['shape:p', change],
        ['shape:none', { at: [0, 0] }],
      ]),
    );
    b.binding.sync();
    expect(b.sees()).toEqual(before);
    expect(b.binding.quarantined()).toEqual([]);
  });
});

describe('quarantine', () => {
  it('hides only the records that can not be shown, says which, and shows them once they can', () => {
    const doc = seededDoc();
    putRecord(boardOf(doc), shape('good', 'process'));
    putRecord(boardOf(doc), shape('bad', 'process', {}, { w: -0 }));
    putRecord(boardOf(doc), shape('alien', 'geo'));
    const onQuarantine = vi.fn();
    const one = peer(doc, { onQuarantine });
    expect(Object.keys(one.sees()).filter(id => id.startsWith('shape:'))).toEqual(['shape:good']);
    expect(onQuarantine).toHaveBeenLastCalledWith(['shape:bad', 'shape:alien']);
    boardOf(doc).get('shape:bad')!.set('size', [10, 10]);
    one.binding.sync();
    expect(one.get('shape:bad')).toBeDefined();
    expect(one.binding.quarantined()).toEqual(['shape:alien']);
  });

  it('shows the contents of a boundary that can not be shown', () => {
    const doc = seededDoc();
    putRecord(boardOf(doc), shape('outer', 'trust_boundary', {}, { name: 7 }));
    putRecord(boardOf(doc), shape('in', 'process', { parentId: 'shape:outer' }));
    expect(peer(doc).get('shape:in')?.parentId).toBe('page:page');
  });

  it('never lets a forged session record near the screen', () => {
    const doc = seededDoc();
    boardOf(doc).set('camera:page:page', new Y.Map<Json>(Object.entries({ x: 9, y: 9, z: 1 })));
    const one = peer(doc);
    expect(one.get('camera:page:page')).toMatchObject({ x: 0 });
    expect(one.binding.quarantined()).toEqual(['camera:page:page']);
  });
});

describe('repair on the board', () => {
  it('shows a shape on the page when its parent is gone, and changes only what the person changes', () => {
    const doc = seededDoc();
    putRecord(boardOf(doc), shape('p', 'process', { parentId: 'shape:gone' }));
    const one = peer(doc);
    expect(one.get('shape:p')?.parentId).toBe('page:page');
    one.change('shape:p', { x: 3 });
    one.binding.flush();
    expect(boardOf(doc).get('shape:p')!.get('place')).toEqual(['shape:gone', 'a1']);
    putRecord(boardOf(doc), shape('gone', 'trust_boundary'));
    one.binding.sync();
    expect(one.get('shape:p')).toMatchObject({ parentId: 'shape:gone', x: 3 });
  });

  it('shows one of two bindings on the same end of an arrow, the same to everybody', () => {
    const doc = seededDoc();
    for (const id of ['p', 'q']) putRecord(boardOf(doc), shape(id, 'process'));
    putRecord(boardOf(doc), shape('f', 'arrow'));
    const [a, b] = [peerOf(doc), peerOf(doc)];
    a.put(binding('1', 'f', 'p', 'start'));
    b.put(binding('2', 'f', 'q', 'start'));
    meet(a, b);
    for (const one of [a, b]) {
      expect(one.get('binding:1')).toBeDefined();
      expect(one.get('binding:2')).toBeUndefined();
    }
  });
});

describe('convergence', () => {
  const ids = ['p', 'q', 'outer', 'inner'];
  const someId = fc.constantFrom(...ids);
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('move' as const), id: someId, x: fc.integer({ min: 0, max: 99 }) }),
    fc.record({ kind: fc.constant('name' as const), id: someId, name: fc.string({ maxLength: 5 }) }),
    fc.record({ kind: fc.constant('size' as const), id: someId, w: fc.integer({ min: 1, max: 99 }) }),
    fc.record({ kind: fc.constant('parent' as const), id: someId, parent: someId }),
    fc.record({ kind: fc.constant('remove' as const), id: someId }),
    fc.record({ kind: fc.constant('create' as const), id: someId }),
    fc.record({ kind: fc.constant('meet' as const) }),
  );
  const typeOf = (id: string) => (id === 'p' || id === 'q' ? 'process' : 'trust_boundary');

  it('lets any number of people who edit at once end up with the same board', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), edit), { maxLength: 40 }), edits => {
        const doc = seededDoc();
        for (const id of ids) putRecord(boardOf(doc), shape(id, typeOf(id)));
        const peers = [peerOf(doc), peerOf(doc), peerOf(doc)];
        for (const [who, change] of edits) apply(peers, who, change);
        meet(...peers);
        const [first, ...others] = peers.map(one => one.sees());
        for (const other of others) expect(other).toEqual(first);
        for (const one of peers) one.binding.dispose();
      }),
      { numRuns: 150 },
    );
  });

  type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

  function apply(peers: Peer[], who: number, change: Edit): void {
    if (change.kind === 'meet') return meet(...peers);
    const one = peers[who]!;
    const id = `shape:${change.id}`;
    if (change.kind === 'create') {
      if (!one.get(id)) one.put(shape(change.id, typeOf(change.id)));
      return;
    }
    if (!one.get(id)) return;
    switch (change.kind) {
      case 'move':
        return one.change(id, { x: change.x });
      case 'name':
        return one.change(id, {}, { name: change.name });
      case 'size':
        return one.change(id, {}, { w: change.w });
      case 'remove':
        return one.remove(id);
      case 'parent':
        if (change.parent !== change.id && one.get(`shape:${change.parent}`)?.parentId !== id) {
          one.change(id, { parentId: `shape:${change.parent}` });
        }
    }
  }

  const step = fc.oneof(
    fc.record({ kind: fc.constant('drag' as const), id: someId, x: fc.integer({ min: 1, max: 99 }) }),
    fc.record({ kind: fc.constantFrom('drop' as const, 'cancel' as const) }),
    fc.record({ kind: fc.constant('edit' as const), edit }),
  );

  it('holds while people see each other’s gestures, and nobody writes where somebody else was dragging', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), step), { maxLength: 40 }), steps => {
        const doc = seededDoc();
        for (const id of ids) putRecord(boardOf(doc), shape(id, typeOf(id)));
        const peers = [0, 1, 2].map(() => peerOf(doc, { isDragging: () => true }));
        const written = new Set<unknown>([0]);
        for (const [who, change] of steps) {
          const one = peers[who]!;
          if (change.kind === 'drag') {
            // Nobody else's positions, so that each tells who put it there.
            if (one.get(`shape:${change.id}`)) one.change(`shape:${change.id}`, { x: 3 * change.x + who });
          } else if (change.kind === 'cancel') one.binding.restore();
          else {
            if (change.kind === 'edit' && change.edit.kind !== 'meet') apply(peers, who, change.edit);
            for (const held of one.binding.held().values()) written.add((held?.at as Json[])?.[0]);
            one.binding.flush(true);
          }
          gossip(peers);
          for (const entry of boardOf(one.doc).values()) {
            if (entry.has('at')) expect(written).toContain((entry.get('at') as Json[])[0]);
          }
        }
        for (const { binding } of peers) binding.restore();
        gossip(peers);
        const [first, ...others] = peers.map(one => one.sees());
        for (const other of others) expect(other).toEqual(first);
        for (const one of peers) one.binding.dispose();
      }),
      { numRuns: 100 },
    );
  });

  /** Everybody hears of everything written and sees everybody's gesture, and writes nothing for it. */
  function gossip(peers: Peer[]): void {
    for (const to of peers) {
      const drags = new Map<string, Change>();
      for (const from of peers) {
        if (from === to) continue;
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote');
        for (const [id, change] of from.binding.held()) drags.set(id, change);
      }
      to.binding.overlay(drags);
    }
    for (const { binding } of peers) binding.sync();
  }
});
