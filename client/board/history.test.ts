import { describe, expect, it, vi } from 'vitest';
import { type Json, putRecord } from '#shared/document/board.ts';
import { createHistory } from './history.ts';
import { LOCAL_EDIT } from './origin.ts';
import { binding, boardOf, meet, type Peer, peerOf, seededDoc, shape } from './testing/peers.ts';

function setUp() {
  const doc = seededDoc();
  for (const id of ['p', 'q']) putRecord(boardOf(doc), shape(id, 'process', {}, { name: id }));
  putRecord(boardOf(doc), shape('f', 'arrow'));
  putRecord(boardOf(doc), binding('1', 'f', 'p', 'start'));
  const rights = { write: true, kept: '' };
  const a = peerOf(doc, { canWrite: () => rights.write, mayChange: id => id !== rights.kept });
  const b = peerOf(doc);
  const selected: { ids: string[] } = { ids: [] };
  const history = createHistory(a.doc, a.binding, {
    get: () => selected.ids,
    set: ids => {
      selected.ids = ids;
    },
  });
  return { a, b, history, rights, selected };
}

const name = (one: Peer) => (one.get('shape:p')?.props as { name?: string } | undefined)?.name;

describe('undo', () => {
  it('puts my move back and keeps the name that somebody else gave meanwhile', () => {
    const { a, b, history } = setUp();
    history.mark('move');
    a.change('shape:p', { x: 50 });
    meet(a, b);
    b.change('shape:p', {}, { name: 'by B' });
    meet(a, b);
    history.undo();
    meet(a, b);
    for (const one of [a, b]) {
      expect(one.get('shape:p')).toMatchObject({ x: 0 });
      expect(name(one)).toBe('by B');
    }
    history.redo();
    expect(a.get('shape:p')).toMatchObject({ x: 50 });
    expect(name(a)).toBe('by B');
  });

  it('passes over what a moderator locked since, which the server would refuse', () => {
    const { a, b, history, rights } = setUp();
    history.mark('move q');
    a.change('shape:q', { x: 10 });
    history.mark('move p');
    a.change('shape:p', { x: 50 });
    meet(a, b);
    rights.kept = 'shape:p';
    history.undo();
    meet(a, b);
    expect([a.get('shape:p')!.x, a.get('shape:q')!.x]).toEqual([50, 0]);
    expect(history.undos()).toBe(0);
    rights.kept = 'shape:q';
    history.redo();
    expect(a.get('shape:q')!.x).toBe(0);
  });

  it('leaves a register alone that somebody else changed since', () => {
    const { a, b, history } = setUp();
    history.mark('move');
    a.change('shape:p', { x: 50 });
    meet(a, b);
    b.change('shape:p', { x: 80 });
    meet(a, b);
    history.undo();
    expect(a.get('shape:p')).toMatchObject({ x: 80 });
  });

  it('takes a gesture back in one step, however often it was flushed', () => {
    const { a, history } = setUp();
    for (const target of [100, 200]) {
      history.mark('move');
      for (let x = target - 3; x <= target; x++) {
        a.change('shape:p', { x });
        a.binding.flush();
      }
    }
    expect(history.undos()).toBe(2);
    history.undo();
    expect(a.get('shape:p')).toMatchObject({ x: 100 });
    history.undo();
    expect(a.get('shape:p')).toMatchObject({ x: 0 });
    expect(history.undos()).toBe(0);
    expect(history.redos()).toBe(2);
  });

  it('brings a deleted element back with what was bound to it, and the selection', () => {
    const { a, b, history, selected } = setUp();
    selected.ids = ['shape:p'];
    history.mark('delete');
    a.remove('binding:1', 'shape:p');
    selected.ids = [];
    meet(a, b);
    expect(b.get('shape:p')).toBeUndefined();
    history.undo();
    meet(a, b);
    for (const one of [a, b]) {
      expect(name(one)).toBe('p');
      expect(one.get('binding:1')).toMatchObject({ fromId: 'shape:f', toId: 'shape:p' });
    }
    expect(selected.ids).toEqual(['shape:p']);
  });

  it('leaves nothing of a gesture that was given up: no change, no step, no earlier step undone', () => {
    const { a, b, history } = setUp();
    history.mark('first');
    a.change('shape:q', { x: 1 });
    history.mark('second');
    a.change('shape:p', { x: 50 });
    a.binding.flush();
    a.put(shape('new', 'process'));
    b.change('shape:p', {}, { name: 'by B' });
    meet(a, b);
    a.change('shape:p', { x: 60 });
    history.bailToMark('second');
    meet(a, b);
    for (const one of [a, b]) {
      expect(one.get('shape:p')).toMatchObject({ x: 0 });
      expect(name(one)).toBe('by B');
      expect(one.get('shape:q')).toMatchObject({ x: 1 });
      expect(one.get('shape:new')).toBeUndefined();
    }
    expect([history.undos(), history.redos()]).toEqual([1, 0]);
  });

  it('undoes edits made beside the canvas, typing in one step and apart from gestures', () => {
    const { a, history } = setUp();
    const write = (key: string, value: Json) =>
      a.doc.transact(() => boardOf(a.doc).get('shape:p')!.set(key, value), LOCAL_EDIT);
    history.mark('move');
    a.change('shape:p', { x: 9 });
    a.binding.flush();
    for (const typed of ['p', 'pu', 'pump']) write('props.name', typed);
    a.binding.sync();
    expect(name(a)).toBe('pump');
    expect(history.undos()).toBe(2);
    history.undo();
    expect(name(a)).toBe('p');
    expect(a.get('shape:p')).toMatchObject({ x: 9 });
  });

  it('writes nothing once the right to write is gone, and leaves no gesture behind', () => {
    const { a, history, rights } = setUp();
    history.mark('first');
    a.change('shape:q', { x: 1 });
    history.mark('second');
    a.put(shape('new', 'process'));
    a.binding.flush();
    a.change('shape:p', { x: 50 });
    rights.write = false;
    const updates = vi.fn();
    a.doc.on('update', updates);
    history.bailToMark('second');
    history.undo();
    history.redo();
    expect(a.get('shape:p')).toMatchObject({ x: 0 });
    expect(a.get('shape:q')).toMatchObject({ x: 1 });
    expect(updates).not.toHaveBeenCalled();
  });

  it('squashes the steps since a mark into one', () => {
    const { a, history } = setUp();
    history.mark('all');
    for (const x of [1, 2, 3]) {
      history.mark(`step ${x}`);
      a.change('shape:p', { x });
    }
    history.squashToMark('all');
    expect(history.undos()).toBe(1);
    history.undo();
    expect(a.get('shape:p')).toMatchObject({ x: 0 });
  });
});
