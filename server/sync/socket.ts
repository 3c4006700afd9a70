/**
 * A WebSocket at `/sync/:id`, from the handshake to its end. Who may not enter is accepted and closed at once with a 44xx code:
 * y-websocket would retry any other refusal for ever.
 */
import { nanoid } from 'nanoid';
import type { WebSocket } from 'ws';
import { CLOSE, type CloseReason } from '#shared/document/protocol.ts';
import type { Writer } from '#shared/document/rights.ts';
import type { Connections, Rate } from './connections.ts';
import { frames, type Message, readMessages } from './frames.ts';
import type { Outcome } from './intake.ts';
import type { Limits } from './limits.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';
import type { Hold, Rooms } from './rooms.ts';

/**
 * Idle clients hear from us this often, in ms: y-websocket drops a connection that was silent for 30 s. Who has not answered by the
 * next time is gone without a word, and is let go.
 */
const HEARTBEAT = 15_000;
/** An honest frame holds one message or a few; many small ones would be a way to ask much for little. */
const MAX_MESSAGES = 64;
/** Frames that may wait while the room loads; together they may be as large as one. */
const MAX_EARLY = 64;
/** Questions what is saved that may be open: a client asks some 12 times a second, and a store that fails is back or not. */
const MAX_QUESTIONS = 10_000;
const NOTHING = frames.awareness(new Uint8Array([0]));

export interface SocketDeps {
  rooms: Rooms;
  connections: Connections;
  limits: Pick<Limits, 'frameBytes' | 'queueBytes'>;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Counts refused frames and connections by reason. */
  refused: (why: CloseReason) => void;
}

/** What the handshake found out: who wants to enter which session from which address, or why not. */
export type Admission = { writer: Writer; sessionId: string; address: string } | { refusal: CloseReason };

interface Refusal {
  why: 'malformed' | 'refused' | 'full';
  reason: string;
}

/** The life of one socket: admitted and waiting for its room, in the room, or closed for good. */
type State =
  | { name: 'entering'; early: Uint8Array[] }
  | { name: 'inside'; room: Room; hold: Hold; member: Member }
  | { name: 'closed' };

