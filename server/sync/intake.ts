/**
 * What people send: gathered until the room's next round, then judged one by one, in the order of arrival, and applied in one
 * transaction. Its bookkeeping costs Yjs more than the changes themselves.
 */
import * as Y from 'yjs';
import type { Author } from '#shared/document/threats.ts';
import { judge } from './gate.ts';
import type { Member } from './member.ts';
import type { Owners } from './owners.ts';

/** Updates that may wait, and their bytes: beyond these they are not kept for the round, which a failing store may put off. */
const MAX_WAITING = 500;
const MAX_WAITING_BYTES = 1024 * 1024;
/** Longest time without a pause for everybody else, in ms, but for one update that takes longer. */
const MAX_TURN = 8;

export type Outcome =
  | { accepted: true /** It changed the document. */; news: boolean }
  | { accepted: false; why: 'malformed' | 'refused' | 'unresolved' | 'full'; reason: string };

const refusal = (why: Extract<Outcome, { accepted: false }>['why'], reason: string): Outcome => ({
  accepted: false,
  why,
  reason,
});

interface Arrival {
  member: Member;
  update: Uint8Array;
  /** Told what came of it. */
  judged: (outcome: Outcome) => void;
}

/** Origin of a transaction that holds people's changes: who made them. */
export class People extends Set<Member> {}

/** Origin of a transaction that the server makes for a person who asked for it. */
export class OnBehalf {
  constructor(readonly person: Author) {}
}

export class Intake {
  private arrivals: Arrival[] = [];
  private bytes = 0;
  /** Who was refused something and loses the connection: what they sent after it is void. */
  private readonly refused = new WeakSet<Member>();

  /** @param hasSpace whether the session may grow by so many bytes */
  constructor(
    private readonly doc: Y.Doc,
    private readonly owners: Owners,
    private readonly hasSpace: (bytes: number) => boolean,
  ) {}

  /** How many wait. */
  get size(): number {
    return this.arrivals.length;
  }

  add(arrival: Arrival): void {
    this.arrivals.push(arrival);
    this.bytes += arrival.update.length;
    if (this.arrivals.length >= MAX_WAITING || this.bytes >= MAX_WAITING_BYTES) this.takeTurn();
  }

  /**
   * Takes in what waits, for as long as one may without a pause for everybody else.
   * @returns how many were taken
   */
  takeTurn(): number {
    if (this.arrivals.length === 0) return 0;
    const end = performance.now() + MAX_TURN;
    const people = new People();
    const outcomes: Outcome[] = [];
    const takeAll = () => {
      for (const arrival of this.arrivals) {
        outcomes.push(this.takeIn(arrival, people));
        if (performance.now() > end) break;
      }
    };
    Y.transact(this.doc, takeAll, people, false);
    const taken = this.arrivals.splice(0, outcomes.length);
    for (const [i, { update, judged }] of taken.entries()) {
      this.bytes -= update.length;
      judged(outcomes[i]!);
    }
    return taken.length;
  }

  /** Applies an update if its writer may make it, whole or not at all. */
  private takeIn({ member, update }: Arrival, people: People): Outcome {
    if (this.refused.has(member)) return refusal('refused', 'sent after what was refused');
    const outcome = this.judge(member, update);
    if (!outcome.accepted) {
      if (outcome.why !== 'unresolved') this.refused.add(member);
      return outcome;
    }
    if (outcome.news) {
      Y.applyUpdate(this.doc, update);
      people.add(member);
    }
    return outcome;
  }

  private judge({ writer }: Member, update: Uint8Array): Outcome {
    const verdict = judge(this.doc, update, writer);
    if (!verdict.allowed)
      return refusal(verdict.why === 'forbidden' ? 'refused' : verdict.why, verdict.reason);
    const { clients, news } = verdict;
    if (clients.length > 0 && !this.hasSpace(update.length))
      return refusal('full', 'the session holds as much as it may');
    const claim = this.owners.claimToWrite(clients, writer.id);
    if (claim === 'foreign') return refusal('refused', "written under somebody else's client id");
    if (claim === 'too many') return refusal('full', 'written under too many client ids');
    return { accepted: true, news };
  }
}
