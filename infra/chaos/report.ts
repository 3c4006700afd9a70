/** What a run did, counted. */
export interface Summary {
  seed: number;
  nodes: number;
  database: string;
  rounds: number;
  seconds: number;
  kills: number;
  /** Every kind of fault with how often it happened. */
  faults: Record<string, number>;
  /** Changes that people made, and those of them that they were told are saved. */
  changes: number;
  acknowledged: number;
  lost: number;
  /** Longest time from healing to agreement, in ms. */
  slowestAgreement: number;
}

export class Report {
  readonly faults: Record<string, number> = {};
  slowestAgreement = 0;

  count(what: string): void {
    this.faults[what] = (this.faults[what] ?? 0) + 1;
  }

  agreed(ms: number): void {
    this.slowestAgreement = Math.max(this.slowestAgreement, Math.round(ms));
  }

  /** How many faults have a name that starts like this. */
  sum(prefix: string): number {
    return Object.entries(this.faults).reduce((sum, [what, n]) => sum + (what.startsWith(prefix) ? n : 0), 0);
  }
}

export const describeSummary = ({ faults, ...summary }: Summary): string =>
  [
    `${summary.rounds} rounds in ${summary.seconds} s on ${summary.nodes} node(s), ${summary.database}, seed ${summary.seed}:`,
    `${summary.kills} kills, ${summary.changes} changes, ${summary.acknowledged} acknowledged, ${summary.lost} lost;`,
    `agreement within ${summary.slowestAgreement} ms.`,
    ...Object.entries(faults)
      .sort()
      .map(([what, n]) => `\n  ${n} x ${what}`),
  ].join(' ');
