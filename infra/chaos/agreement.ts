/** Waits until everybody holds the same: all clients, a fresh client of every node, and the store. */
import { setTimeout as delay } from 'node:timers/promises';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { contentOf, differences, readStore } from './checks.ts';
import type { Team } from './people.ts';
import type { Stage } from './stage.ts';

/** Longest wait after everything is healed, in ms. */
const TIMEOUT = 60_000;

/** @throws when there is no agreement in time, or a process or a client ended that should not have */
export async function agreement(stage: Stage, teams: Team[]): Promise<void> {
  const newcomers = teams.map(({ sessionId, workers }) =>
    stage.nodes.map(({ url }) => stockClient(url, sessionId, { cookie: workers[0]!.cookie })),
  );
  const agreed = async () =>
    unanswered(stage, teams) ??
    clientsDiffer(teams, newcomers) ??
    (await stage.withFreeStore(() => storeDiffers(stage, teams)));
  const deadline = Date.now() + TIMEOUT;
  try {
    for (let doubt = await agreed(); doubt; doubt = await agreed()) {
      if (Date.now() > deadline) throw new Error(doubt);
      await delay(50);
    }
  } finally {
    for (const client of newcomers.flat()) client.destroy();
  }
}

function unanswered(stage: Stage, teams: Team[]): string | null {
  const workers = teams.flatMap(team => team.workers);
  const broken = [...stage.nodes.map(({ crash }) => crash), ...workers.map(({ expelled }) => expelled)];
  const fault = broken.find(what => what !== null);
  if (fault) throw new Error(fault);
  for (const worker of workers) worker.ask();
  const waiting = workers.find(({ client, journal }) => !client.provider.synced || journal.open > 0);
  return waiting ? `${waiting.name} is not synced, or not told that all is saved` : null;
}

function clientsDiffer(teams: Team[], newcomers: StockClient[][]): string | null {
  for (const [t, { workers }] of teams.entries()) {
    const reference = contentOf(workers[0]!.client.doc);
    const others = [
      ...workers.slice(1).map(({ name, client }) => ({ name, client })),
      ...newcomers[t]!.map((client, i) => ({ name: `a fresh client of node ${i}`, client })),
    ];
    for (const { name, client } of others) {
      const where = differences(reference, contentOf(client.doc));
      if (where.length > 0) return `${workers[0]!.name} and ${name} differ:\n  ${where.join('\n  ')}`;
    }
  }
  return null;
}

async function storeDiffers(stage: Stage, teams: Team[]): Promise<string | null> {
  const docs = await readStore(
    stage,
    teams.map(({ sessionId }) => sessionId),
  );
  for (const [t, { workers }] of teams.entries()) {
    const where = differences(contentOf(workers[0]!.client.doc), contentOf(docs[t]!));
    if (where.length > 0) return `${workers[0]!.name} and the store differ:\n  ${where.join('\n  ')}`;
  }
  return null;
}
