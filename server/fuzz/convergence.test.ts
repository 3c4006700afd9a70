/** Honest clients with bad luck: whatever they edit, and however their connections and pages come and go, all end up with the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { type Cluster, startCluster } from '#infra/testing/cluster.ts';
import { Person } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import { readRecords } from '#shared/document/board.ts';
import { putEntry, readSuggestions, root } from '#shared/document/document.ts';
import { suggest } from '#shared/stride/suggest.ts';
import { fuzzSeed } from './random.ts';

const CLIENTS = 4;
const RUNS = Number(process.env.FUZZ_RUNS ?? 12);
const SHAPES = ['shape:app', 'shape:sensor', 'shape:b-cloud', 'shape:f-upload', 'shape:n1', 'shape:n2'];
const EDITS = ['move', 'move', 'rename', 'nest', 'add', 'delete', 'propose'] as const;
const MISHAPS = ['disconnect', 'connect', 'reload', 'move to another node', 'wait'] as const;

const steps = fc.array(
  fc.record({
    who: fc.nat(CLIENTS - 1),
    action: fc.constantFrom(...EDITS, ...MISHAPS),
    shape: fc.constantFrom(...SHAPES),
    other: fc.constantFrom(...SHAPES),
    n: fc.integer({ min: -300, max: 1500 }),
  }),
  { minLength: 20, maxLength: 80 },
);
type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

/** A person at one of the nodes. */
class Participant {
  client!: StockClient;
  private node = 0;

  constructor(
    private readonly cluster: Cluster,
    readonly person: Person,
    private readonly sessionId: string,
    node: number,
  ) {
    this.node = node;
  }

  async enter(doc = new Y.Doc()): Promise<void> {
    this.person.url = this.cluster.urls[this.node % this.cluster.urls.length]!;
    const ticket = await this.person.ticket(this.sessionId);
    this.client = stockClient(this.person.url, this.sessionId, ticket, doc);
  }

  async take({ action, shape, other, n, who }: Step): Promise<void> {
    const { doc, provider } = this.client;
    const board = root(doc, 'board');
    switch (action) {
      case 'move':
        return void board.get(shape)?.set('at', [n, who * 100]);
      case 'rename':
        return void board.get(shape)?.set('props.name', `${who} ${n}`);
      case 'nest':
        return void board.get(shape)?.set('place', [other, 'a1']);
      case 'add':
        return putEntry(board, shape, { type: 'process', at: [n, n], place: ['page:page', 'a1'] });
      case 'delete':
        return board.delete(shape);
      case 'propose': {
        const { id, name } = (await this.person.json(`/api/sessions/${this.sessionId}`)).me;
        const threat = { title: `${n}`, stride: ['S'], target: shape, status: 'proposed', at: 1 };
        return putEntry(root(doc, 'threats'), `t-${id}-${n}`, { ...threat, by: { id, name } });
      }
      case 'disconnect':
        return provider.disconnect();
      case 'connect':
        return provider.connect();
      case 'wait':
        return sleep(5);
      case 'reload':
        return this.again(new Y.Doc());
      case 'move to another node': {
        // What it has not sent yet goes with it.
        this.node++;
        provider.destroy();
        return this.enter(doc);
      }
      default:
        return action satisfies never;
    }
  }

  /** Everything of it is saved. */
  async settle(): Promise<void> {
    this.client.provider.connect();
    await this.client.synced();
    await this.client.saved();
  }

  /** A page that reloads after everything was saved starts with an empty document. */
  private async again(doc: Y.Doc): Promise<void> {
    if (!this.client.provider.synced) return;
    await this.client.saved();
    this.client.destroy();
    await this.enter(doc);
    await this.client.synced();
  }
}

async function gather(cluster: Cluster): Promise<Participant[]> {
  const moderator = new Person(cluster.urls[0]!);
  const { id, invites } = await moderator.start();
  const people = [moderator];
  for (let i = 1; i < CLIENTS; i++) {
    const person = new Person(cluster.urls[0]!);
    await person.join(invites.participant, `P${i}`);
    people.push(person);
  }
  const participants = people.map((person, i) => new Participant(cluster, person, id, i));
  await Promise.all(participants.map(participant => participant.enter()));
  await Promise.all(participants.map(({ client }) => client.synced()));
  return participants;
}

const contentOf = ({ doc }: StockClient) => ({
  board: root(doc, 'board').toJSON(),
  threats: root(doc, 'threats').toJSON(),
  suggestions: root(doc, 'suggestions').toJSON(),
});
const flowsOf = ({ doc }: StockClient) => readModel(readRecords(root(doc, 'board'))).flows;
const suggestionsFor = ({ doc }: StockClient) =>
  suggest(readModel(readRecords(root(doc, 'board'))), 'per-crossing').map(({ id, why }) => ({ id, why }));

const seed = fuzzSeed();
describe.each([1, 2])('%i node(s)', nodes => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(nodes);
  });
  afterAll(() => cluster.close());

  const converge = async (taken: Step[]) => {
    const participants = await gather(cluster);
    for (const step of taken) await participants[step.who]!.take(step);
    for (const participant of participants) await participant.settle();
    const clients = participants.map(({ client }) => client);
    await participants[0]!.enter();
    const fresh = participants[0]!.client;
    await fresh.synced();
    await vi.waitFor(
      () => {
        const content = contentOf(fresh);
        for (const client of clients) expect(contentOf(client)).toEqual(content);
        expect(readSuggestions(fresh.doc).map(({ id, why }) => ({ id, why }))).toEqual(suggestionsFor(fresh));
        // Where a threat's flow ends is noted by the same pass, a moment after the threat came.
        const flows = new Map(flowsOf(fresh).map(({ id, source, target }) => [id, [source, target]]));
        for (const { target, ends } of Object.values(content.threats))
          if (flows.has(target)) expect(ends).toEqual(flows.get(target));
        const numbers = Object.values(content.threats).map(({ number }) => number);
        expect(numbers.every(Number.isInteger)).toBe(true);
        expect(new Set(numbers).size).toBe(numbers.length);
      },
      { timeout: 10_000, interval: 20 },
    );
    const content = contentOf(fresh);
    for (const client of [...clients, fresh]) client.destroy();
    await cluster.unloaded();
    await participants[0]!.enter();
    const stored = participants[0]!.client;
    await stored.synced();
    expect(contentOf(stored)).toEqual(content);
    stored.destroy();
  };

  it(`C1 C3 stock clients with random edits and mishaps converge, and so do the store and the suggestions (FUZZ_SEED=${seed})`, async () => {
    await fc.assert(fc.asyncProperty(steps, converge), {
      numRuns: RUNS,
      seed,
      endOnFailure: true,
      // Says which steps it was that did not come to an end.
      timeout: 45_000,
    });
  }, 120_000);
});
