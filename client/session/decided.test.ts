import { expect, test } from 'vitest';
import type { Suggestion, Threat, Triage } from '#shared/document/threats.ts';
import { decidedBefore } from './decided.ts';
import type { Thing } from './things.ts';

const suggestion = (id: string, stale: boolean) => ({ id, stale }) as Suggestion;
const verdict = (id: string, at: number): [string, Triage] => [
  id,
  { id, verdict: 'dismissed', reason: 'No', by: { id: 'm', name: 'Mona' }, at },
];

test('what was decided about what is gone or changed is listed, the latest first, and nothing else', () => {
  const found = decidedBefore({
    suggestions: [
      suggestion('GEN-S/a', true),
      suggestion('GEN-T/a', false),
      suggestion('GEN-R/a', true),
      suggestion('GEN-I/a', true),
    ],
    triage: new Map([
      verdict('GEN-S/a', 1),
      verdict('GEN-T/a', 2),
      verdict('GEN-R/a', 3),
      verdict('GEN-I/a', 4),
      verdict('S/a', 4),
      verdict('T/gone', 5),
      verdict('D/old', 6),
    ]),
    things: new Map([['a', {} as Thing]]),
    heirs: new Map([['new', 'old']]),
    threats: [{ suggestion: 'GEN-I/a' } as Threat],
  });
  expect(found.map(each => each.verdict.id)).toEqual(['T/gone', 'GEN-R/a', 'GEN-S/a']);
});
