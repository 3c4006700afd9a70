/** An untouched y-websocket client with its whole document, which must agree with all others at the end. */
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { root } from '#shared/document/document.ts';
import { drawOrMove, positions } from './board.ts';
import type { Ears, Person, Seat } from './person.ts';
import { socketOf } from './socket.ts';

/** Message types of Hocuspocus beyond the y-websocket protocol. */
const SYNC_REPLY = 4;
const SYNC_STATUS = 8;

export function fullPerson(seat: Seat, ears: Ears): Person {
  const doc = new Y.Doc();
  const board = root(doc, 'board');
  const url = new URL(seat.url);
  const [, path, room] = url.pathname.match(/^(.*)\/(.*)$/)!;
  const provider = new WebsocketProvider(`${url.origin}${path}`, room!, doc, {
    WebSocketPolyfill: socketOf(seat.protocol) as never,
    params: Object.fromEntries(url.searchParams),
    disableBc: true,
  });
  provider.messageHandlers[SYNC_REPLY] = provider.messageHandlers[0]!;
  provider.messageHandlers[SYNC_STATUS] = () => {};
  provider.on('connection-close', event => event && ears.lost(`${event.code} ${event.reason}`));

  const ready = new Promise<void>(resolve => {
    provider.once('sync', () => resolve());
    if (seat.protocol === 'relay') provider.on('status', ({ status }) => status === 'connected' && resolve());
  });
  return {
    ready,
    move: at => drawOrMove(board, seat.shape, at),
    board: () => positions(board),
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
}
