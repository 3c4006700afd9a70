/**
 * A WebSocket at `/sync/:id`, from the handshake to its end. Who may not enter is accepted and closed at once with a 44xx code:
 * y-websocket would retry any other refusal for ever.
 */
import type { WSContext, WSEvents } from 'hono/ws';
import { nanoid } from 'nanoid';
import type { WebSocket } from 'ws';
import { CLOSE, type CloseReason } from '#shared/document/protocol.ts';
import type { Writer } from '#shared/document/rights.ts';
import type { Connections, Rate } from './connections.ts';
import { frames, type Message, readMessages } from './frames.ts';
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

export function socketEvents(admission: Admission, deps: SocketDeps): WSEvents<WebSocket> {
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

  function close(ws: WSContext<WebSocket>, why: CloseReason, detail?: string): void {
    if (state.name === 'closed') return;
    leave();
    const { code, reason } = CLOSE[why];
    // A close frame holds 123 bytes of reason.
    ws.close(code, (detail ?? reason).slice(0, 120));
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

  async function enter(ws: WSContext<WebSocket>, sessionId: string, writer: Writer): Promise<void> {
    const hold = await deps.rooms.hold(sessionId);
    if (!hold) return close(ws, 'unknownSession');
    if (state.name !== 'entering') return hold.release();
    const { early } = state;
    const member: Member = {
      writer,
      queued: () => ws.raw?.bufferedAmount ?? 0,
      send: frame => send(ws, frame),
      trouble: failing => {
        if (knowsSaved) send(ws, frames.trouble(failing));
      },
      close: (why, detail) => close(ws, why, detail),
    };
    state = { name: 'inside', room: hold.room, hold, member };
    deps.log.info(ids, 'entered');
    hold.room.enter(member);
    let answered = true;
    ws.raw?.on('pong', () => (answered = true));
    heartbeat = setInterval(() => {
      if (!answered) return ws.raw?.terminate();
      answered = false;
      ws.raw?.ping();
      send(ws, NOTHING);
    }, HEARTBEAT);
    for (const data of early) receive(ws, data);
  }

  function send(ws: WSContext<WebSocket>, frame: Uint8Array): void {
    if (!ws.raw || state.name === 'closed') return;
    if (ws.raw.bufferedAmount > deps.limits.queueBytes) return close(ws, 'overload');
    ws.raw.send(frame);
  }

  function receive(ws: WSContext<WebSocket>, data: Uint8Array): void {
    switch (state.name) {
      case 'closed':
        return;
      case 'entering':
        state.early.push(data);
        if (state.early.length > MAX_EARLY || sizeOf(state.early) > deps.limits.frameBytes)
          close(ws, 'overload');
        return;
      case 'inside':
        try {
          let count = 0;
          for (const message of readMessages(data)) {
            if (++count > MAX_MESSAGES) return close(ws, 'malformed');
            rate.count();
            // An answer may have closed it, when too much was waiting already.
            if (state.name !== 'inside') return;
            const refusal = handle(state.room, state.member, message);
            if (refusal) return close(ws, refusal.why, refusal.reason);
          }
        } catch {
          close(ws, 'malformed');
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
        // An observer answers our step 1 like everyone, with nothing in it; that is no attempt to write.
        const outcome = room.receive(member, message.update, message.isAnswer);
        // Who drew offline and goes on in the instant of coming back sends that before the answer that holds both.
        const early = asked && !message.isAnswer;
        if (!outcome.accepted) {
          const { why, reason } = outcome;
          if (why !== 'unresolved') return { why, reason };
          return early ? null : { why: 'malformed', reason };
        }
        if (message.isAnswer) answerEarly(room, member);
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

  /** By ourselves: the library would let the answers pile up for who pings and never reads. */
  function answerPings(raw: WebSocket): void {
    raw.on('ping', data => {
      rate.count();
      if (raw.bufferedAmount <= deps.limits.queueBytes) raw.pong(data);
    });
  }

  return {
    onOpen(_, ws) {
      answerPings(ws.raw!);
      if ('refusal' in admission) return close(ws, admission.refusal);
      rate = deps.connections.rate(connectionId, () => close(ws, 'tooFast'));
      uncount = deps.connections.open(admission);
      if (!uncount) return close(ws, 'crowded');
      enter(ws, admission.sessionId, admission.writer).catch(error => {
        deps.log.warn({ ...ids, error }, 'room could not be loaded');
        close(ws, 'restart');
      });
    },
    onMessage({ data }, ws) {
      if (!(data instanceof ArrayBuffer)) return close(ws, 'malformed');
      if (data.byteLength > deps.limits.frameBytes) return close(ws, 'tooLarge');
      receive(ws, new Uint8Array(data));
    },
    onClose: leave,
    onError: leave,
  };
}

const sizeOf = (frames: Uint8Array[]): number => frames.reduce((sum, { length }) => sum + length, 0);
