/** One server under one load. */
import { type Crowd, startCrowd } from './crowd/crowd.ts';
import type { Seat } from './crowd/person.ts';
import { LOADS, type Load, type LoadName } from './loads.ts';
import { cpuOf, cpuOfPostgres, memoryOf } from './processes.ts';
import { type BenchServer, SERVERS, type SeatAddress, type ServerName } from './servers/server.ts';
import { percentile, round } from './statistics.ts';

const WARM_UP = 3;
/** Ms that a server may take to deliver everything after the last change. */
const PATIENCE = 60_000;
/** Full clients in each of the first rooms. */
const FULL = 2;
const FULL_ROOMS = 2;
/** Of the lean clients, one in so many searches its frames: the same for every server. */
const SAMPLE = 5;
/** A generator that is later than this, in ms, 99 times of 100, was not the load that it says it was. */
const MAX_LAG = 10;

interface Run {
  server: ServerName;
  load: LoadName;
}

/** A run without numbers, and why. */
export interface FailedRun extends Run {
  failed: string;
}

export interface MeasuredRun extends Run {
  failed: null;
  /** CPU seconds of the server from the first change until the full clients had everything. */
  cpu: number;
  /** CPU seconds of its PostgreSQL in that time; 0 for who has none. */
  databaseCpu: number;
  /** Ms from a change to its arrival at another client. */
  p50: number;
  p99: number;
  max: number;
  /** Changes made. */
  changes: number;
  /** WebSocket frames and bytes that the clients received. */
  frames: number;
  bytes: number;
  /** Resident memory of the server at the end, in MiB. */
  memory: number;
  generator: {
    /** Ms by which 99 in 100 changes were late at most. */
    lag: number;
    /** CPU seconds of the crowd's processes. */
    cpu: number;
    /** It kept its schedule. */
    steady: boolean;
  };
}

export type Measurement = FailedRun | MeasuredRun;

export const isMeasured = (run: Measurement): run is MeasuredRun => run.failed === null;

/** A run that breaks off, or whose clients disagree at the end, has no numbers. */
export async function measure(server: ServerName, load: LoadName, seconds: number): Promise<Measurement> {
  try {
    return { server, load, failed: null, ...(await numbersOf(server, LOADS[load], seconds)) };
  } catch (error) {
    return { server, load, failed: error instanceof Error ? error.message : String(error) };
  }
}

async function numbersOf(
  name: ServerName,
  load: Load,
  seconds: number,
): Promise<Omit<MeasuredRun, keyof Run | 'failed'>> {
  const server: BenchServer = await SERVERS[name].start();
  const crowd = startCrowd();
  try {
    await crowd.enter(seatsOf(await server.open(load.rooms, load.people)));
    await crowd.move({ rate: load.rate, seconds: Math.max(WARM_UP, 1 / load.rate) });
    await settle(crowd);
    await crowd.read();

    const before = { cpu: cpuOf(server.pid), database: cpuOfPostgres() };
    const late = await crowd.move({ rate: load.rate, seconds });
    await settle(crowd);
    const cpu = cpuOf(server.pid) - before.cpu;
    const databaseCpu = cpuOfPostgres() - before.database;
    const { latencies, frames, bytes, cpu: generatorCpu, lost } = await crowd.read();
    const lag = percentile(late, 0.99);
    if (lost.length > 0) throw new Error(`${lost.length} connections ended: ${lost[0]}`);
    return {
      cpu: round(cpu, 2),
      databaseCpu: round(databaseCpu, 2),
      p50: round(percentile(latencies, 0.5)),
      p99: round(percentile(latencies, 0.99)),
      max: round(percentile(latencies, 1)),
      changes: late.length,
      frames,
      bytes,
      memory: round(memoryOf(server.pid), 0),
      generator: { lag: round(lag), cpu: round(generatorCpu, 2), steady: lag <= MAX_LAG },
    };
  } finally {
    crowd.end();
    await server.stop();
  }
}

async function settle(crowd: Crowd): Promise<void> {
  const { agreed, why } = await crowd.agree(PATIENCE);
  if (!agreed) throw new Error(`the clients disagree: ${why}`);
}

function seatsOf(rooms: SeatAddress[][]): Seat[] {
  let count = 0;
  return rooms.flatMap((people, room) =>
    people.map((address, n) => {
      const full = room < FULL_ROOMS && n < FULL;
      return { ...address, room, shape: `shape:p${n}`, full, sampled: !full && count++ % SAMPLE === 0 };
    }),
  );
}
