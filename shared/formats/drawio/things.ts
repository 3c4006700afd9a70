/** A thing's facts as the custom attributes of a cell, which draw.io shows and edits as its data. */

import { attributesOf } from '../../dfd/attributes.ts';
import type { Kind } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
import { isLoose } from '../loose.ts';
import { block } from '../text.ts';
import type { Thing } from '../threat-model.ts';
import { Style } from './style.ts';

/** Custom attribute that says what a cell is, whatever its look: a kind of `dfd/kinds.ts`, or `note`. */
export const MARK = 'dfd';
/** Custom attribute that holds as JSON what no plain one and no drawing can. */
export const REST = 'strideboard';
const MAX_REST = 200_000;
/** Longest style that is kept of a file: longer ones hold a picture. */
const MAX_STYLE = 500;

/** What only the drawing knows, kept in the rest. */
export interface Extra {
  /** The place that the writer made up: the file it came from had none. */
  unplaced?: number[];
  bend?: number;
  /** Id of the boundary around it, where it is none that a cell can lie in. */
  boundary?: string;
}

/** What a cell of draw.io itself says besides: its look, and custom attributes that are none of ours. */
interface Foreign {
  /** Kind that the style is of: another kind takes another look. */
  of?: string;
  style?: string;
  data?: Record<string, string>;
}

export function dataOf(kind: Kind, thing: Thing, extra: Extra): Record<string, string> {
  const { drawio, ...foreign } = thing.foreign ?? {};
  const plain: [string, string][] = [];
  const attributes: [string, Json][] = [];
  for (const [key, answer] of Object.entries(thing.attributes)) {
    const text = asText(kind, key, answer);
    if (text === null) attributes.push([key, answer]);
    else plain.push([key, text]);
  }
  const rest = {
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
    ...(Object.keys(foreign).length > 0 && { foreign }),
    ...extra,
  };
  const own = {
    [MARK]: kind,
    ...(thing.description && { description: thing.description }),
    ...Object.fromEntries(plain),
    ...(Object.keys(rest).length > 0 && { [REST]: JSON.stringify(rest) }),
  };
  const kept = Object.entries(foreignOf(drawio).data ?? {}).filter(
    ([name]) =>
      /^[A-Za-z_][\w.-]*$/.test(name) &&
      !/^(label|id|as|placeholders)$/.test(name) &&
      !Object.hasOwn(own, name),
  );
  return { ...own, ...Object.fromEntries(kept) };
}

/** An answer that {@link readThing} finds again in a plain attribute; null for one that it would not. */
function asText(kind: Kind, key: string, answer: string | string[]): string | null {
  const attribute = attributesOf(kind).find(each => each.key === key);
  if (!attribute || Array.isArray(answer) !== (attribute.many ?? false)) return null;
  const answers = [answer].flat();
  const known = (value: string) =>
    attribute.values?.some(each => each.value === value) ?? value.trim() !== '';
  return answers.length > 0 && answers.every(known) ? answers.join(', ') : null;
}

/** @returns all of a thing but its id and name, and what the writer put beside it */
export function readThing(
  kind: Kind,
  data: ReadonlyMap<string, string>,
  style: string | null,
): Omit<Thing, 'id' | 'name'> & { extra: Extra } {
  const others = new Map(data);
  const take = (name: string): string => {
    const value = others.get(name) ?? '';
    others.delete(name);
    return value;
  };
  const rest = restOf(take(REST));
  take(MARK);
  take('placeholders');
  const description = block(take('description'));
  const attributes = answersOf(rest.attributes);
  for (const { key, values, many } of attributesOf(kind)) {
    const text = others.get(key);
    if (text === undefined) continue;
    const words = many ? text.split(',').map(word => word.trim()) : [text];
    const answers = words.map(word =>
      values ? values.find(each => same(each.value, word) || same(each.label, word))?.value : word,
    );
    if (text.trim() === '' || answers.includes(undefined)) continue;
    attributes[key] = many ? (answers as string[]) : answers[0]!;
    others.delete(key);
  }
  const drawio: Foreign = {
    ...(style !== null && style.length <= MAX_STYLE && { of: kind, style }),
    ...(others.size > 0 && { data: Object.fromEntries(others) }),
  };
  const foreign = {
    ...objectOf(rest.foreign),
    ...(Object.keys(drawio).length > 0 && { drawio: drawio as Json }),
  };
  return {
    description,
    attributes,
    ...(Object.keys(foreign).length > 0 && { foreign }),
    extra: extraOf(rest),
  };
}

/** The style that a thing had in the drawing it came from; null when it was none of its own, or of another kind. */
export function styleOf(kind: Kind, { foreign }: Thing): Style | null {
  const { of, style } = foreignOf(foreign?.drawio);
  return of === kind && style !== undefined ? new Style(style) : null;
}

function foreignOf(value: Json | undefined): Foreign {
  const { of, style, data } = objectOf(value);
  return {
    ...(typeof of === 'string' && { of }),
    ...(typeof style === 'string' && { style }),
    data: Object.fromEntries(
      Object.entries(objectOf(data)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
  };
}

function extraOf({ unplaced, bend, boundary }: Record<string, Json>): Extra {
  return {
    ...(Array.isArray(unplaced) && { unplaced: unplaced.filter(value => typeof value === 'number') }),
    ...(typeof bend === 'number' && Number.isFinite(bend) && { bend }),
    ...(typeof boundary === 'string' && { boundary }),
  };
}

/** Somebody may have edited it: what is no JSON of a sound depth says nothing. */
export function restOf(text: string): Record<string, Json> {
  if (text === '' || text.length > MAX_REST) return {};
  try {
    const rest: Json = JSON.parse(text);
    return isShallow(rest) ? objectOf(rest) : {};
  } catch {
    return {};
  }
}

function isShallow(value: Json): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < 50 && level.length > 0; depth++) {
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return level.length === 0;
}

const answersOf = (value: Json | undefined): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(objectOf(value)).filter((pair): pair is [string, string | string[]] =>
      [pair[1]].flat().every(answer => typeof answer === 'string'),
    ),
  );

const objectOf = (value: Json | undefined): Record<string, Json> =>
  isLoose(value) ? ({ ...value } as Record<string, Json>) : {};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.trim().toLowerCase();