/** Talks to one socket from its opening on, until it is closed. */
export function serveSocket(socket: WebSocket, admission: Admission, deps: SocketDeps): void {
  const connectionId = nanoid(10);
  const ids =
    'refusal' in admission
      ? { connectionId }
      : { connectionId, sessionId: admission.sessionId, userId: admission.writer.id };
  let state: State = { name: 'entering', early: [] };
  let heartbeat: NodeJS.Timeout | undefined;
  /** It has asked what is saved: it knows our messages beyond the protocol. */
  let knowsSaved = false;
  /** Questions that wait until it has answered our step 1 and so sent all it has; null from then on. */
  let asked: number[] | null = [];
  /** Questions that wait for a commit. */
  let open = 0;
  let uncount: (() => void) | null = null;
  let rate: Rate = { count: () => {} };

  function close(why: CloseReason, detail?: string): void {
    if (state.name === 'closed') return;
    leave();
    const { code, reason } = CLOSE[why];
    // A close frame holds 123 bytes of reason.
    socket.close(code, (detail ?? reason).slice(0, 120));
    if (code === CLOSE.restart.code) return;
    deps.refused(why);
    deps.log.warn({ ...ids, code, why, detail }, 'connection refused');
  }

  function leave(): void {
    clearInterval(heartbeat);
    uncount?.();
    uncount = null;
    const before = state;
    state = { name: 'closed' };
    if (before.name !== 'inside') return;
    before.room.leave(before.member);
    before.hold.release();
    deps.log.info(ids, 'left');
  }

  async function enter(sessionId: string, writer: Writer): Promise<void> {
    const hold = await deps.rooms.hold(sessionId);
    if (!hold) return close('unknownSession');
    if (state.name !== 'entering') return hold.release();
    const { early } = state;
    const member: Member = {
      writer,
      queued: () => socket.bufferedAmount,
      send,
      trouble: failing => {
        if (knowsSaved) send(frames.trouble(failing));
      },
      close,
    };
    state = { name: 'inside', room: hold.room, hold, member };
    deps.log.info(ids, 'entered');
    hold.room.enter(member);
    let answered = true;
    socket.on('pong', () => (answered = true));
    heartbeat = setInterval(() => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
      send(NOTHING);
    }, HEARTBEAT);
    for (const data of early) receive(data);
  }

  function send(frame: Uint8Array): void {
    if (state.name === 'closed') return;
    if (socket.bufferedAmount > deps.limits.queueBytes) return close('overload');
    socket.send(frame);
  }

  function receive(data: Uint8Array): void {
    switch (state.name) {
      case 'closed':
        return;
      case 'entering':
        state.early.push(data);
        if (state.early.length > MAX_EARLY || sizeOf(state.early) > deps.limits.frameBytes) close('overload');
        return;
      case 'inside':
        try {
          let count = 0;
          for (const message of readMessages(data)) {
            if (++count > MAX_MESSAGES) return close('malformed');
            rate.count();
            // An answer may have closed it, when too much was waiting already.
            if (state.name !== 'inside') return;
            const refusal = handle(state.room, state.member, message);
            if (refusal) return close(refusal.why, refusal.reason);
          }
        } catch {
          close('malformed');
        }
    }
  }

  /** @returns why the connection must close, or null when all is well */
  function handle(room: Room, member: Member, message: Message): Refusal | null {
    switch (message.type) {
      case 'step1':
        room.answerStep1(member, message.stateVector);
        return null;
      case 'update': {
        const { update, isAnswer } = message;
        room.receive(member, update, outcome => {
          const refusal = react(room, member, isAnswer, outcome);
          if (refusal) close(refusal.why, refusal.reason);
        });
        return null;
      }
      case 'awareness':
        room.whereabouts.receive(member, message.update);
        return null;
      case 'queryAwareness':
        room.whereabouts.greet(member);
        return null;
      case 'saved':
        if (!knowsSaved) {
          knowsSaved = true;
          if (room.isFailing) member.trouble(true);
        }
        if (!asked) return promise(room, member, message.question);
        if (asked.push(message.question) > MAX_EARLY)
          return { why: 'malformed', reason: 'step 1 was not answered' };
        return null;
      default:
        return message satisfies never;
    }
  }

  /** An observer answers our step 1 like everyone, with nothing in it; that is no attempt to write. */
  function react(room: Room, member: Member, isAnswer: boolean, outcome: Outcome): Refusal | null {
    if (!outcome.accepted) {
      const { why, reason } = outcome;
      if (why !== 'unresolved') return { why, reason };
      // Who drew offline and goes on in the instant of coming back sends that before the answer that holds both.
      const early = asked && !isAnswer;
      return early ? null : { why: 'malformed', reason };
    }
    if (isAnswer) answerEarly(room, member);
    return null;
  }

  function answerEarly(room: Room, member: Member): void {
    const questions = asked ?? [];
    asked = null;
    for (const question of questions) promise(room, member, question);
  }

  function promise(room: Room, member: Member, question: number): Refusal | null {
    if (++open > MAX_QUESTIONS) return { why: 'malformed', reason: 'too many questions at once' };
    room.whenCommitted(() => {
      open--;
      member.send(frames.saved(question));
    });
    return null;
  }

  socket.on('close', leave);
  socket.on('error', leave);
  // By ourselves: the library would let the answers pile up for who pings and never reads.
  socket.on('ping', data => {
    rate.count();
    if (socket.bufferedAmount <= deps.limits.queueBytes) socket.pong(data);
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(data)) return close('malformed');
    if (data.length > deps.limits.frameBytes) return close('tooLarge');
    receive(data);
  });
  if ('refusal' in admission) return close(admission.refusal);
  rate = deps.connections.rate(connectionId, () => close('tooFast'));
  uncount = deps.connections.open(admission);
  if (!uncount) return close('crowded');
  enter(admission.sessionId, admission.writer).catch(error => {
    deps.log.warn({ ...ids, error }, 'room could not be loaded');
    close('restart');
  });
}

const sizeOf = (frames: Uint8Array[]): number => frames.reduce((sum, { length }) => sum + length, 0);
