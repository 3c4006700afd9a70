/**
 * What a file says of one thing, fact by fact, and whose word counts when the board says something else. What the last import of a
 * format said is kept with the thing, as hashes: a fact that stayed the same in the file since then is the team's to change.
 */
import { createHash } from 'node:crypto';
import type { Json } from '#shared/document/board.ts';
import { IMPORTED } from '#shared/formats/foreign.ts';
import type {
  FileBoundary,
  FileElement,
  FileFlow,
  FileNote,
  FileThreat,
  Thing,
} from '#shared/formats/threat-model.ts';

/** By the fact's name; undefined where nothing is said. */
export type Facts = Record<string, Json | undefined>;

/** Hashes of the facts at the last import, by their names. */
export type Mark = Record<string, string>;

type Foreign = Record<string, Json> | undefined;

/** What lies where is the team's once it is on the board. */
const PLACES = new Set(['place', 'line', 'bend']);

export function markOf(foreign: Foreign, format: string): Mark | null {
  const marks = foreign?.[IMPORTED] as Record<string, Mark> | undefined;
  return marks?.[format] ?? null;
}

export function withMark(foreign: Foreign, format: string, mark: Mark): Record<string, Json> {
  return {
    ...foreign,
    [IMPORTED]: { ...(foreign?.[IMPORTED] as Record<string, Json> | undefined), [format]: mark },
  };
}

export function withoutMarks(foreign: Foreign): Foreign {
  const kept = Object.entries(foreign ?? {}).filter(([format]) => format !== IMPORTED);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

export const hash = (value: Json): string => sha1(value).digest('hex').slice(0, 10);

/** A shorter one, of six bits a character. */
export const digest = (value: Json, length: number): string =>
  sha1(value).digest('base64url').slice(0, length);

const sha1 = (value: Json) => createHash('sha1').update(JSON.stringify(value));

export const isPlace = (fact: string): boolean => PLACES.has(fact);

export function hashesOf(facts: Facts): Mark {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, hash(value)]])),
  );
}

/**
 * The facts as they are to be: the file's where it says something new since the last import, the board's elsewhere. Without an earlier
 * import the file's count where they say anything, except for places.
 * @param places whether the file's places count in any case
 */
export function settle(file: Facts, board: Facts, mark: Mark | null, places: boolean): Facts {
  const settled: Facts = { ...board };
  for (const fact of new Set([...Object.keys(file), ...Object.keys(mark ?? {})])) {
    const value = file[fact];
    const isNews = mark ? (value === undefined ? undefined : hash(value)) !== mark[fact] : !isEmpty(value);
    const counts = PLACES.has(fact) ? value !== undefined && (places || (mark !== null && isNews)) : isNews;
    if (counts) settled[fact] = value;
  }
  return settled;
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}

function thingFacts({ name, description, attributes, foreign }: Thing): Facts {
  return {
    ...{ name, description },
    ...prefixed('attributes', attributes),
    ...prefixed('foreign', withoutMarks(foreign) ?? {}),
  };
}

export const elementFacts = (element: FileElement): Facts => ({
  ...thingFacts(element),
  kind: element.kind,
  place: (element.box as Json) ?? undefined,
});

export const boundaryFacts = (boundary: FileBoundary): Facts => ({
  ...thingFacts(boundary),
  place: (boundary.box as Json) ?? undefined,
  line: (boundary.line as Json) ?? undefined,
});

/** A free end is one wherever it lies. */
export const flowFacts = (flow: FileFlow): Facts => ({
  ...thingFacts(flow),
  source: 'element' in flow.source ? flow.source.element : null,
  target: 'element' in flow.target ? flow.target.element : null,
  bidirectional: flow.bidirectional,
  bend: flow.bend,
});

export const noteFacts = ({ text, at }: FileNote): Facts => ({ text, place: at as unknown as Json });

export function threatFacts({ id: _, number: _number, foreign, ...threat }: FileThreat): Facts {
  return { ...threat, ...prefixed('foreign', withoutMarks(foreign) ?? {}) };
}

/** The attributes, or what foreign formats say, of settled facts. */
export function unprefixed<T extends Json>(prefix: string, facts: Facts): Record<string, T> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) =>
      fact.startsWith(`${prefix}.`) && value !== undefined
        ? [[fact.slice(prefix.length + 1), value as T]]
        : [],
    ),
  );
}

function prefixed(prefix: string, values: Record<string, Json>): Facts {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]));
}
