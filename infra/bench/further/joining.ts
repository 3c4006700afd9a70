/** 150 people open the link of a board of 2,000 shapes in the same moment. */
import { Person } from '#infra/testing/server.ts';
import { stockClient } from '#infra/testing/stock-client.ts';
import { isShape, putRecord } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import { startCrowd } from '../crowd/crowd.ts';
import type { At, Seat } from '../crowd/person.ts';
import { inParallel } from '../parallel.ts';
import { cpuOf } from '../processes.ts';
import { startStrideboard } from '../servers/strideboard.ts';
import { round } from '../statistics.ts';
import { diagram } from './diagram.ts';
import type { Finding } from './finding.ts';

const PEOPLE = 150;
const SIZE = { elements: 1000, flows: 995, boundaries: 5 };

export async function joining(): Promise<Finding[]> {
  const server = await startStrideboard();
  try {
    const moderator = new Person(server.url);
    const { id, invites } = await moderator.start({ template: 'blank' });
    const shapes = await drawBoard(server.url, id, await moderator.ticket(id));
    const findings: Finding[] = [];
    for (const full of [true, false]) {
      const seats = await seatsFor(server.url, id, invites.participant, full);
      findings.push(...(await enter(server.pid, seats, shapes)));
    }
    return findings;
  } finally {
    await server.stop();
  }
}

/** @returns where its shapes are, once all are saved */
async function drawBoard(url: string, id: string, ticket: string): Promise<Map<string, At>> {
  const records = diagram(SIZE);
  const client = stockClient(url, id, ticket);
  await client.synced();
  client.doc.transact(() => {
    for (const record of records) putRecord(root(client.doc, 'board'), record);
  });
  await client.saved();
  client.destroy();
  return new Map(records.filter(isShape).map(({ id, x, y }) => [id, [x, y]]));
}

async function seatsFor(url: string, id: string, token: string, full: boolean): Promise<Seat[]> {
  return inParallel(Array.from({ length: PEOPLE }), async (_, n) => {
    const person = new Person(url);
    await person.join(token, `Person ${n}`);
    const address = `${url.replace(/^http/, 'ws')}/sync/${id}?ticket=${await person.ticket(id)}`;
    return { url: address, protocol: 'y-websocket', room: 0, shape: `shape:p${n}`, full, sampled: false };
  });
}

async function enter(pid: number, seats: Seat[], shapes: Map<string, At>): Promise<Finding[]> {
  const crowd = startCrowd();
  try {
    await crowd.read();
    const [cpu, start] = [cpuOf(pid), performance.now()];
    await crowd.enter(seats);
    const seconds = (performance.now() - start) / 1000;
    const { agreed, why } = await crowd.agree(0, new Map([[0, shapes]]));
    if (!agreed) throw new Error(`not everyone has the board: ${why}`);
    const how = seats[0]!.full ? 'with a whole document each' : 'who only read the answer';
    const { cpu: crowdCpu, bytes } = await crowd.read();
    const finding = (what: string, value: number, unit: string, target: number | null = null): Finding => ({
      part: 'e',
      what: `${what}, ${seats.length} people ${how}`,
      value: round(value, 2),
      unit,
      target,
    });
    return [
      finding('all synced', seconds, 's', 3),
      finding('CPU of the server', cpuOf(pid) - cpu, 's'),
      finding('CPU of the crowd', crowdCpu, 's'),
      finding('received', bytes / 1e6, 'MB'),
    ];
  } finally {
    crowd.end();
  }
}
