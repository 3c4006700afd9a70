/**
 * A process to kill: appends numbered updates to the session `log` of the data directory in its arguments, snapshots now and then,
 * and prints each number once it is stored.
 */
import { openDatabase } from '../open.ts';
import { stateOf, updateOf } from './numbered.ts';

const database = await openDatabase({ dataDir: process.argv[2]! });
let { seq } = (await database.documents.load('log'))!;
for (;;) {
  seq += 1;
  await database.documents.append([{ sessionId: 'log', seq, update: updateOf(seq), writers: [] }]);
  process.stdout.write(`${seq}\n`);
  if (seq % 50 === 0) await database.documents.snapshot('log', seq, stateOf(seq));
}
