/** A server under test, in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Protocol, Seat } from '../crowd/person.ts';
import { startStrideboard } from './strideboard.ts';

export type SeatAddress = Pick<Seat, 'url' | 'protocol' | 'schema'>;

export interface BenchServer {
  pid: number;
  /** Opens rooms; answers with the addresses of each room's people. */
  open(rooms: number, people: number): Promise<SeatAddress[][]>;
  stop(): Promise<void>;
}

export const SERVERS = {
  strideboard: { label: 'Strideboard', start: startStrideboard },
  relay: { label: 'ws relay, no CRDT', start: () => startPeer('relay') },
  'y-websocket': { label: 'y-websocket 2', start: () => startPeer('y-websocket') },
  hocuspocus: { label: 'Hocuspocus 3.4', start: () => startPeer('hocuspocus') },
  tldraw: { label: 'tldraw sync 3.15', start: () => startPeer('tldraw') },
} as const satisfies Record<string, { label: string; start: () => Promise<BenchServer> }>;

export type ServerName = keyof typeof SERVERS;

async function startPeer(protocol: Protocol): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL(`../peers/${protocol}.mjs`, import.meta.url)));
  const [{ port, schema }] = (await once(child, 'message')) as [{ port: number; schema?: object }];
  return {
    pid: child.pid!,
    async open(rooms, people) {
      return Array.from({ length: rooms }, (_, room) =>
        Array.from({ length: people }, () => ({
          url: `ws://127.0.0.1:${port}/room-${room}`,
          protocol,
          ...(schema && { schema }),
        })),
      );
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
