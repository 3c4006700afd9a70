/**
 * Rounds of faults under load. Each round ends healed, quiet and checked: all that was acknowledged as saved is there, and all
 * stock clients, fresh clients of every node and the store hold the same.
 */
import { setTimeout as delay } from 'node:timers/promises';
import * as prng from 'lib0/prng';
import { agreement } from './agreement.ts';
import { lostBy } from './checks.ts';
import { carryOut, type Scene } from './faults.ts';
import { gatherTeam, type Team } from './people.ts';
import { planRound, type Step, type Topology } from './plan.ts';
import { Report, type Summary } from './report.ts';
import { type Stage, setStage } from './stage.ts';

/** Sessions at a time. */
const TEAMS = 2;
/** After this many rounds everybody leaves and new sessions are started. */
const ROUNDS_PER_SESSION = 10;
/** Longest time that a fault takes until its processes are back, in ms. */
const FAULT_TIMEOUT = 120_000;

export interface ChaosOptions extends Topology {
  rounds: number;
  seed: number;
  /** Takes a line of progress. */
  print(line: string): void;
}

/** @throws an error that names seed, round and what is wrong, when a check fails */
export async function runChaos({ rounds, seed, print, ...topology }: ChaosOptions): Promise<Summary> {
  const started = performance.now();
  // The plan has numbers of its own: what people happen to do must not change it.
  const plan = prng.create(seed);
  const work = prng.create(seed + 1);
  const report = new Report();
  const stage = await setStage(topology);
  const former: Team[] = [];
  let teams: Team[] = [];
  const leave = () => Promise.all(teams.flatMap(({ workers }) => workers).map(worker => worker.leave()));
  let round = 0;
  try {
    for (round = 1; round <= rounds; round++) {
      if (round % ROUNDS_PER_SESSION === 1) {
        await leave();
        former.push(...teams);
        teams = await gatherTeams(stage, work);
      }
      const people = teams.flatMap(({ workers }) => workers).length;
      const steps = planRound(plan, topology, people);
      const ms = await playRound(steps, { stage, teams, report, afterKill: () => nothingLost(stage, teams) });
      print(`round ${round}: ${steps.map(({ fault }) => fault.kind).join(', ')}; agreed after ${ms} ms`);
    }
    await leave();
    for (const node of stage.nodes) await node.kill();
    await nothingLost(stage, [...former, ...teams]);
  } catch (error) {
    const output = stage.nodes.map((node, i) => `node ${i}: ${node.output().slice(-4000)}`).join('\n');
    throw new Error(`seed ${seed}, round ${round}: ${(error as Error).message}\n${output}`, { cause: error });
  } finally {
    await leave();
    await stage.close();
  }
  const journals = [...former, ...teams].flatMap(({ workers }) => workers.map(({ journal }) => journal));
  return {
    seed,
    ...topology,
    rounds,
    seconds: Math.round((performance.now() - started) / 1000),
    kills: report.sum('kill'),
    faults: report.faults,
    changes: journals.reduce((sum, { length }) => sum + length, 0),
    acknowledged: journals.reduce((sum, { kept }) => sum + kept, 0),
    lost: 0,
    slowestAgreement: report.slowestAgreement,
  };
}

function gatherTeams(stage: Stage, random: prng.PRNG): Promise<Team[]> {
  // A node that is down refuses, and the client tries again: perhaps another one.
  const anyNode = () => prng.oneOf(random, stage.nodes).port;
  return Promise.all(Array.from({ length: TEAMS }, () => gatherTeam(stage.nodes[0]!.url, anyNode, random)));
}

/** @returns ms from healing to agreement */
async function playRound(steps: Step[], scene: Scene): Promise<number> {
  const { stage, teams, report } = scene;
  const workers = teams.flatMap(({ workers }) => workers);
  for (const worker of workers) worker.start();
  const faults = steps.map(async ({ at, fault }) => {
    await delay(at);
    await within(FAULT_TIMEOUT, carryOut(fault, scene), `${JSON.stringify(fault)} does not end`);
  });
  const outcomes = await Promise.allSettled(faults);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  for (const worker of workers) worker.stop();

  const healed = performance.now();
  await agreement(stage, teams);
  const ms = Math.round(performance.now() - healed);
  report.agreed(ms);
  await stage.withFreeStore(() => nothingLost(stage, teams));
  return ms;
}

async function nothingLost(stage: Stage, teams: Team[]): Promise<void> {
  const lost = await lostBy(stage, teams);
  if (lost.length > 0) throw new Error(`${lost.length} lost:\n  ${lost.slice(0, 10).join('\n  ')}`);
}

async function within(ms: number, promise: Promise<void>, otherwise: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), ms);
  });
  await Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
