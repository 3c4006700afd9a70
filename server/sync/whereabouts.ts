/** Who is where in a room: takes awareness states in, and sends the latest of each to everyone, merged and throttled. */
import type { Writer } from '#shared/document/rights.ts';
import type { Bus } from '../cluster/bus.ts';
import type { FanOut } from './fan-out.ts';
import { frames } from './frames.ts';
import type { Member } from './member.ts';
import type { Owners } from './owners.ts';
import { Presence, presenceUser } from './presence.ts';
import { tickFor } from './tick.ts';

/** States are sent at most this often, in ms: 30 frames a second look smooth. */
const MIN_TICK = 33;

export class Whereabouts {
  private readonly presence = new Presence();
  /** The Yjs client that each member speaks for, once known. */
  private readonly clients = new Map<Member, number>();
  private readonly moved = new Set<number>();
  private timer: NodeJS.Timeout | null = null;
  private cost = 0;

  constructor(
    private readonly sessionId: string,
    private readonly owners: Owners,
    private readonly fanOut: FanOut,
    private readonly bus: Bus,
    /** What everyone live has been sent of the document. */
    private readonly vector: () => Uint8Array,
  ) {}

  /** @throws when the update is not of the protocol */
  receive(member: Member, update: Uint8Array): void {
    const user = presenceUser(member.writer);
    const own = this.clients.get(member);
    const client = this.presence.accept(update, user, id =>
      own === undefined ? this.owners.claim(id, user.id) : id === own,
    );
    if (client === undefined) return;
    if (own === undefined) this.take(member, client);
    this.announce(client);
  }

  leave(member: Member): void {
    const client = this.clients.get(member);
    if (client === undefined) return;
    this.clients.delete(member);
    this.presence.leave(client);
    this.owners.forget(client);
    this.announce(client);
  }

  /** Tells a member who is here. */
  greet(member: Member): void {
    this.sendTo(member, this.presence.live());
  }

  /** Tells a member what it may have missed, also who left. */
  catchUp(member: Member): void {
    this.sendTo(member, this.presence.known());
  }

  /** Takes over what another node says. Who is there now has left here, whatever this node believes. */
  hear(update: Uint8Array): void {
    const here = new Map([...this.clients].map(([member, client]) => [client, member]));
    for (const [client, live] of this.presence.hear(update, id => here.has(id))) {
      if (live && here.has(client)) this.lose(here.get(client)!);
      this.announce(client);
    }
  }

  /** Tells the other nodes who is here, and who left with which clock: nobody comes back with an older one unnoticed. */
  publish(): void {
    this.tell(this.presence.known());
  }

  /** Those who say where they are, on any node; who has several windows, several times. */
  people(): Writer[] {
    return this.presence.users();
  }

  destroy(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  /** Who comes back on a new connection before the old one is known to be dead takes their place from it. */
  private take(member: Member, client: number): void {
    for (const [other, own] of this.clients) if (own === client) this.lose(other);
    this.clients.set(member, client);
  }

  private lose(member: Member): void {
    this.clients.delete(member);
    member.close('restart');
  }

  private sendTo(member: Member, clients: number[]): void {
    const own = this.clients.get(member);
    const others = clients.filter(client => client !== own);
    if (others.length > 0) member.send(this.frame(others));
  }

  private tell(clients: number[]): void {
    const ours = clients.filter(client => !this.presence.isElsewhere(client));
    if (ours.length === 0) return;
    this.bus.send(this.sessionId, { kind: 'presence', update: this.presence.encode(ours) });
  }

  private announce(client: number): void {
    this.moved.add(client);
    this.timer ??= setTimeout(() => this.flush(), tickFor(this.cost, MIN_TICK));
  }

  private flush(): void {
    const begun = performance.now();
    this.timer = null;
    const moved = [...this.moved];
    this.moved.clear();
    this.tell(moved);
    // Whose clock we had to put ahead is not sent their own state, which would overwrite a newer one.
    const ahead = new Set(moved.filter(client => this.presence.isAhead(client)));
    const apart = new Set(
      [...this.clients].filter(([, client]) => ahead.has(client)).map(([member]) => member),
    );
    this.fanOut.broadcast(this.frame(moved), apart, this.vector);
    for (const member of apart) {
      const others = moved.filter(client => client !== this.clients.get(member));
      if (others.length > 0) this.fanOut.deliver(member, this.frame(others), this.vector);
    }
    this.cost = performance.now() - begun;
  }

  private frame(clients: number[]): Uint8Array {
    return frames.awareness(this.presence.encode(clients));
  }
}
