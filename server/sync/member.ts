import type { CloseReason } from '#shared/document/protocol.ts';
import type { Writer } from '#shared/document/rights.ts';

/** A person's connection, as the room sees it. */
export interface Member {
  readonly writer: Writer;
  /** Bytes that wait to be read by the other side. */
  queued(): number;
  send(frame: Uint8Array): void;
  /** Storing fails, or works again. */
  trouble(failing: boolean): void;
  /** Ends it; the room is left on the way. */
  close(why: CloseReason, detail?: string): void;
}
