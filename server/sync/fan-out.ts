/**
 * Sends what happens in a room to its members, to each as fast as it reads. Who reads too slowly is sent nothing until its socket has
 * drained, and then all it missed as one difference: a slow reader slows no one, and no queue grows.
 */
import type { Member } from './member.ts';

/** Bytes in a socket from which on its reader is behind: about a second of a busy room. */
const HIGH_WATER = 256 * 1024;
/** Bytes down to which a socket must drain before its reader is sent the difference. */
const LOW_WATER = 32 * 1024;
/** How often sockets of readers that are behind are looked at, in ms. */
const CHECK_EVERY = 50;
/** Longest time without draining, in ms: after this the reader is as good as gone. */
const MAX_BEHIND = 30_000;

/** How a member follows: not yet, because it has not asked for the document; as it happens; or not at the moment. */
type Following =
  | { state: 'waiting' }
  | { state: 'live' }
  | { state: 'behind'; vector: Uint8Array; since: number };

export class FanOut {
  private readonly following = new Map<Member, Following>();
  private timer: NodeJS.Timeout | null = null;

  /** @param drained called for a member that can take what it lacks since a state vector; answer with {@link resume} */
  constructor(private readonly drained: (member: Member, vector: Uint8Array) => void) {}

  /** Members that read too slowly at the moment. */
  get behind(): number {
    return [...this.following.values()].filter(({ state }) => state === 'behind').length;
  }

  members(): Member[] {
    return [...this.following.keys()];
  }

  add(member: Member): void {
    this.following.set(member, { state: 'waiting' });
  }

  /** @returns whether it was here */
  remove(member: Member): boolean {
    return this.following.delete(member);
  }

  isLive(member: Member): boolean {
    return this.following.get(member)?.state === 'live';
  }

  /**
   * From now on the member is sent what happens.
   * @returns whether it was behind
   */
  resume(member: Member): boolean {
    const before = this.following.get(member);
    if (before) this.following.set(member, { state: 'live' });
    return before?.state === 'behind';
  }

  /**
   * Sends a frame to everyone who follows.
   * @param frame the same bytes for everyone
   * @param except who has it already
   * @param vector what everyone live has been sent before this frame
   */
  broadcast(frame: Uint8Array, except: ReadonlySet<Member>, vector: () => Uint8Array): void {
    let before: Uint8Array | undefined;
    const once = () => (before ??= vector());
    for (const member of this.following.keys()) if (!except.has(member)) this.deliver(member, frame, once);
  }

  /** Sends a frame to one member, if it follows. */
  deliver(member: Member, frame: Uint8Array, vector: () => Uint8Array): void {
    if (!this.isLive(member)) return;
    if (member.queued() <= HIGH_WATER) return member.send(frame);
    this.following.set(member, { state: 'behind', vector: vector(), since: Date.now() });
    this.timer ??= setInterval(() => this.check(), CHECK_EVERY);
  }

  destroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private check(): void {
    let waiting = false;
    for (const [member, following] of this.following) {
      if (following.state !== 'behind') continue;
      if (member.queued() <= LOW_WATER) this.drained(member, following.vector);
      else if (Date.now() - following.since > MAX_BEHIND) member.close('overload', 'too slow to follow');
      else waiting = true;
    }
    if (waiting || !this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
  }
}
