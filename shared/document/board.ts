/**
 * The `board` root: tldraw's document records, each a Y.Map of *registers*. A register is what a person changes in one
 * gesture: a position is one register, so nobody gets an x from one drag with a y from another, and a rename and a
 * move of the same shape both survive.
 *
 * A register that has its default value is not stored: a fresh shape costs about 100 bytes instead of 400.
 */
import * as Y from 'yjs';
import { ARROW_DEFAULTS, SHAPE_DEFAULTS } from './defaults.ts';
import { readLinePoints } from './line-points.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** A tldraw document record as plain data; the board binding knows it by tldraw's own, stricter types. */
export interface BoardRecord {
  id: string;
  typeName: string;
  [key: string]: Json | undefined;
}

export interface ShapeRecord extends BoardRecord {
  typeName: 'shape';
  type: string;
  x: number;
  y: number;
  rotation: number;
  index: string;
  parentId: string;
  isLocked: boolean;
  opacity: number;
  props: { [key: string]: Json | undefined };
  meta: { [key: string]: Json | undefined };
}

export interface BindingRecord extends BoardRecord {
  typeName: 'binding';
  type: string;
  fromId: string;
  toId: string;
  props: { [key: string]: Json | undefined };
  meta: { [key: string]: Json | undefined };
}

export type Registers = Map<string, Json>;

export const isShape = (record: BoardRecord): record is ShapeRecord => record.typeName === 'shape';
export const isBinding = (record: BoardRecord): record is BindingRecord => record.typeName === 'binding';

/** Keys that are no property of their own: packed registers, and what the entry's id says already. */
const RESERVED = new Set(['at', 'place', 'size', 'id', 'typeName']);

const SHAPE_TOP: Record<string, Json> = { rotation: 0, isLocked: false, opacity: 1 };

/** Flattens a record into its registers, defaults left out. The inverse of {@link fromRegisters}. */
export function toRegisters(record: BoardRecord): Registers {
  const registers: Registers = new Map();
  const put = (key: string, value: Json | undefined, fallback?: Json) => {
    if (value !== undefined && !same(value, fallback)) registers.set(key, value);
  };
  const { id, typeName, props, meta, ...top } = record;
  const shape = isShape(record);
  const defaults = defaultProps(record);
  for (const [key, value] of Object.entries(top)) {
    if (shape && (key === 'x' || key === 'y' || key === 'parentId' || key === 'index')) continue;
    put(key, value, shape ? SHAPE_TOP[key] : undefined);
  }
  if (shape) {
    put('at', [record.x, record.y]);
    put('place', [record.parentId, record.index]);
  }
  const sized = shape && hasSize(record.props);
  if (sized) put('size', [record.props.w!, record.props.h!], same2(defaults.w, defaults.h));
  for (const [key, value] of Object.entries(asObject(props))) {
    if (sized && (key === 'w' || key === 'h')) continue;
    put(`props.${key}`, value, defaults[key]);
  }
  for (const [key, value] of Object.entries(asObject(meta))) put(`meta.${key}`, value);
  return registers;
}

/**
 * Rebuilds the record from its registers.
 * @returns null when a register that the record can't do without, or that `shared/` reckons with, is missing or of the wrong
 * shape: people may write anything. What else is wrong inside `props` is for tldraw's validators to say.
 */
export function fromRegisters(id: string, registers: Registers): BoardRecord | null {
  const typeName = id.slice(0, id.indexOf(':'));
  const record: BoardRecord = { id, typeName };
  const props: Record<string, Json> = {};
  const meta: Record<string, Json> = {};
  for (const [key, value] of registers) {
    if (key.startsWith('props.')) props[key.slice(6)] = value;
    else if (key.startsWith('meta.')) meta[key.slice(5)] = value;
    else if (!RESERVED.has(key)) record[key] = value;
  }
  record.meta = meta;
  if (typeName === 'page') return typeof record.index === 'string' ? record : null;
  if (typeName === 'document') return record;
  if (typeof record.type !== 'string') return null;
  record.props = { ...defaultProps(record), ...props };
  if (typeName === 'binding') return isSoundBinding(record) ? record : null;

  const at = registers.get('at');
  const place = registers.get('place');
  const size = registers.get('size');
  if (!isPair(at, 'number') || !isPair(place, 'string')) return null;
  if (record.rotation !== undefined && typeof record.rotation !== 'number') return null;
  if (size !== undefined && !isPair(size, 'number')) return null;
  if (size) Object.assign(record.props, { w: size[0], h: size[1] });
  if (record.type === 'boundary_line' && !readLinePoints(registers.get('props.points'))) return null;
  for (const key in SHAPE_TOP) record[key] ??= SHAPE_TOP[key];
  [record.x, record.y] = at;
  [record.parentId, record.index] = place;
  return record;
}

/** The registers that changed from one version of a record to the next; `undefined` stands for "back to its default". */
export function changedRegisters(before: BoardRecord, after: BoardRecord): Map<string, Json | undefined> {
  const from = toRegisters(before);
  const to = toRegisters(after);
  const changes = new Map<string, Json | undefined>();
  for (const [key, value] of to) if (!same(value, from.get(key))) changes.set(key, value);
  for (const key of from.keys()) if (!to.has(key)) changes.set(key, undefined);
  return changes;
}

/** Writes a new record into the board. */
export function putRecord(board: Y.Map<Y.Map<Json>>, record: BoardRecord): void {
  board.set(record.id, new Y.Map(toRegisters(record)) as Y.Map<Json>);
}

/** Reads every record of the board that can be read, unrepaired. */
export function readRecords(board: Y.Map<Y.Map<Json>>): Map<string, BoardRecord> {
  const records = new Map<string, BoardRecord>();
  board.forEach((entry, id) => {
    const record = readRecord(id, entry);
    if (record) records.set(id, record);
  });
  return records;
}

/** Reads one entry of the board; null when it can't be read. */
export function readRecord(id: string, entry: unknown): BoardRecord | null {
  if (!(entry instanceof Y.Map)) return null;
  const registers: Registers = new Map();
  entry.forEach((value, key) => {
    registers.set(key, value);
  });
  return fromRegisters(id, registers);
}

function defaultProps(record: BoardRecord): Record<string, Json> {
  if (record.typeName === 'binding') return record.type === 'arrow' ? ARROW_DEFAULTS : {};
  return (record.typeName === 'shape' && SHAPE_DEFAULTS[record.type as string]) || {};
}

const isSoundBinding = ({ fromId, toId, props }: BoardRecord): boolean =>
  [fromId, toId, asObject(props).terminal].every(value => typeof value === 'string');

const asObject = (value: Json | undefined): { [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

const hasSize = (props: { [key: string]: Json | undefined }) =>
  props.w !== undefined && props.h !== undefined;

const same2 = (w: Json | undefined, h: Json | undefined): Json | undefined =>
  w === undefined || h === undefined ? undefined : [w, h];

function isPair(value: Json | undefined, type: 'number'): value is [number, number];
function isPair(value: Json | undefined, type: 'string'): value is [string, string];
function isPair(value: Json | undefined, type: 'number' | 'string'): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === type && typeof value[1] === type;
}

/** Structural equality of two JSON values; key order counts, as both come from the same code. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  );
}
