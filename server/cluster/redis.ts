/** The bus over Redis or Valkey: one pub/sub channel per session. */
import { createClient } from '@redis/client';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { nanoid } from 'nanoid';
import type { Log } from '../log.ts';
import type { Bus, BusMessage } from './bus.ts';

const CHANNEL = 'strideboard:session:';
/** Longest pause between attempts to connect, in ms. */
const MAX_PAUSE = 2_000;

/**
 * Connects in the background and keeps trying: a node starts and works without its Redis.
 * @param url redis://... or rediss://...
 */
export function redisBus(url: string, log: Pick<Log, 'warn' | 'info'>): Bus {
  const node = nanoid();
  const publisher = createClient({
    url,
    // What can't be sent now is stale later: others read it from the database.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: attempts => Math.min(50 * 2 ** attempts, MAX_PAUSE) },
  });
  const subscriber = publisher.duplicate({ disableOfflineQueue: false });
  const returned: (() => void)[] = [];
  let lost = false;

  for (const client of [publisher, subscriber]) {
    client.on('error', error => {
      if (!lost) log.warn({ error }, 'Redis is out of reach; other nodes are followed through the database');
      lost = true;
    });
    client.connect().catch(error => log.warn({ error }, 'Redis connection given up'));
  }
  subscriber.on('ready', () => {
    if (lost) log.info({}, 'Redis is back');
    lost = false;
    for (const callback of returned) callback();
  });

  return {
    get connected() {
      return publisher.isReady && subscriber.isReady;
    },
    join(sessionId, hear, joined) {
      const channel = CHANNEL + sessionId;
      const listener = (bytes: Buffer) => {
        const message = decode(bytes);
        if (message === null) log.warn({ sessionId }, 'message of another node not understood');
        else if (message.from !== node) hear(message);
      };
      subscriber
        .subscribe(channel, listener, true)
        .then(joined, error => log.warn({ sessionId, error }, 'not subscribed'));
      return () => void subscriber.unsubscribe(channel, listener, true).catch(() => {});
    },
    send(sessionId, message) {
      if (!publisher.isReady) return;
      publisher.publish(CHANNEL + sessionId, encode(node, message)).catch(() => {});
    },
    onReturn: callback => returned.push(callback),
    async close() {
      for (const client of [publisher, subscriber]) client.destroy();
    },
  };
}

const encode = (from: string, message: BusMessage): Buffer =>
  Buffer.from(encoding.encode(encoder => encoding.writeAny(encoder, { from, ...message })));

/** null when it is not a message of ours: another version of this server may share the Redis. */
function decode(bytes: Buffer): (BusMessage & { from: string }) | null {
  try {
    return decoding.readAny(decoding.createDecoder(bytes));
  } catch {
    return null;
  }
}
