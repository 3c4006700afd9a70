import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../source.ts';
import { junk, or, record } from '../testing/junk.ts';
import { FormatError, type Reading, type ThreatModel } from '../threat-model.ts';
import { threagile } from './threagile.ts';

const FOLDER = new URL('../testing/models/threagile/', import.meta.url);
const sourceOf = (name: string) => new Source(readFileSync(new URL(name, FOLDER)));
const readFixture = (name: string): Reading => threagile.read!(sourceOf(name));
const readData = (data: unknown): Reading =>
  threagile.read!(new Source(new TextEncoder().encode(JSON.stringify(data))));

function countsOf({ diagrams, threats }: ThreatModel) {
  const [{ elements, flows, boundaries }] = diagrams as [ThreatModel['diagrams'][number]];
  return [elements.length, flows.length, boundaries.length, threats.length];
}

describe('published Threagile files', () => {
  it.each([
    // ORIGINS counts two risks that people added; the six decisions in risk_tracking are about risks that Threagile's rules find, match
    // none of the two, and are threats as well.
    ['example-threagile.yaml', [14, 20, 5, 2 + 6]],
    ['stub-threagile.yaml', [2, 1, 1, 1]],
  ])('%s has the elements, flows, boundaries and threats that it says', (name, counts) => {
    expect(threagile.recognises!(sourceOf(name))).toBe(true);
    expect(countsOf(readFixture(name).model)).toEqual(counts);
  });

  it('keep, and tell that they are not shown, what has no place here', () => {
    const { model, skipped } = readFixture('example-threagile.yaml');
    expect(skipped.map(({ what }) => what)).toEqual([
      '1 shared runtime',
      '11 abuse cases',
      '3 security requirements',
      '3 questions',
    ]);
    const kept = model.foreign!.threagile as Record<string, object>;
    expect(Object.keys(kept.data_assets!)).toHaveLength(12);
    expect(Object.keys(kept.abuse_cases!)).toHaveLength(11);
    expect(model.scope).toBe('Some more demo text here and even images...');
  });

  it('have assets of their kind in nested trust boundaries', () => {
    const { elements, boundaries } = readFixture('example-threagile.yaml').model.diagrams[0]!;
    const count = (wanted: string) => elements.filter(({ kind }) => kind === wanted).length;
    expect(['external_entity', 'process', 'data_store'].map(count)).toEqual([4, 7, 3]);
    expect(boundaries.map(({ id, parent }) => [id, parent])).toEqual([
      ['web-dmz', 'application-network'],
      ['erp-dmz', 'application-network'],
      ['application-network', null],
      ['auth-env', 'application-network'],
      ['dev-network', null],
    ]);
    expect(elements.find(({ id }) => id === 'sql-database')).toMatchObject({
      name: 'Customer Contract Database',
      kind: 'data_store',
      boundary: 'erp-dmz',
      box: null,
      attributes: { technology: 'database', encrypted: 'yes' },
    });
    expect(elements.find(({ id }) => id === 'customer-client')).toMatchObject({ boundary: null });
  });

  it('have links whose protocol and authentication are answers where they say so for certain', () => {
    const { flows } = readFixture('example-threagile.yaml').model.diagrams[0]!;
    const named = (name: string) => flows.find(flow => flow.name === name);
    expect(named('Customer Traffic')).toMatchObject({
      id: 'customer-client-customer-traffic',
      source: { element: 'customer-client' },
      target: { element: 'load-balancer' },
      bidirectional: true,
      attributes: { protocol: 'https', encrypted: 'yes' },
    });
    expect(named('Customer Traffic')!.description).toContain(
      'Sends: Customer Accounts (strictly-confidential), Customer Operational Data (confidential)',
    );
    expect(named('Application Deployment')).toMatchObject({
      bidirectional: false,
      attributes: { protocol: 'ssh', encrypted: 'yes', authenticated: 'yes' },
    });
    const count = (key: string, answer: string) =>
      flows.filter(({ attributes }) => attributes[key] === answer).length;
    expect([count('protocol', 'https'), count('protocol', 'http'), count('protocol', 'ssh')]).toEqual([
      8, 2, 5,
    ]);
    expect([count('encrypted', 'yes'), count('encrypted', 'no')]).toEqual([15, 4]);
    expect(count('authenticated', 'no')).toBe(2);
  });

  it('have risks of people as threats on what is most relevant', () => {
    const { threats } = readFixture('example-threagile.yaml').model;
    expect(threats[0]).toMatchObject({
      id: 'something-strange@sql-database',
      title: 'Example Individual Risk at Database',
      stride: ['R'],
      category: 'Some Individual Risk Example',
      target: 'sql-database',
      severity: 'critical',
      status: 'open',
    });
    expect(threats[1]).toMatchObject({ target: 'contract-file-server', severity: 'medium' });
  });

  it('have decisions about risks that rules found as threats of their status', () => {
    const threats = readFixture('example-threagile.yaml').model.threats.slice(2);
    expect(threats.map(({ title, target, status }) => [title, target, status])).toEqual([
      ['Untrusted deserialization', 'erp-system', 'accepted'],
      ['Ldap injection', 'ldap-auth-server', 'mitigated'],
      ['Unencrypted asset', '', 'mitigated'],
      ['Missing authentication second factor', '', 'mitigated'],
      ['Missing hardening', '', 'mitigated'],
      ['Dos risky access across trust boundary', '', 'open'],
    ]);
    expect(threats[0]!.justification).toBe('Risk accepted as tolerable');
  });
});

