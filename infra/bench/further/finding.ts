/** One number beside the table of loads, and what it is to be. */
export interface Finding {
  part: string;
  what: string;
  value: number;
  unit: string;
  /** At most this much; null where there is no number to reach. */
  target: number | null;
}
