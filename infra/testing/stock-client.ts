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
  /** Resolves when client and server have each other's content. Rejects, as `saved` does, after a permanent (44xx) close. */
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
  /** Questions that were not answered yet. */
  const open = new Map<number, () => void>();
  let question = 0;
  const ask = (n: number) =>
    provider.ws?.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, MESSAGE.saved);
        encoding.writeVarUint(encoder, n);
      }),
    );
  provider.messageHandlers[MESSAGE.saved] = (_encoder, decoder) => {
    const n = decoding.readVarUint(decoder);
    open.get(n)?.();
    open.delete(n);
  };
  // The answer may have been under way when the connection was lost.
  provider.on('sync', (synced: boolean) => {
    if (synced) for (const n of open.keys()) ask(n);
  });
  // Who asks is told when storing fails, too.
  provider.messageHandlers[MESSAGE.trouble] = () => {};

  const closed: StockClient['closed'] = new Promise(resolve =>
    provider.on('closed', event => resolve(event)),
  );
  /** Nothing more comes after a permanent close. */
  const unlessClosed = (wanted: Promise<void>) =>
    Promise.race([
      wanted,
      closed.then(({ code, reason }) => {
        throw new Error(`closed with ${code}: ${reason}`);
      }),
    ]);

  return {
    doc,
    provider,
    synced: async () => {
      if (provider.synced) return;
      await unlessClosed(
        new Promise(resolve => {
          const check = (synced: boolean) => {
            if (!synced) return;
            provider.off('sync', check);
            resolve();
          };
          provider.on('sync', check);
        }),
      );
    },
    saved: () =>
      unlessClosed(
        new Promise(resolve => {
          const n = ++question;
          open.set(n, resolve);
          if (provider.wsconnected) ask(n);
        }),
      ),
    closed,
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
