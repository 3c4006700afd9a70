import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { putEntry, readMinutes, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Writer } from '#shared/document/rights.ts';
import { attendance } from './attendance.ts';

const mona: Writer = { id: 'mona', name: 'Mona', role: 'moderator' };
const ben: Writer = { id: 'ben', name: 'Ben', role: 'participant' };

let doc: Y.Doc;
let people: Writer[];
let stop: () => void;

const room = {
  get doc() {
    return doc;
  },
  get people() {
    return people;
  },
};
const serve = () => {
  stop = attendance()(room);
};
const meet = (meeting: { startedAt: number; endedAt: number | null }) =>
  root(doc, 'session').get(SESSION_ENTRY)!.set('meeting', meeting);
const start = () => {
  const startedAt = Date.now();
  meet({ startedAt, endedAt: null });
  return startedAt;
};
const seconds = (count: number) => vi.advanceTimersByTime(count * 1000);
/** When who came (+) and who left (-), in seconds since the beginning; those of one moment by their names. */
const told = () =>
  readMinutes(doc)
    .sort((a, b) => a.at - b.at || (a.by!.id < b.by!.id ? -1 : 1))
    .map(
      ({ what, at, by }) => `${what === 'came' ? '+' : '-'}${by!.id} ${Math.round((at - 1_000_000) / 1000)}`,
    );

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  doc = new Y.Doc();
  putEntry(root(doc, 'session'), SESSION_ENTRY, { title: 'S' });
  people = [mona];
  serve();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('M8 the minutes of a meeting', () => {
  it('say who was there at its start, who came and who left, each with their role then', () => {
    seconds(10);
    start();
    people = [mona, ben];
    seconds(10);
    people = [mona];
    seconds(120);
    expect(told()).toEqual(['+mona 10', '+ben 12', '-ben 20']);
    expect(readMinutes(doc)[1]).toMatchObject({ what: 'came', role: 'participant', by: { name: 'Ben' } });
  });
  it('say nothing of who is there while no meeting goes on', () => {
    people = [mona, ben];
    seconds(100);
    const startedAt = start();
    seconds(1);
    meet({ startedAt, endedAt: Date.now() });
    people = [];
    seconds(100);
    expect(told()).toEqual(['+ben 100', '+mona 100']);
  });
  it('say nothing of a reload, or a drop of less than a minute', () => {
    people = [mona, ben];
    start();
    seconds(4);
    people = [mona];
    seconds(50);
    people = [mona, ben];
    seconds(200);
    expect(told()).toEqual(['+ben 0', '+mona 0']);
  });
  it('say that who comes back after longer came again', () => {
    people = [mona, ben];
    start();
    people = [mona];
    seconds(100);
    people = [mona, ben];
    seconds(2);
    expect(told()).toEqual(['+ben 0', '-ben 0', '+mona 0', '+ben 102']);
  });
  it('count a person once, however many windows they have', () => {
    people = [mona, mona];
    start();
    seconds(10);
    expect(told()).toEqual(['+mona 0']);
  });
  it('of the next meeting begin anew', () => {
    const startedAt = start();
    seconds(100);
    meet({ startedAt, endedAt: Date.now() });
    seconds(10);
    start();
    expect(told()).toEqual(['+mona 0', '+mona 110']);
  });
});

describe('when the room is loaded anew', () => {
  it('M7 nothing is told twice', () => {
    people = [mona, ben];
    start();
    seconds(10);
    stop();
    serve();
    seconds(100);
    expect(told()).toEqual(['+ben 0', '+mona 0']);
  });
  it('who is back within the minute has not left', () => {
    start();
    seconds(10);
    people = [];
    stop();
    expect(told()).toEqual(['+mona 0', '-mona 10']);
    seconds(20);
    people = [mona];
    serve();
    seconds(10);
    expect(told()).toEqual(['+mona 0']);
    people = [];
    seconds(100);
    expect(told()).toEqual(['+mona 0', '-mona 40']);
  });
  it('who is not back left when they were last seen, and comes again later', () => {
    start();
    seconds(10);
    people = [];
    stop();
    seconds(1000);
    serve();
    people = [mona];
    seconds(2);
    expect(told()).toEqual(['+mona 0', '-mona 10', '+mona 1012']);
  });
  it('on a node whose clock is behind, the times stay within the meeting', () => {
    meet({ startedAt: Date.now() + 5_000, endedAt: null });
    expect(told()).toEqual(['+mona 5']);
    stop();
    serve();
    expect(told()).toEqual(['+mona 5']);
  });
  it('two nodes that both take themselves for the one on duty tell of a leaving once', () => {
    start();
    seconds(2);
    const stopOther = attendance()(room);
    people = [];
    seconds(120);
    stopOther();
    expect(told().filter(each => each.startsWith('-'))).toHaveLength(1);
  });
});
