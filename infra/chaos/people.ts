/** The load: people at stock clients, each behind a proxy of their own, who work according to their rights and note what they did. */
import * as prng from 'lib0/prng';
import { Person } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { type EntryMap, putEntry, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Role } from '#shared/document/roles.ts';
import { Journal } from './journal.ts';
import { createProxy, type FaultyLink } from './proxy.ts';

/** Mean pause between two actions of one person, in ms. */
const PACE = 20;
/** How often a person asks whether all is saved, in ms; the next question waits for the answer to this one. */
const ASK_EVERY = 100;
const TEAM: Role[] = ['moderator', 'participant', 'participant', 'observer'];

/** A session and its people. */
export interface Team {
  sessionId: string;
  workers: Worker[];
}

/**
 * @param url where the sessions are started
 * @param target gives the port of some node, asked at every connection
 */
export async function gatherTeam(url: string, target: () => number, random: prng.PRNG): Promise<Team> {
  const moderator = new Person(url);
  const { id: sessionId, invites } = await moderator.start();
  const workers = await Promise.all(
    TEAM.map(async (role, i) => {
      const person = role === 'moderator' ? moderator : new Person(url);
      if (person !== moderator) await person.join(invites[role], `${role} ${i}`);
      const { me } = await person.json(`/api/sessions/${sessionId}`);
      const seed = prng.uint32(random, 0, 2 ** 31);
      return new Worker(`p${i}`, sessionId, role, me, person.cookie, await createProxy(target), seed);
    }),
  );
  return { sessionId, workers };
}

export class Worker {
  readonly journal = new Journal();
  client: StockClient;
  /** Why the server sent them away for good: never, if all is well. */
  expelled: string | null = null;
  private readonly random: prng.PRNG;
  private timers: NodeJS.Timeout[] = [];
  /** Goes up with every reload: each copy of the document writes entries and registers of its own. */
  private life = 0;
  private n = 0;
  private removable: string[] = [];
  private ownThreats: string[] = [];
  /** The socket that a question is under way on. */
  private asked: unknown = null;

  constructor(
    private readonly key: string,
    private readonly sessionId: string,
    private readonly role: Role,
    private readonly me: { id: string; name: string },
    readonly cookie: string,
    readonly proxy: FaultyLink,
    seed: number,
  ) {
    this.random = prng.create(seed);
    this.client = this.open();
  }

  get name(): string {
    return `${this.role} ${this.key} of ${this.sessionId}`;
  }

  start(): void {
    const act = () => {
      this.act();
      this.timers[0] = setTimeout(act, prng.real53(this.random) * 2 * PACE);
    };
    if (this.role !== 'observer') this.timers[0] = setTimeout(act, PACE);
    this.timers[1] = setInterval(() => this.ask(), ASK_EVERY);
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** As when a browser crashes. */
  reload(): void {
    this.journal.drop();
    this.proxy.cut();
    this.client.destroy();
    this.life++;
    this.removable = [];
    this.ownThreats = [];
    this.client = this.open();
  }

  async leave(): Promise<void> {
    this.stop();
    this.client.destroy();
    await this.proxy.close();
  }

  /**
   * A client that is synced has answered the question of what it has that the server lacks, on this connection; so "saved" speaks of
   * all its changes. Before that it would leave out what was drawn offline.
   */
  ask(): void {
    const { provider } = this.client;
    if (!provider.synced || provider.ws === this.asked) return;
    const socket = provider.ws;
    this.asked = socket;
    const { length } = this.journal;
    void this.client.saved().then(() => {
      if (this.asked === socket) this.asked = null;
      this.journal.promise(length);
    });
  }

  private open(): StockClient {
    const url = `http://127.0.0.1:${this.proxy.port}`;
    const client = stockClient(url, this.sessionId, { cookie: this.cookie });
    void client.closed.then(({ code, reason }) => {
      this.expelled = `${this.name} was closed with ${code}: ${reason}`;
    });
    return client;
  }

  private act(): void {
    const { doc, provider } = this.client;
    const board = root(doc, 'board');
    // Before the first sync there is nothing to work on.
    if (!board.has(`shape:${SEEDED[0]}`)) return;
    provider.awareness.setLocalStateField('board', { cursor: [this.n, this.n] });
    const dice = prng.real53(this.random);
    if (dice < 0.4) this.count('board', `shape:${prng.oneOf(this.random, SEEDED)}`, this.registerOfMine);
    else if (dice < 0.7) this.entryOf(board)?.set('at', [this.n++, prng.uint32(this.random, 0, 900)]);
    else if (dice < 0.8) this.entryOf(board)?.set('props.name', `${this.key} ${this.n++}`);
    else if (dice < 0.84) this.draw('kept');
    else if (dice < 0.88) this.removable.push(this.draw('removable'));
    else if (dice < 0.92) this.erase();
    else if (dice < 0.93) this.addThreat();
    else if (dice < 0.98) this.describeThreat();
    else if (this.role === 'moderator') {
      root(doc, 'session')
        .get(SESSION_ENTRY)!
        .set('scope', `scope ${this.n++}`);
    }
  }

  private get registerOfMine(): string {
    return `meta.${this.key}-${this.life}`;
  }

  private newId = (what: string): string => `${what}-${this.key}-${this.life}-${this.n++}`;

  /** A shape of the template, which others write at the same time, or one of their own. */
  private entryOf(board: EntryMap) {
    return board.get(prng.oneOf(this.random, [...SEEDED.map(name => `shape:${name}`), ...this.removable]));
  }

  private count(name: 'board' | 'threats', entry: string, register: string): void {
    const n = this.n++;
    const value = name === 'board' ? n : `${n}`;
    root(this.client.doc, name).get(entry)!.set(register, value);
    this.journal.record({ kind: 'count', root: name, entry, register, n });
  }

  private draw(what: string): string {
    const entry = `shape:${this.newId(what)}`;
    const at = [prng.uint32(this.random, 0, 900), prng.uint32(this.random, 0, 900)];
    putEntry(root(this.client.doc, 'board'), entry, { type: 'process', at, place: ['page:page', 'a1'] });
    this.journal.record({ kind: 'add', root: 'board', entry });
    return entry;
  }

  private erase(): void {
    const entry = this.removable.shift();
    if (!entry) return;
    root(this.client.doc, 'board').delete(entry);
    this.journal.record({ kind: 'delete', root: 'board', entry });
  }

  private addThreat(): void {
    const entry = this.newId('threat');
    putEntry(root(this.client.doc, 'threats'), entry, {
      title: entry,
      description: '',
      stride: ['S'],
      target: 'shape:app',
      status: 'proposed',
      by: { ...this.me },
      at: Date.now(),
    });
    this.ownThreats.push(entry);
    this.journal.record({ kind: 'add', root: 'threats', entry });
  }

  private describeThreat(): void {
    if (this.ownThreats.length === 0) return;
    this.count('threats', prng.oneOf(this.random, this.ownThreats), 'description');
  }
}

/** Shapes of the template, which nobody deletes. */
const SEEDED = ['sensor', 'app', 'storage', 'web', 'patient', 'provider', 'f-upload'];
