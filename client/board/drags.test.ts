import { afterEach, describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { can } from '#shared/document/rights.ts';
import { dragSource, MAX_FRAME_LENGTH, showDrags } from './drags.ts';
import type { Change } from './frames.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Somebody who drags and somebody who looks on; what one sends reaches the other when the test says so. */
function setUp(role = 'participant') {
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  const [sender, receiver] = [new Awareness(mine), new Awareness(theirs)];
  const held = new Map<string, Change>();
  const source = dragSource(mine, { held: () => held });
  let shown: ReadonlyMap<string, Change> = new Map();
  const stop = showDrags(theirs, receiver, { overlay: changes => (shown = changes) }, role =>
    can.draw(role, false),
  );
  ends.push(
    stop,
    () => sender.destroy(),
    () => receiver.destroy(),
  );
  return {
    held,
    source,
    send(drag: unknown = source()) {
      sender.setLocalState({ user: { role }, drag });
      applyAwarenessUpdate(receiver, encodeAwarenessUpdate(sender, [sender.clientID]), 'net');
    },
    leave() {
      sender.setLocalState(null);
      applyAwarenessUpdate(receiver, encodeAwarenessUpdate(sender, [sender.clientID]), 'net');
    },
    write: () => mine.getMap('board').set('x', 1),
    deliver: () => Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine)),
    shown: () => Object.fromEntries(shown),
  };
}

describe('what is seen of somebody else’s gesture', () => {
  it('stays until its outcome is in the document, whichever of the two arrives first', () => {
    const { held, send, write, deliver, shown } = setUp();
    held.set('shape:p', { at: [1, 2] });
    send();
    expect(shown()).toEqual({ 'shape:p': { at: [1, 2] } });
    write();
    held.clear();
    send();
    expect(shown()).toEqual({ 'shape:p': { at: [1, 2] } });
    deliver();
    expect(shown()).toEqual({});

    held.set('shape:p', { at: [3, 4] });
    send();
    write();
    held.clear();
    deliver();
    expect(shown()).toEqual({ 'shape:p': { at: [3, 4] } });
    send();
    expect(shown()).toEqual({});
  });

  it('stays also when the next gesture begins before that', () => {
    const { held, send, write, deliver, shown } = setUp();
    held.set('shape:p', { at: [1, 2] });
    send();
    write();
    held.clear();
    held.set('shape:q', { at: [5, 6] });
    send();
    expect(shown()).toEqual({ 'shape:p': { at: [1, 2] }, 'shape:q': { at: [5, 6] } });
    deliver();
    expect(shown()).toEqual({ 'shape:q': { at: [5, 6] } });
  });

  it('is over at once when it was given up, and when the one who drags is gone', () => {
    const { held, send, leave, shown } = setUp();
    held.set('shape:p', { at: [1, 2] });
    send();
    held.clear();
    send();
    expect(shown()).toEqual({});
    held.set('shape:p', { at: [1, 2] });
    send();
    leave();
    expect(shown()).toEqual({});
  });

  it('is nothing of who may not draw', () => {
    const { held, send, shown } = setUp('observer');
    held.set('shape:p', { at: [1, 2] });
    send();
    expect(shown()).toEqual({});
  });

  it.each<[string, unknown]>([
    ['no clock', { records: { 'shape:p': { at: [0, 0] } } }],
    ['a clock that is none', { written: [1, 'soon'], records: {} }],
    ['other people’s records', { written: [1, 1], records: { 'camera:page:page': { x: 1 } } }],
    ['a change that is none', { written: [1, 1], records: { 'shape:p': [1] } }],
    ['a forged prototype', JSON.parse('{"written":[1,1],"records":{"shape:p":{"__proto__":{}}}}')],
    ['a word', 'drag'],
  ])('is nothing that makes no sense: %s', (_, drag) => {
    const { send, shown } = setUp();
    send(drag);
    expect(shown()).toEqual({});
  });
});

describe('what is sent of a gesture', () => {
  it('is nothing before the first, and no news between two', () => {
    const { held, source, write } = setUp();
    expect(source()).toBeNull();
    held.set('shape:p', { at: [1.23456789, 2], 'props.w': null as never });
    expect(source()?.records).toEqual({ 'shape:p': { at: [1.2346, 2], 'props.w': null } });
    held.clear();
    const idle = source();
    write();
    expect(source()).toBe(idle);
  });

  it('fits into a state: of too many shapes at once the others see the end', () => {
    const { held, source } = setUp();
    for (let i = 0; i < 150; i++)
      held.set(`shape:V1StGXR8_Z5jdHi6B-${i}`, { at: [1000.12345 + i, -2000.54321] });
    const { records } = source()!;
    expect(Object.keys(records)).toHaveLength(150);
    expect(JSON.stringify(records).length).toBeLessThanOrEqual(MAX_FRAME_LENGTH);
    for (let i = 150; i < 500; i++) held.set(`shape:V1StGXR8_Z5jdHi6B-${i}`, { at: [i, i] });
    expect(source()!.records).toEqual({});
  });
});