describe('a Threagile file', () => {
  const risk = {
    severity: 'elevated',
    most_relevant_communication_link: 'a>to-b',
    most_relevant_technical_asset: 'a',
  };
  const file = (more = {}) => ({
    threagile_version: '1.0.0',
    title: 'T',
    technical_assets: {
      A: { id: 'a', type: 'process', communication_links: { 'To B!': { target: 'b', protocol: 'http' } } },
      B: { id: 'b', type: 'datastore', encryption: 'none' },
    },
    individual_risk_categories: { C: { id: 'c', stride: 'tampering', risks_identified: { R: risk } } },
    ...more,
  });

  it('decides about a risk by its id, with asterisks for parts of it', () => {
    const risk_tracking = { 'c@*@a>to-b': { status: 'false-positive', justification: 'No' } };
    expect(readData(file({ risk_tracking })).model.threats).toMatchObject([
      { target: 'a-to-b', status: 'rejected', justification: 'No', severity: 'high' },
    ]);
    const other = { 'c@*': { status: 'accepted' } };
    expect(readData(file({ risk_tracking: other })).model.threats).toMatchObject([
      { status: 'open' },
      { status: 'accepted' },
    ]);
  });

  it('says where its references lead nowhere and its boundaries go in circles', () => {
    const { model, skipped } = readData(
      file({
        trust_boundaries: {
          X: { id: 'x', trust_boundaries_nested: ['y', 'x'], technical_assets_inside: ['a', 'gone'] },
          Y: { id: 'y', trust_boundaries_nested: ['x'], technical_assets_inside: ['a'] },
        },
      }),
    );
    expect(skipped.map(({ why }) => why)).toEqual([
      'it is not in the file',
      'it lies in another already',
      'it would lie in itself',
      'it would lie in itself',
    ]);
    expect(model.diagrams[0]!.boundaries.map(({ parent }) => parent)).toEqual([null, 'x']);
  });

  it('has the risks that people added, in the list that newer versions have as in the map of older ones', () => {
    const category = {
      ...{ id: 'c', stride: 'tampering', cwe: 693, description: 'What', impact: 'Harm' },
      ...{ action: 'Act', mitigation: 'Do <b>this</b>', check: 'Look' },
      risks_identified: {
        R: { ...risk, exploitation_likelihood: 'likely', exploitation_impact: 'very-high' },
      },
    };
    const older = file({ individual_risk_categories: { 'A category': category } });
    const newer = file({
      individual_risk_categories: null,
      custom_risk_categories: [{ title: 'A category', ...category }],
    });
    const { model, skipped } = readData(newer);
    expect(skipped).toEqual([]);
    expect(model.threats).toEqual([
      {
        ...{ id: 'c@a@a-to-b', title: 'R', stride: ['T'], category: 'A category', target: 'a-to-b' },
        ...{ severity: 'high', status: 'open', justification: '', mitigation: 'Act\nDo this' },
        description: 'What\nHarm\nExploitation: likelihood likely, impact very-high\nCWE-693',
        foreign: {
          threagile: {
            ...{ severity: 'elevated', exploitation_likelihood: 'likely', exploitation_impact: 'very-high' },
            most_relevant_communication_link: 'a>to-b',
            most_relevant_technical_asset: 'a',
            category: { cwe: 693, check: 'Look' },
          },
        },
      },
    ]);
    expect(model.foreign?.threagile).toEqual({ threagile_version: '1.0.0' });
    expect(readData(older).model.threats).toEqual(model.threats);
  });

  it('says what of the risks that people added can’t be kept, and where it stands', () => {
    const risks_identified = { R: { most_relevant_data_asset: 'd' }, Q: 3 };
    const { model, skipped } = readData(
      file({
        custom_risk_categories: [{ id: 'x', stride: 'linkability', risks_identified }, 'y', { id: 'z' }],
      }),
    );
    expect(model.threats.map(({ title, target, stride }) => [title, target, stride])).toEqual([
      ['R', 'a-to-b', ['T']],
      ['R', '', []],
    ]);
    expect(skipped.map(({ where }) => where)).toEqual([
      'custom_risk_categories[1]',
      'custom_risk_categories[0].risks_identified.Q',
      'custom_risk_categories[0].stride',
      'custom_risk_categories[2]',
      'custom_risk_categories[0].risks_identified.R.most_relevant_data_asset',
    ]);
  });

  it('says nothing of encryption where a tunnel is around an open protocol', () => {
    const link = { target: 'b', protocol: 'http', vpn: true };
    const technical_assets = {
      A: { id: 'a', type: 'process', communication_links: { L: link } },
      B: { id: 'b', type: 'process' },
    };
    const { flows } = readData(file({ technical_assets })).model.diagrams[0]!;
    expect(flows[0]!.attributes).toEqual({ protocol: 'http' });
  });
});

