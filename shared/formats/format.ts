import type { Source } from './source.ts';
import type { Reading, ThreatModel, Written } from './threat-model.ts';

/** One file format: how to tell it from the others, how to read it, how to write it. */
export interface Format {
  /** As in `/api/sessions/:id/export/<name>` and in the answer of an import. */
  name: string;
  /** As people call it. */
  label: string;
  /** Of the files that are written, with its dot. */
  extension: string;
  mediaType: string;
  /** Whether a file is of this format, by what it holds; whether it is a sound one is for {@link read} to say. */
  recognises?(source: Source): boolean;
  /** @throws {FormatError} when it can't be read */
  read?(source: Source): Reading;
  write?(model: ThreatModel): Written | Promise<Written>;
}
