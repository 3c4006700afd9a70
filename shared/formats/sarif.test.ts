import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { THREAT_STATUS, type ThreatStatus } from '../document/threats.ts';
import { sarif } from './sarif.ts';
import { anyModel } from './testing/models.ts';
import type { FileThreat, ThreatModel } from './threat-model.ts';

/** Draft 4 of JSON Schema, whose words Ajv knows but for the name of `$id`. */
function validator() {
  const file = new URL('testing/schemas/sarif-2.1.0-rtm.5.schema.json', import.meta.url);
  const { id: _, $schema: _draft, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}
const validate = validator();

interface Log {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    logicalLocations: { name: string; fullyQualifiedName: string; parentIndex?: number }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      kind: string;
      level: string;
      message: { text: string };
      locations?: { logicalLocations: { index: number; name: string }[] }[];
      partialFingerprints: Record<string, string>;
      suppressions?: { status: string; justification: string }[];
    }[];
  }[];
}
const runOf = (model: ThreatModel) =>
  (JSON.parse((sarif.write!(model) as { content: string }).content) as Log).runs[0]!;

const threat = (more: Partial<FileThreat> = {}): FileThreat => ({
  ...{ id: 't', title: 'Replay', description: '', stride: ['T'], category: '', target: '', status: 'open' },
  ...{ severity: null, justification: '', mitigation: '' },
  ...more,
});
const model = (...threats: FileThreat[]): ThreatModel => ({ title: '', scope: '', diagrams: [], threats });

describe('SARIF', () => {
  it('is what the schema of SARIF 2.1.0 asks for, of any model', () => {
    fc.assert(
      fc.property(anyModel, any => {
        const { content } = sarif.write!(any) as { content: string };
        expect(validate(JSON.parse(content)) || validate.errors).toBe(true);
        const { results, logicalLocations, tool } = runOf(any);
        expect(results.map(({ partialFingerprints }) => partialFingerprints['threatId/v1'])).toEqual(
          any.threats.map(({ id }) => id),
        );
        for (const { ruleId, ruleIndex, kind, level, locations } of results) {
          expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
          if (kind !== 'fail') expect(level).toBe('none');
          for (const { index, name } of locations?.[0]?.logicalLocations ?? [])
            expect(logicalLocations[index]!.name).toBe(name);
        }
        const names = logicalLocations.map(({ fullyQualifiedName }) => fullyQualifiedName);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('would be refused by the schema if a result lacked its message', () => {
    const log = JSON.parse((sarif.write!(model(threat())) as { content: string }).content);
    delete log.runs[0].results[0].message;
    expect(validate(log)).toBe(false);
  });

  it('reports what is open, and tells what was decided on the others', () => {
    const statuses = Object.keys(THREAT_STATUS) as ThreatStatus[];
    const { results } = runOf(
      model(...statuses.map(status => threat({ id: status, status, justification: 'So' }))),
    );
    const told = results.map(({ kind, level, suppressions }) => [
      kind,
      level,
      suppressions?.[0]?.justification,
    ]);
    expect(Object.fromEntries(statuses.map((status, i) => [status, told[i]]))).toEqual({
      proposed: ['review', 'none', undefined],
      open: ['fail', 'warning', undefined],
      eliminated: ['pass', 'none', undefined],
      mitigated: ['pass', 'none', undefined],
      accepted: ['fail', 'warning', 'Accepted: So'],
      transferred: ['fail', 'warning', 'Transferred: So'],
      rejected: ['fail', 'warning', 'Rejected: So'],
    });
  });

  it('makes levels of severities, and keeps threats of no STRIDE category', () => {
    const severities = ['low', 'medium', 'high', 'critical'] as const;
    const { results } = runOf(
      model(
        ...severities.map(severity => threat({ severity })),
        threat({ stride: [], category: 'Linkability' }),
      ),
    );
    expect(results.map(({ level }) => level)).toEqual(['note', 'warning', 'error', 'error', 'warning']);
    expect(results.at(-1)!.ruleId).toBe('OTHER');
  });

  it('has no links and no arguments in its messages but letters', () => {
    const { results } = runOf(model(threat({ title: 'See [this](https://example.org) {0}' })));
    expect(results[0]!.message.text).toBe('See \\[this\\](https://example.org) {{0}}');
  });

  it('says which threats are on nothing that it could name', () => {
    const { skipped } = sarif.write!(model(threat({ target: 'gone' }))) as { skipped: { what: string }[] };
    expect(skipped.map(({ what }) => what)).toEqual(['the diagrams', 'the place of threat "Replay"']);
  });
});
