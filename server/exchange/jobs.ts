/** What is done with files, away from the thread that serves everybody: see `pool.ts`. */
import * as Y from 'yjs';
import type { Author } from '#shared/document/threats.ts';
import { WRITERS } from '#shared/formats/formats.ts';
import { fromDocument } from '#shared/formats/session.ts';
import { Source } from '#shared/formats/source.ts';
import { FormatError, type Skipped, type ThreatModel } from '#shared/formats/threat-model.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { type Merged, mergeInto, withoutOwnMarks } from './merge.ts';
import { readSound } from './read.ts';

/** A file as it was sent. */
export interface Upload {
  body: Uint8Array;
  /** Of the request: a form holds the file in its field `file`. */
  contentType: string;
  /** Of the file, or empty. */
  name: string;
}

interface Bringing {
  upload: Upload;
  by: Author;
  /** Milliseconds since 1970. */
  at: number;
}

export interface CreateJob extends Bringing {
  kind: 'create';
  method: string;
}

export interface MergeJob extends Bringing {
  kind: 'merge';
  /** The session's document, a Yjs update. */
  document: Uint8Array;
  places: boolean;
  /** Largest document, in bytes. */
  documentBytes: number;
}

export interface WriteJob {
  kind: 'write';
  document: Uint8Array;
  format: string;
}

export type Job = CreateJob | MergeJob | WriteJob;

export interface Counts {
  diagrams: number;
  elements: number;
  flows: number;
  boundaries: number;
  threats: number;
  notes: number;
}

interface Brought {
  format: string;
  counts: Counts;
  skipped: Skipped[];
}

export interface Results {
  create: Brought & { title: string; method: string; updates: Uint8Array[] };
  merge: Brought & Pick<Merged, 'updates' | 'changes' | 'unchanged'>;
  write: { content: string | Uint8Array; skipped: Skipped[] };
}

/** More are counted, not listed: nobody reads them. */
const MOST_SKIPPED = 1_000;

/** @throws {FormatError} in words for who brought the file */
export async function run<J extends Job>(job: J): Promise<Results[J['kind']]>;
export async function run(job: Job): Promise<Results[Job['kind']]> {
  switch (job.kind) {
    case 'create':
      return create(job);
    case 'merge':
      return merge(job);
    case 'write':
      return write(job);
  }
}

async function create({ upload, by, at, method }: CreateJob): Promise<Results['create']> {
  const file = await open(upload);
  const { format, model, skipped } = readSound(file);
  const title =
    model.title ||
    file.name
      .replace(/\.[^.]*$/, '')
      .trim()
      .slice(0, 300) ||
    'Imported model';
  const doc = new Y.Doc();
  const seed = seedDocument('blank', { title, method });
  Y.applyUpdate(doc, seed);
  const merged = await mergeInto(doc, model, { format, by, at, places: false });
  return {
    ...{ format, title, method, counts: countsOf(model), updates: [seed, ...merged.updates] },
    skipped: limited([...skipped, ...merged.skipped]),
  };
}

async function merge(job: MergeJob): Promise<Results['merge']> {
  const { upload, document, by, at, places, documentBytes } = job;
  const { format, model, skipped } = readSound(await open(upload));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document);
  const merged = await mergeInto(doc, model, { format, by, at, places });
  const { updates, changes, unchanged } = merged;
  if (updates.reduce((sum, { length }) => sum + length, document.length) > documentBytes) {
    throw new FormatError('The session has no room for all that is in the file.');
  }
  return {
    ...{ format, updates, changes, unchanged, counts: countsOf(model) },
    skipped: limited([...skipped, ...merged.skipped]),
  };
}

async function write({ document, format }: WriteJob): Promise<Results['write']> {
  const writer = WRITERS.find(({ name }) => name === format);
  if (!writer) throw new FormatError(`There is no format ${format}.`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document);
  const { content, skipped } = await writer.write(withoutOwnMarks(fromDocument(doc)));
  return { content, skipped: limited(skipped) };
}

/** @throws {FormatError} when a form has no file, or the file is none that can be looked into */
async function open({ body, contentType, name }: Upload): Promise<Source> {
  if (!/^multipart\/form-data/i.test(contentType)) return new Source(body, name);
  const file = await formOf(body, contentType);
  return new Source(new Uint8Array(await file.arrayBuffer()), name || file.name);
}

async function formOf(body: Uint8Array, contentType: string): Promise<File> {
  const form = await new Response(body as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch(() => {
      throw new FormatError('The form could not be read.');
    });
  const file = form.get('file');
  if (!(file instanceof File)) throw new FormatError('The form has no file in its field “file”.');
  return file;
}

export function countsOf({ diagrams, threats }: ThreatModel): Counts {
  const sum = (key: 'elements' | 'flows' | 'boundaries' | 'notes') =>
    diagrams.reduce((count, diagram) => count + diagram[key].length, 0);
  return {
    ...{ diagrams: diagrams.length, elements: sum('elements'), flows: sum('flows') },
    ...{ boundaries: sum('boundaries'), threats: threats.length, notes: sum('notes') },
  };
}

function limited(skipped: Skipped[]): Skipped[] {
  if (skipped.length <= MOST_SKIPPED) return skipped;
  const more = { what: `${skipped.length - MOST_SKIPPED} more`, why: 'only the first are listed', where: '' };
  return [...skipped.slice(0, MOST_SKIPPED), more];
}
