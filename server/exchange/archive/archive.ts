/**
 * A whole session as one file, to be taken up on another server: a zip archive of the document with its verdicts, authors and numbers,
 * and of the same as a model for whoever opens it otherwise. Members and invitations are none of it.
 */
import { strToU8, unzipSync, zipSync } from 'fflate';
import * as Y from 'yjs';
import { z } from 'zod';
import { readSession } from '#shared/document/document.ts';
import { fromDocument } from '#shared/formats/session.ts';
import type { Source } from '#shared/formats/source.ts';
import { FormatError, type Skipped } from '#shared/formats/threat-model.ts';
import { restore } from './restore.ts';

export const ARCHIVE = {
  name: 'strideboard',
  label: 'Strideboard archive',
  extension: '.strideboard',
  mediaType: 'application/zip',
} as const;

const VERSION = 1;
const FILES = { manifest: 'manifest.json', document: 'document.yjs', model: 'model.json' } as const;
/** Largest part of an archive once it is unpacked, in bytes. */
const MOST = { manifest: 64 * 1024, document: 96 * 1024 * 1024 } as const;

const manifestOf = z.object({ strideboard: z.object({ archive: z.literal(VERSION) }), title: z.string() });

export interface Restored {
  /** A document of its own, made of every entry that was found sound. */
  doc: Y.Doc;
  /** That document, to be stored in this order. */
  updates: Uint8Array[];
  skipped: Skipped[];
}

export const isArchive = ({ syntax }: Source): boolean => syntax === 'zip';

export function writeArchive(doc: Y.Doc): Uint8Array<ArrayBuffer> {
  const { title, method } = readSession(doc);
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  return zipSync(
    {
      [FILES.manifest]: json({ strideboard: { archive: VERSION }, title, method }),
      [FILES.document]: Y.encodeStateAsUpdate(doc),
      [FILES.model]: json(fromDocument(doc)),
    },
    // The same session gives the same bytes.
    { mtime: new Date('1980-01-01T12:00:00') },
  ) as Uint8Array<ArrayBuffer>;
}

/**
 * Nothing in it is trusted: each entry is read and checked as if a person wrote it.
 * @throws {FormatError} for what is no archive of a session
 */
export function readArchive({ bytes }: Source): Restored {
  const files = unpack(bytes);
  const manifest = files[FILES.manifest];
  const document = files[FILES.document];
  if (!manifest || !document) throw new FormatError('This zip archive holds no session.');
  checkManifest(manifest);
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, document);
  } catch {
    throw new FormatError('The session in the archive can’t be read.', FILES.document);
  }
  return restore(doc);
}

/** Only what is needed, and no more of it than it may be: a few bytes may say that they are gigabytes. */
function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  const found = new Set<string>();
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        const most = name === FILES.manifest ? MOST.manifest : name === FILES.document ? MOST.document : 0;
        if (most > 0 && originalSize > most)
          throw new FormatError('What the archive holds is too large.', name);
        // Listed thousands of times over, one part would be unpacked as often.
        if (found.has(name)) throw new FormatError('The archive holds this part more than once.', name);
        if (most > 0) found.add(name);
        return most > 0;
      },
    });
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError('The zip archive is broken.');
  }
}

function checkManifest(bytes: Uint8Array): void {
  let manifest: unknown;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FormatError('The archive does not say what it is.', FILES.manifest);
  }
  if (!manifestOf.safeParse(manifest).success) {
    throw new FormatError(`The archive is none of version ${VERSION}.`, FILES.manifest);
  }
}
