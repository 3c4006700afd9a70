import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Rooms } from './sync/rooms.ts';

export interface Metrics {
  registry: Registry;
  refused: Counter<'why'>;
}

/** What `/metrics` tells a Prometheus. One registry per server, so that tests may start several. */
export function createMetrics(rooms: () => ReturnType<Rooms['count']>): Metrics {
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
  gauge('strideboard_rooms', 'Sessions in memory', () => rooms().rooms);
  gauge('strideboard_clients', 'People connected', () => rooms().members);
  const refused = new Counter({
    name: 'strideboard_refused_total',
    help: 'Connections and changes refused, by reason',
    labelNames: ['why'],
    registers: [registry],
  });
  return { registry, refused };
}
