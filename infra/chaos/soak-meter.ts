/** Reads a server's own counts of rooms, people and memory. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { readMetrics } from '#infra/testing/metrics.ts';
import type { ServerProcess } from '#infra/testing/server.ts';

export interface Sample {
  /** Since the meter was made. */
  seconds: number;
  rooms: number;
  clients: number;
  /** Resident memory and used heap, in MB of 2^20 bytes. */
  rss: number;
  heap: number;
}

export interface Meter {
  samples: Sample[];
  /** Collects the garbage first: memory then is what is held, and not what waits to be collected. */
  sample(): Promise<Sample>;
}

/** @param server runs with `--inspect` */
export async function createMeter(server: ServerProcess): Promise<Meter> {
  const inspector = new WebSocket(server.output().match(/ws:\/\/\S+/)![0]);
  await once(inspector, 'open');
  const started = performance.now();
  const samples: Sample[] = [];
  return {
    samples,
    async sample() {
      inspector.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
      await once(inspector, 'message');
      const metrics = await readMetrics(server.url);
      const read = (series: string) => metrics.get(series)!;
      const sample = {
        seconds: Math.round((performance.now() - started) / 1000),
        rooms: read('strideboard_rooms'),
        clients: read('strideboard_clients'),
        rss: Math.round(read('process_resident_memory_bytes') / 2 ** 20),
        heap: Math.round(read('nodejs_heap_size_used_bytes') / 2 ** 20),
      };
      samples.push(sample);
      return sample;
    },
  };
}

export const describeSample = ({ seconds, rooms, clients, rss, heap }: Sample): string =>
  `${seconds} s: ${rooms} rooms, ${clients} people, ${rss} MB resident, ${heap} MB heap`;
