/** Updates and states that can be recognised from their number alone, of sizes from a few bytes to several chunks. */

export function updateOf(seq: number): Uint8Array {
  return new Uint8Array(10 + ((seq * 7919) % 20_000)).fill(seq % 256);
}

export function stateOf(seq: number): Uint8Array {
  return new Uint8Array(600_000 + seq).fill(seq % 256);
}
