/** What the operating system says of other processes. Linux only: it reads /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Of /proc's clock, as on every Linux. */
const TICKS_PER_SECOND = 100;
const MIB = 1024 * 1024;

interface Stat {
  pid: number;
  name: string;
  parent: number;
  /** CPU seconds, all threads. */
  cpu: number;
}

function stat(pid: number | string): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const nameEnd = text.lastIndexOf(')');
  // After the name come state (0), parent (1), ... utime (11), stime (12).
  const fields = text.slice(nameEnd + 2).split(' ');
  return {
    pid: Number(pid),
    name: text.slice(text.indexOf('(') + 1, nameEnd),
    parent: Number(fields[1]),
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  };
}

/** CPU seconds of a process since its start. */
export const cpuOf = (pid: number): number => stat(pid).cpu;

/** CPU seconds of the PostgreSQL that this process started: all of its processes that live. */
export function cpuOfPostgres(): number {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return [stat(pid)];
      } catch {
        return []; // It ended meanwhile.
      }
    })
    .filter(({ name }) => name === 'postgres');
  const main = all.find(({ parent }) => parent === process.pid);
  return all
    .filter(({ pid, parent }) => main && (pid === main.pid || parent === main.pid))
    .reduce((sum, { cpu }) => sum + cpu, 0);
}

/** Resident memory of a process, in MiB. */
export function memoryOf(pid: number): number {
  const [, kib] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)!;
  return (Number(kib) * 1024) / MIB;
}

/** Load average of the last minute. */
export const loadAverage = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
