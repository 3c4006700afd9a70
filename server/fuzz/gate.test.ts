/** Hostile frames through the gate and the presence, in this process: what each costs, and that it changes nothing forbidden. */
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { putEntry, ROOTS, root } from '#shared/document/document.ts';
import type { Writer } from '#shared/document/rights.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { readMessages } from '../sync/frames.ts';
import { judge } from '../sync/gate.ts';
import { Presence, presenceUser } from '../sync/presence.ts';
import { hostileFrame } from './frames.ts';
import { createRandom, fuzzSeed } from './random.ts';
import { type Attacker, allowed, forbidden, PROTECTED } from './updates.ts';

const FRAMES = 100_000;
/** Frames after which the document is made anew: attackers may fill it with what is theirs. */
const FRAMES_PER_DOCUMENT = 200;
/** Longest that one frame of less than 64 KB may keep the server, in ms of CPU time. */
const BUDGET = 20;

const participant: Writer = { id: 'u-part', name: 'Pat', role: 'participant' };
const observer: Writer = { id: 'u-obs', name: 'Obi', role: 'observer' };

/** The seeded board, and a suggestion, a verdict and a threat that are none of an attacker's business. */
const STORED = (() => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Sensor', method: 'per-crossing' }));
  const by = { id: 'u-mod', name: 'Mo' };
  putEntry(root(doc, 'suggestions'), 'S/app', { rule: 'S', target: 'shape:app', stride: 'S', why: {} });
  putEntry(root(doc, 'triage'), 'S/app', { verdict: 'dismissed', reason: 'no', by, at: 1 });
  const threat = { title: 'T', stride: ['S'], target: 'shape:app', status: 'open', by, at: 1, number: 1 };
  putEntry(root(doc, 'threats'), 't-mod', threat);
  return Y.encodeStateAsUpdate(doc);
})();

function serverDoc(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, STORED);
  return doc;
}

const attackerOf = (doc: Y.Doc, seed: number): Attacker => ({
  view: doc,
  me: participant,
  random: createRandom(seed),
});
const protectedOf = (doc: Y.Doc) => JSON.stringify(PROTECTED.map(name => root(doc, name).toJSON()));

/** CPU time of the cheapest of a few attempts, in ms: what the work costs, however busy the machine is. */
function costOf(attempt: () => unknown): number {
  const costs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    attempt();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...costs);
}

it.each(Object.keys(forbidden))('G2 G3 E5 is refused at once: %s', name => {
  const doc = serverDoc();
  const update = forbidden[name]!(attackerOf(doc, 1));
  const verdict = () => judge(doc, update, participant);
  expect(verdict()).toMatchObject({ allowed: false });
  expect(costOf(verdict)).toBeLessThan(BUDGET);
});

it.each(Object.keys(allowed))('G1 is a participant’s right, and no observer’s: %s', name => {
  const doc = serverDoc();
  const update = allowed[name]!(attackerOf(doc, 1));
  expect(judge(doc, update, participant)).toMatchObject({ allowed: true });
  expect(judge(doc, update, observer)).toMatchObject({ allowed: false });
});

const seed = fuzzSeed();
it(`G5 E5 ${FRAMES} hostile frames change nothing forbidden and stop nobody (FUZZ_SEED=${seed})`, () => {
  const slow: [number, string][] = [];
  for (let n = 0; n < FRAMES / FRAMES_PER_DOCUMENT; n++) {
    const doc = serverDoc();
    const presence = new Presence();
    const attacker = attackerOf(doc, seed + n);
    const before = protectedOf(doc);
    for (let i = 0; i < FRAMES_PER_DOCUMENT; i++) {
      const { name, data } = hostileFrame(attacker);
      if (typeof data === 'string') continue;
      const started = performance.now();
      const changed = receive(doc, presence, data);
      if (performance.now() - started > BUDGET) {
        const again = () => receive(serverDoc(), new Presence(), data);
        const cost = costOf(again);
        if (cost > BUDGET) slow.push([cost, name]);
      }
      if (!changed) continue;
      const { pendingStructs, pendingDs } = doc.store;
      expect(
        { pendingStructs, pendingDs, protected: protectedOf(doc) },
        `FUZZ_SEED=${seed + n}, frame ${i}: ${name}`,
      ).toEqual({ pendingStructs: null, pendingDs: null, protected: before });
    }
    expect([...doc.share.keys()].filter(name => !ROOTS.includes(name as never))).toEqual([]);
    const stored = new Y.Doc();
    Y.applyUpdate(stored, Y.encodeStateAsUpdate(doc));
    for (const name of ROOTS) expect(root(stored, name).toJSON()).toEqual(root(doc, name).toJSON());
  }
  expect(slow.sort(([a], [b]) => b - a).slice(0, 20)).toEqual([]);
}, 120_000);

/** As a room does with a participant's frame. @returns whether the document changed */
function receive(doc: Y.Doc, presence: Presence, data: Uint8Array): boolean {
  let changed = false;
  let answered = false;
  try {
    for (const message of readMessages(data)) {
      if (message.type === 'update') {
        const verdict = judge(doc, message.update, participant);
        if (!verdict.allowed) return changed;
        if (!verdict.news) continue;
        Y.applyUpdate(doc, message.update);
        changed = true;
      } else if (message.type === 'awareness')
        presence.accept(message.update, presenceUser(participant), () => true);
      else if (message.type === 'step1' && !answered) {
        // Rooms answer once in a turn.
        answered = true;
        Y.encodeStateAsUpdate(doc, message.stateVector);
      }
    }
  } catch {
    // The sender would be closed.
  }
  return changed;
}
