import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Rooms } from './sync/rooms.ts';

export interface Metrics {
  registry: Registry;
  refused: Counter<'why'>;
  /** How late a room's tick was, how long a commit and a suggestion pass took, in seconds. */
  tickLag: Histogram;
  commit: Histogram;
  pass: Histogram;
}

export interface MetricsSource {
  rooms(): ReturnType<Rooms['count']>;
  /** Whether this node can hear others. */
  hearsOthers(): boolean;
}

/** What `/metrics` tells a Prometheus. One registry per server, so that tests may start several. */
export function createMetrics(source: MetricsSource): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  const seconds = (name: string, help: string) =>
    new Histogram({
      name,
      help,
      registers: [registry],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    });
  gauge('strideboard_rooms', 'Sessions in memory', () => source.rooms().rooms);
  gauge('strideboard_clients', 'People connected', () => source.rooms().members);
  gauge(
    'strideboard_slow_clients',
    'People who read too slowly to be sent what happens',
    () => source.rooms().behind,
  );
  gauge('strideboard_queue_bytes', 'Bytes that wait to be read by clients', () => source.rooms().queued);
  gauge('strideboard_nodes_connected', 'Whether this node hears the others (1) or is alone (0)', () =>
    Number(source.hearsOthers()),
  );
  const refused = new Counter({
    name: 'strideboard_refused_total',
    help: 'Connections and frames refused, by reason',
    labelNames: ['why'],
    registers: [registry],
  });
  return {
    registry,
    refused,
    tickLag: seconds('strideboard_tick_lag_seconds', 'How late a room sent what it gathered'),
    commit: seconds('strideboard_commit_seconds', 'Duration of a commit of the update log'),
    pass: seconds('strideboard_pass_seconds', 'Duration of a suggestion pass'),
  };
}
