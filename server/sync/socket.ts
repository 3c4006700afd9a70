/**
 * A WebSocket at `/sync/:id`, from the handshake to its end. Who may not enter is accepted and closed at once with a 44xx code:
 * y-websocket would retry any other refusal for ever.
 */
import type { WSContext, WSEvents } from 'hono/ws';
import type { WebSocket } from 'ws';
import { CLOSE, type CloseReason, MAX_FRAME_BYTES } from '#shared/document/protocol.ts';
import type { Writer } from '#shared/document/rights.ts';
import { frames, type Message, readMessages } from './frames.ts';
import { presenceUser } from './presence.ts';
import type { Member, Room } from './room.ts';
import type { Hold, Rooms } from './rooms.ts';

/**
 * Idle clients hear from us this often, in ms: y-websocket drops a connection that was silent for 30 s. Who has not answered by the
 * next time is gone without a word, and is let go.
 */
const HEARTBEAT = 15_000;
/** An honest frame holds one message or a few; many small ones would be a way to ask much for little. */
const MAX_MESSAGES = 64;
/** Frames that may wait while the room loads. */
const MAX_EARLY = 64;
/** Bytes that may wait in a socket; a reader this slow is closed and gets the difference when it comes back. */
const MAX_BUFFERED = 16 * 1024 * 1024;
const NOTHING = frames.awareness(new Uint8Array([0]));

export interface SocketDeps {
  rooms: Rooms;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Counts refused frames and connections by reason. */
  refused: (why: CloseReason) => void;
}

/** What the handshake found out: who wants to enter which session, or why not. */
export type Admission = { writer: Writer; sessionId: string } | { refusal: CloseReason };

/** The life of one socket: admitted and waiting for its room, in the room, or closed for good. */
type State =
  | { name: 'entering'; early: Uint8Array[] }
  | { name: 'inside'; room: Room; hold: Hold; member: Member }
  | { name: 'closed' };

export function socketEvents(admission: Admission, deps: SocketDeps): WSEvents<WebSocket> {
  let state: State = { name: 'entering', early: [] };
  let heartbeat: NodeJS.Timeout | undefined;

  function close(ws: WSContext<WebSocket>, why: CloseReason, detail?: string): void {
    if (state.name === 'closed') return;
    leave();
    const { code, reason } = CLOSE[why];
    // A close frame holds 123 bytes of reason.
    ws.close(code, (detail ?? reason).slice(0, 120));
    if (why === 'restart') return;
    deps.refused(why);
    const who = 'writer' in admission ? { sessionId: admission.sessionId, userId: admission.writer.id } : {};
    deps.log.warn({ ...who, code, why, detail }, 'connection refused');
  }

  function leave(): void {
    clearInterval(heartbeat);
    if (state.name === 'inside') {
      state.room.leave(state.member);
      state.hold.release();
    }
    state = { name: 'closed' };
  }

  async function enter(ws: WSContext<WebSocket>, sessionId: string, writer: Writer): Promise<void> {
    const hold = await deps.rooms.hold(sessionId);
    if (!hold) return close(ws, 'unknownSession');
    if (state.name !== 'entering') return hold.release();
    const { early } = state;
    const member: Member = {
      writer,
      client: undefined,
      send: frame => send(ws, frame),
      close: (why, detail) => close(ws, why, detail),
    };
    state = { name: 'inside', room: hold.room, hold, member };
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
    if (ws.raw && ws.raw.bufferedAmount > MAX_BUFFERED) return close(ws, 'overload');
    ws.send(frame as Uint8Array<ArrayBuffer>);
  }

  function receive(ws: WSContext<WebSocket>, data: Uint8Array): void {
    switch (state.name) {
      case 'closed':
        return;
      case 'entering':
        if (state.early.push(data) > MAX_EARLY) close(ws, 'overload');
        return;
      case 'inside':
        try {
          let count = 0;
          for (const message of readMessages(data)) {
            if (++count > MAX_MESSAGES) return close(ws, 'malformed');
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

  return {
    onOpen(_, ws) {
      if ('refusal' in admission) return close(ws, admission.refusal);
      enter(ws, admission.sessionId, admission.writer).catch(error => {
        deps.log.warn({ sessionId: admission.sessionId, error }, 'room could not be loaded');
        close(ws, 'restart');
      });
    },
    onMessage({ data }, ws) {
      if (!(data instanceof ArrayBuffer)) return close(ws, 'malformed');
      if (data.byteLength > MAX_FRAME_BYTES) return close(ws, 'tooLarge');
      receive(ws, new Uint8Array(data));
    },
    onClose: leave,
    onError: leave,
  };
}

/** @returns why the connection must close, or null when all is well */
function handle(
  room: Room,
  member: Member,
  message: Message,
): { why: 'malformed' | 'refused'; reason: string } | null {
  switch (message.type) {
    case 'step1':
      room.answerStep1(member, message.stateVector);
      return null;
    case 'update': {
      // An observer answers our step 1 like everyone, with nothing in it; that is no attempt to write.
      const outcome = room.receive(member, message.update);
      return outcome.accepted ? null : outcome;
    }
    case 'awareness':
      room.receivePresence(member, presenceUser(member.writer), message.update);
      return null;
    case 'queryAwareness':
      room.sendPresence(member);
      return null;
    case 'saved':
      room.whenCommitted(() => member.send(frames.saved(message.question)));
      return null;
    default:
      return message satisfies never;
  }
}