describe('a hostile Threagile file', () => {
  const id = fc.constantFrom('a', 'b', 'a>l', '__proto__', 'constructor', '', '*', 3);
  const map = (value: fc.Arbitrary<unknown>) =>
    or(fc.dictionary(fc.constantFrom('A', 'B', '__proto__', 'a@*', '@', ''), value, { maxKeys: 4 }));
  const refs = fc.array(id, { maxLength: 3 });
  const hostile = fc.record(
    {
      threagile_version: junk,
      title: junk,
      data_assets: map(record({ id, confidentiality: fc.string() })),
      technical_assets: map(
        record({
          id,
          type: fc.constantFrom('process', 'datastore', 'external-entity', 'toString'),
          data_assets_stored: refs,
          communication_links: map(record({ target: id, protocol: fc.string(), data_assets_sent: refs })),
        }),
      ),
      trust_boundaries: map(record({ id, technical_assets_inside: refs, trust_boundaries_nested: refs })),
      individual_risk_categories: map(
        record({
          id,
          stride: fc.string(),
          risks_identified: map(record({ severity: fc.string(), most_relevant_technical_asset: id })),
        }),
      ),
      custom_risk_categories: or(
        fc.array(or(record({ id, title: junk, cwe: junk, stride: junk, risks_identified: map(junk) })), {
          maxLength: 3,
        }),
      ),
      risk_tracking: map(record({ status: fc.constantFrom('accepted', 'constructor'), justification: junk })),
      includes: junk,
    },
    { requiredKeys: ['threagile_version'] },
  );

  it('is read or refused with a FormatError, its ids unique and its references whole', () => {
    fc.assert(
      fc.property(hostile, file => {
        let reading: Reading;
        try {
          reading = readData(file);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        const { diagrams, threats } = reading.model;
        const { elements, flows, boundaries } = diagrams[0]!;
        const ids = [...elements, ...flows, ...boundaries].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length);
        const holders = [
          ...elements.map(({ boundary }) => boundary),
          ...boundaries.map(({ parent }) => parent),
        ];
        for (const holder of holders)
          if (holder !== null) expect(boundaries.map(({ id }) => id)).toContain(holder);
        for (const { target } of threats) if (target) expect(ids).toContain(target);
        expect(JSON.parse(JSON.stringify(reading.model))).toEqual(reading.model);
      }),
      { numRuns: 1000 },
    );
  });
});
