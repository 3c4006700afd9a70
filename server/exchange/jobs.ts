/** What is done with files, away from the thread that serves everybody: see `pool.ts`. */
import * as Y from 'yjs';
import { readSession, root } from '#shared/document/document.ts';
import { LIMITS } from '#shared/document/rights.ts';
import type { Author } from '#shared/document/threats.ts';
import { WRITERS } from '#shared/formats/formats.ts';
import type { OnPlaced } from '#shared/formats/layout/layout.ts';
import { fromDocument } from '#shared/formats/session.ts';
import { makeSound } from '#shared/formats/sound.ts';
import { Source } from '#shared/formats/source.ts';
import { cleanText } from '#shared/formats/text.ts';
import { FormatError, type Reading, type Skipped, type ThreatModel } from '#shared/formats/threat-model.ts';
import { MINUTES, minutesMarkdown } from '#shared/meeting/markdown.ts';
import { reportOf } from '#shared/meeting/report.ts';
import { DEFAULT_METHOD, isMethod } from '#shared/stride/method-names.ts';
import { type RulesError, readRules } from '#shared/stride/rules-file.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { ARCHIVE, isArchive, readArchive, writeArchive } from './archive/archive.ts';
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
  /** Largest document, in bytes. */
  documentBytes: number;
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

/** Looks whether a team's own rules are sound. */
export interface RulesJob {
  kind: 'rules';
  text: string;
  /** Ids that other rules have. */
  taken: string[];
}

export type Job = CreateJob | MergeJob | WriteJob | RulesJob;

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
  rules: RulesError[];
}

/** More are counted, not listed: nobody reads them. */
const MOST_SKIPPED = 1_000;

/** Of the boundaries and pages that have to be laid out, how many are; 0 of 0 before that is known. */
export interface Progress {
  done: number;
  of: number;
}

/** @throws {FormatError} in words for who brought the file */
export async function run<J extends Job>(
  job: J,
  report: (progress: Progress) => void,
): Promise<Results[J['kind']]>;
export async function run(job: Job, report: (progress: Progress) => void): Promise<Results[Job['kind']]> {
  const onPlaced = (done: number, of: number) => report({ done, of });
  switch (job.kind) {
    case 'create':
      return create(job, onPlaced);
    case 'merge':
      return merge(job, onPlaced);
    case 'write':
      return write(job);
    case 'rules':
      return readRules(job.text, new Set(job.taken)).errors;
  }
}

async function create(job: CreateJob, onPlaced: OnPlaced): Promise<Results['create']> {
  const file = await open(job.upload);
  const created = isArchive(file) ? restored(file) : await started(file, job, onPlaced);
  checkRoom(created.updates, job.documentBytes);
  return { ...created, skipped: limited(created.skipped) };
}

function restored(file: Source): Results['create'] {
  const { doc, updates, skipped } = readArchive(file);
  const { title, method } = readSession(doc);
  return {
    ...{ format: ARCHIVE.name, title: title || titleOf(file), counts: countsOf(fromDocument(doc)) },
    ...{ method: isMethod(method) ? method : DEFAULT_METHOD, updates, skipped },
  };
}

async function started(
  file: Source,
  { by, at, method }: CreateJob,
  onPlaced: OnPlaced,
): Promise<Results['create']> {
  const { format, model, skipped } = readSound(file);
  const title = model.title || titleOf(file);
  const doc = new Y.Doc();
  const seed = seedDocument('blank', { title, method });
  Y.applyUpdate(doc, seed);
  const merged = await mergeInto(doc, model, { format, by, at, places: false, onPlaced });
  return {
    ...{ format, title, method, counts: countsOf(model), updates: [seed, ...merged.updates] },
    skipped: [...skipped, ...merged.skipped],
  };
}

const titleOf = ({ name }: Source): string =>
  cleanText(name)
    .replace(/\.[^.]*$/, '')
    .trim()
    .slice(0, LIMITS.title) || 'Imported model';

async function merge(job: MergeJob, onPlaced: OnPlaced): Promise<Results['merge']> {
  const { upload, document, by, at, places, documentBytes } = job;
  const { format, model, skipped } = modelIn(await open(upload));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document);
  const merged = await mergeInto(doc, model, { format, by, at, places, onPlaced });
  const { updates, changes, unchanged } = merged;
  if (updates.length > 0) checkRoom([document, ...updates], documentBytes);
  return {
    ...{ format, updates, changes, unchanged, counts: countsOf(model) },
    skipped: limited([...skipped, ...merged.skipped]),
  };
}

/** Of an archive only what any file may bring: a session that is there has its own people and verdicts. */
function modelIn(file: Source): Reading & { format: string } {
  if (!isArchive(file)) return readSound(file);
  const { doc, skipped } = readArchive(file);
  const sound = makeSound({ model: withoutOwnMarks(fromDocument(doc)), skipped });
  const left = {
    what: 'verdicts, authors and numbers',
    why: 'a session that is there has its own',
    where: '',
  };
  return { format: ARCHIVE.name, ...sound, skipped: [...sound.skipped, left] };
}

function checkRoom(updates: readonly Uint8Array[], most: number): void {
  if (updates.reduce((sum, { length }) => sum + length, 0) <= most) return;
  throw new FormatError('A session has no room for all that is in the file.');
}

async function write({ document, format }: WriteJob): Promise<Results['write']> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document);
  if (format === ARCHIVE.name) return { content: writeArchive(doc), skipped: [] };
  if (format === MINUTES.name) return { content: minutesMarkdown(reportOf(doc)), skipped: [] };
  const writer = WRITERS.find(({ name }) => name === format);
  if (!writer) throw new FormatError(`There is no format ${format}.`);
  const { content, skipped } = await writer.write(withoutOwnMarks(fromDocument(doc)));
  return { content, skipped: limited([...skipped, ...leftOut(doc)]) };
}

/** What no format but the archive takes along: a session that is there finds its own again by the ids of what is drawn. */
function leftOut(doc: Y.Doc): Skipped[] {
  const counts = [
    ['verdict', root(doc, 'triage').size],
    ['workflow', root(doc, 'workflows').size],
  ] as const;
  const why = 'only the archive of a session takes them along';
  return counts
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ what: `${count} ${what}${count > 1 ? 's' : ''}`, why, where: '' }));
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
