/** A TCP proxy that misbehaves on demand: between a client and its node, or a node and its database. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Something that is said towards the target, and whether it still gets there. */
export interface Passage {
  text: string;
  passes: boolean;
}

export interface FaultyLink {
  port: number;
  /** Ends every connection. */
  cut(): void;
  /** `both`: nothing passes; `answers`: nothing is read from the target, whose buffers fill up. */
  hold(what: 'both' | 'answers'): void;
  /** Limits the answers, in bytes per second. */
  throttle(bytesPerSecond: number): void;
  /** Takes every hold and limit back. */
  heal(): void;
  /** Resolves at the passage, from where on that connection hangs. Give up by `signal`. */
  trap(passage: Passage, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

type Direction = 'questions' | 'answers';

interface Flow {
  direction: Direction;
  from: Socket;
  to: Socket;
  /** Hangs since a trap shut, until it is cut. */
  hung: boolean;
  /** Waits for `to` to take what it was given, or for its share of the rate. */
  waiting: boolean;
}

/** @param target is asked for the port of each new connection */
export async function createProxy(target: () => number): Promise<FaultyLink> {
  const flows = new Set<Flow>();
  let held: 'both' | 'answers' | null = null;
  let rate = Number.POSITIVE_INFINITY;
  let trap: { passage: Passage; spring: () => void } | null = null;

  const server = createServer({ noDelay: true }, client => {
    const upstream = connect({ port: target(), host: '127.0.0.1', noDelay: true });
    const pair: Flow[] = [
      { direction: 'questions', from: client, to: upstream, hung: false, waiting: false },
      { direction: 'answers', from: upstream, to: client, hung: false, waiting: false },
    ];
    for (const flow of pair) {
      flows.add(flow);
      flow.from.on('data', chunk => pass(flow, pair, chunk));
      flow.from.on('error', () => {});
      flow.from.on('close', () => {
        flows.delete(flow);
        flow.to.destroy();
      });
      flow.to.on('drain', () => {
        flow.waiting = false;
        regulate(flow);
      });
      regulate(flow);
    }
  });

  function pass(flow: Flow, pair: Flow[], chunk: Buffer): void {
    let passes = true;
    if (trap && flow.direction === 'questions' && chunk.includes(trap.passage.text)) {
      passes = trap.passage.passes;
      for (const each of pair) each.hung = true;
      trap.spring();
      trap = null;
    }
    if (passes && !flow.to.write(chunk)) flow.waiting = true;
    if (flow.direction === 'answers' && rate < Number.POSITIVE_INFINITY) {
      flow.waiting = true;
      setTimeout(
        () => {
          flow.waiting = false;
          regulate(flow);
        },
        (chunk.length / rate) * 1000,
      );
    }
    for (const each of pair) regulate(each);
  }

  function regulate({ direction, from, hung, waiting }: Flow): void {
    const stopped = held === 'both' || (held === 'answers' && direction === 'answers');
    if (hung || waiting || stopped) from.pause();
    else from.resume();
  }

  const regulateAll = () => flows.forEach(regulate);

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const { from } of flows) from.destroy();
    },
    hold(what) {
      held = what;
      regulateAll();
    },
    throttle(bytesPerSecond) {
      rate = bytesPerSecond;
    },
    heal() {
      held = null;
      rate = Number.POSITIVE_INFINITY;
      for (const flow of flows) flow.waiting = flow.to.writableNeedDrain;
      regulateAll();
    },
    trap: (passage, signal) =>
      new Promise(resolve => {
        trap = { passage, spring: resolve };
        signal.addEventListener('abort', () => {
          trap = null;
          resolve();
        });
      }),
    async close() {
      for (const { from } of flows) from.destroy();
      server.close();
    },
  };
}
