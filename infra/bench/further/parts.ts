/** The numbers beside the table of loads. */
import { brainstorm } from './brainstorm.ts';
import type { Finding } from './finding.ts';
import { growth } from './growth.ts';
import { joining } from './joining.ts';
import { pass } from './pass.ts';
import { sessions } from './sessions.ts';

export interface Part {
  what: string;
  /** @param step shows what it is at */
  run(step: (text: string) => void): Promise<Finding[]>;
}

export const PARTS: Record<string, Part> = {
  e: { what: '150 people enter a board of 2,000 shapes at once', run: joining },
  f: { what: '10,000 sessions in the database', run: sessions },
  g: { what: 'growth of a document', run: growth },
  h: { what: 'the suggestion pass', run: pass },
  i: { what: '50 people brainstorm while the moderator triages', run: brainstorm },
};
