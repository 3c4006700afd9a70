/** Makes a fault of the plan happen, and undoes it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Team } from './people.ts';
import { type Fault, isOfShutdown, MOMENTS, type Moment } from './plan.ts';
import type { Report } from './report.ts';
import type { Node, Stage } from './stage.ts';

/** Longest wait for a moment, in ms; after that it happens at any time. */
const MOMENT_TIMEOUT = 6_000;

export interface Scene {
  stage: Stage;
  teams: Team[];
  report: Report;
  /** Called while a killed node is down: what was promised must be in the store before anybody comes back with it. */
  afterKill(): Promise<void>;
}

/** Resolves when the fault is over. */
export async function carryOut(fault: Fault, scene: Scene): Promise<void> {
  const { stage, report } = scene;
  switch (fault.kind) {
    case 'kill': {
      const node = stage.nodes[fault.node]!;
      const moment = await waitFor(fault.moment, node, () => {
        if (isOfShutdown(fault.moment)) node.shutDown();
      });
      await node.kill();
      node.database?.cut();
      report.count(`kill at ${moment}`);
      await scene.afterKill();
      return node.start();
    }
    case 'lose database': {
      const node = stage.nodes[fault.node]!;
      const moment = await waitFor(fault.moment, node);
      node.database?.cut();
      return report.count(`database lost at ${moment}`);
    }
    case 'restart postgres':
      await stage.postgres!.end(fault.signal);
      report.count(`PostgreSQL restart by ${fault.signal}`);
      return stage.postgres!.start();
    case 'restart redis':
      await stage.redis!.kill();
      report.count('Redis restart');
      return stage.redis!.start();
    case 'lose redis': {
      const { redis } = stage.nodes[fault.node]!;
      report.count('Redis lost');
      redis!.hold('both');
      await delay(fault.ms);
      return redis!.heal();
    }
    default:
      return disturb(fault, scene);
  }
}

async function disturb(fault: Extract<Fault, { person: number }>, { teams, report }: Scene): Promise<void> {
  const worker = teams.flatMap(({ workers }) => workers)[fault.person]!;
  const { proxy } = worker;
  report.count(fault.kind);
  switch (fault.kind) {
    case 'cut':
      return proxy.cut();
    case 'reload':
      return worker.reload();
    case 'throttle':
      proxy.throttle(fault.bytesPerSecond);
      break;
    case 'stall':
      proxy.hold('both');
      break;
    case 'deafen':
      proxy.hold('answers');
      break;
  }
  await delay(fault.ms);
  proxy.heal();
}

/**
 * @param provoke makes the moment come
 * @returns the moment that it is
 */
async function waitFor(moment: Moment, { database }: Node, provoke = () => {}): Promise<Moment> {
  const passage = MOMENTS[moment];
  if (!passage || !database) return 'any time';
  const signal = AbortSignal.timeout(MOMENT_TIMEOUT);
  const trapped = database.trap(passage, signal);
  provoke();
  await trapped;
  return signal.aborted ? 'any time' : moment;
}
