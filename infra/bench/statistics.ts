/** Of what is measured. */

/** @param p from 0 to 1; NaN when there are no values */
export function percentile(values: Float64Array, p: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
