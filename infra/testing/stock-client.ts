/** Stock y-websocket clients for tests: the published package, untouched, on the `ws` package. */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MESSAGE } from '#shared/document/protocol.ts';

export interface StockClient {
  doc: Y.Doc;
  provider: WebsocketProvider;
  /** Resolves when client and server have each other's content. */
  synced(): Promise<void>;
  /** Asks the server whether everything sent so far is committed; resolves when it says so. */
  saved(): Promise<void>;
  /** Resolves with the code and reason of a permanent (44xx) close. */
  closed: Promise<{ code: number; reason: string }>;
  destroy(): void;
}

/**
 * @param url of the server, http://...
 * @param pass a ticket from `POST /api/sessions/:id/ticket`, or the cookie that a browser would send, which lasts
 */
export function stockClient(
  url: string,
  sessionId: string,
  pass: string | { cookie: string },
  doc = new Y.Doc(),
): StockClient {
  const provider = new WebsocketProvider(`${url.replace(/^http/, 'ws')}/sync`, sessionId, doc, {
    ...(typeof pass === 'string'
      ? { WebSocketPolyfill: WebSocket as never, params: { ticket: pass } }
      : { WebSocketPolyfill: socketWith(pass) as never }),
    disableBc: true,
    maxBackoffTime: 500,
  });
  const answers = new Map<number, () => void>();
  let question = 0;
  provider.messageHandlers[MESSAGE.saved] = (_encoder, decoder) =>
    answers.get(decoding.readVarUint(decoder))?.();
  // Who asks is told when storing fails, too.
  provider.messageHandlers[MESSAGE.trouble] = () => {};

  return {
    doc,
    provider,
    synced: () =>
      provider.synced
        ? Promise.resolve()
        : new Promise(resolve => {
            const check = (synced: boolean) => {
              if (!synced) return;
              provider.off('sync', check);
              resolve();
            };
            provider.on('sync', check);
          }),
    saved: () =>
      new Promise(resolve => {
        const n = ++question;
        answers.set(n, resolve);
        provider.ws?.send(
          encoding.encode(encoder => {
            encoding.writeVarUint(encoder, MESSAGE.saved);
            encoding.writeVarUint(encoder, n);
          }),
        );
      }),
    closed: new Promise(resolve => provider.on('closed', event => resolve(event))),
    destroy: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** What `WebSocket` is in a browser that holds a cookie. */
function socketWith(headers: { cookie: string }) {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers });
    }
  };
}
