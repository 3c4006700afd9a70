/** The live copy of one session: its document, its awareness and the stock y-websocket provider, with a lamp that tells the truth. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { CLOSE, MESSAGE, UNREADABLE } from '#shared/document/protocol.ts';
import { type Observable, Value } from './observable.ts';
import {
  advance,
  isUnsaved,
  type Lamp,
  type Link,
  type LinkEvent,
  lampOf,
  newLink,
  OFFLINE_AFTER,
} from './saving.ts';

/** Edits within this time, in ms, are asked about together. */
const ASK_AFTER = 80;

export interface Closed {
  code: number;
  reason: string;
  /** Whether edits made here went down with it. */
  unsaved: boolean;
}

export interface ConnectionOptions {
  /** The server closed it for good: this copy is of no further use. */
  onClosed(closed: Closed): void;
  /** It is back after a break, during which a role or the session may have changed. */
  onReconnected?(): void;
}

/** Whether coming back is pointless: what the server could not read or take would only be sent again. */
const isFinal = (code: number): boolean => code === UNREADABLE || (code >= 4400 && code < 4500);

export class SessionConnection {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly lamp: Observable<Lamp>;
  /** Whether the whole document is here: false until the first sync, then true for good. */
  readonly loaded: Observable<boolean>;

  private readonly lampValue = new Value<Lamp>('connecting');
  private readonly loadedValue = new Value(false);
  private readonly provider: WebsocketProvider;
  private link: Link = newLink(navigator.onLine);
  private askTimer?: ReturnType<typeof setTimeout>;
  private lampTimer?: ReturnType<typeof setTimeout>;

  constructor(
    sessionId: string,
    private readonly options: ConnectionOptions,
  ) {
    this.lamp = this.lampValue;
    this.loaded = this.loadedValue;
    const origin = location.origin.replace(/^http/, 'ws');
    // Tabs must not exchange updates behind the server's back: hence no broadcast channel.
    this.provider = new WebsocketProvider(`${origin}/sync`, encodeURIComponent(sessionId), this.doc, {
      awareness: this.awareness,
      disableBc: true,
      connect: false,
      shouldReconnect: ({ code }) => !isFinal(code),
    });
    this.speakForOneself();
    this.provider.messageHandlers[MESSAGE.saved] = (_: encoding.Encoder, decoder: decoding.Decoder) =>
      this.on({ type: 'committed', edits: decoding.readVarUint(decoder) });
    this.provider.messageHandlers[MESSAGE.trouble] = (_: encoding.Encoder, decoder: decoding.Decoder) =>
      this.on({ type: 'trouble', failing: decoding.readVarUint(decoder) === 1 });
    this.provider.on('status', ({ status }) => {
      if (status !== 'connected') return;
      this.forgetOthers();
      this.on({ type: 'opened' });
    });
    this.provider.on('connection-close', () => this.on({ type: 'lost', at: Date.now() }));
    this.provider.on('sync', synced => {
      if (synced) this.onSynced();
    });
    this.provider.on('closed', closed => {
      const unsaved = isUnsaved(this.link);
      this.on({ type: 'ended' });
      const { code, reason } = closed.code === UNREADABLE ? CLOSE.tooLarge : closed;
      options.onClosed({ code, reason, unsaved });
    });
    this.doc.on('update', this.onUpdate);
    window.addEventListener('online', this.onNetwork);
    window.addEventListener('offline', this.onNetwork);
    window.addEventListener('beforeunload', this.onUnload);
    this.provider.connect();
  }

  /** y-websocket repeats to the server what it hears of others; the server takes only what is this client's own. */
  private speakForOneself(): void {
    const send = this.provider._awarenessUpdateHandler;
    this.awareness.off('update', send);
    this.awareness.on('update', (changes: Record<'added' | 'updated' | 'removed', number[]>) => {
      const own = [...changes.added, ...changes.updated, ...changes.removed].filter(
        client => client === this.doc.clientID,
      );
      if (own.length > 0) send({ added: [], updated: own, removed: [] }, 'local');
    });
  }

  /** Whoever stayed while this client was away comes with the clock that they had, which would be taken for old. */
  private forgetOthers(): void {
    for (const client of this.awareness.meta.keys()) {
      if (client !== this.doc.clientID) this.awareness.meta.delete(client);
    }
  }

  /** Leaves the session and frees everything; the object is of no use afterwards. */
  close(): void {
    clearTimeout(this.askTimer);
    clearTimeout(this.lampTimer);
    window.removeEventListener('online', this.onNetwork);
    window.removeEventListener('offline', this.onNetwork);
    window.removeEventListener('beforeunload', this.onUnload);
    this.provider.destroy();
    this.awareness.destroy();
    this.doc.destroy();
  }

  private onSynced(): void {
    const returned = this.link.downSince !== null;
    this.on({ type: 'synced' });
    this.loadedValue.set(true);
    // What was edited meanwhile went out with the sync, so it is asked about now.
    if (isUnsaved(this.link)) this.askSoon();
    if (returned) this.options.onReconnected?.();
  }

  private readonly onUpdate = (_: Uint8Array, origin: unknown): void => {
    if (origin === this.provider) return;
    this.on({ type: 'edited' });
    this.askSoon();
  };

  private readonly onNetwork = (): void => this.on({ type: 'network', online: navigator.onLine });

  private readonly onUnload = (event: BeforeUnloadEvent): void => {
    if (isUnsaved(this.link)) event.preventDefault();
  };

  private askSoon(): void {
    this.askTimer ??= setTimeout(() => {
      this.askTimer = undefined;
      this.ask();
    }, ASK_AFTER);
  }

  /** "Tell me when everything I sent before this is committed": the number says how many edits that are. */
  private ask(): void {
    const { ws } = this.provider;
    if (this.link.phase !== 'synced' || ws?.readyState !== WebSocket.OPEN) return;
    ws.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, MESSAGE.saved);
        encoding.writeVarUint(encoder, this.link.edits);
      }) as Uint8Array<ArrayBuffer>,
    );
  }

  private on(event: LinkEvent): void {
    this.link = advance(this.link, event);
    this.shine();
  }

  private shine(): void {
    const now = Date.now();
    this.lampValue.set(lampOf(this.link, now));
    clearTimeout(this.lampTimer);
    const { downSince } = this.link;
    if (downSince !== null && now - downSince < OFFLINE_AFTER) {
      this.lampTimer = setTimeout(() => this.shine(), downSince + OFFLINE_AFTER - now);
    }
  }
}
