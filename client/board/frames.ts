/** A frame of somebody's gesture: what it changes on the board before the document has it. */
import {
  type BoardRecord,
  changedRegisters,
  fromRegisters,
  type Json,
  toRegisters,
} from '#shared/document/board.ts';
import { type BoardSchema, isShowable } from './schema.ts';

/** Registers of one record and their values, null for one that is back at its default; null as a whole for a removed binding. */
export type Change = Readonly<Record<string, Json>> | null;

/**
 * What waits for the end of a gesture: the registers of shapes that are there already, and bindings whatever becomes of them, since
 * an arrow end that is pulled over the board finds and leaves many. Shapes that come and go are written at once.
 */
export const isHeld = (id: string, there: boolean): boolean => id.startsWith('binding:') || there;

/** @returns undefined when nothing changed */
export function changeOf(
  before: BoardRecord | undefined,
  after: BoardRecord | undefined,
): Change | undefined {
  if (!after) return before && null;
  const registers = before ? changedRegisters(before, after) : toRegisters(after);
  if (registers.size === 0) return undefined;
  return Object.fromEntries([...registers].map(([key, value]) => [key, value ?? null]));
}

/** The record as somebody drags it; as it is stored where their frame makes no sense, since people may send anything. */
export function laidOver(
  schema: BoardSchema,
  id: string,
  stored: BoardRecord | undefined,
  change: Change,
): BoardRecord | undefined {
  const isBinding = id.startsWith('binding:');
  if (!stored && !isBinding) return undefined;
  if (!change) return isBinding ? undefined : stored;
  const registers = stored ? toRegisters(stored) : new Map<string, Json>();
  for (const [key, value] of Object.entries(change)) {
    if (value === null) registers.delete(key);
    else registers.set(key, value);
  }
  const record = fromRegisters(id, registers);
  return record && isShowable(schema, id, record) ? record : stored;
}
