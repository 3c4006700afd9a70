import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../formats.ts';
import { Source } from '../source.ts';
import type { End, ThreatModel } from '../threat-model.ts';
import { drawio } from './drawio.ts';

const FILES = ['infusion-pump-compressed', 'telehealth-swimlanes', 'imaging-plain-shapes'] as const;

function read(name: string) {
  const source = new Source(
    readFileSync(new URL(`../testing/models/drawio/${name}.drawio`, import.meta.url)),
  );
  expect(formatOf(source)).toBe(drawio);
  return drawio.read!(source);
}

/** A model in words: kinds and names, what lies in what, what flows where. */
function told({ diagrams }: ThreatModel) {
  return diagrams.map(({ title, elements, boundaries, flows, notes }) => {
    const name = (id: string | null) =>
      [...elements, ...boundaries].find(each => each.id === id)?.name ?? '-';
    const end = (at: End) => ('element' in at ? name(at.element) : `(${at.point})`);
    return {
      title,
      elements: elements.map(({ kind, name: own, boundary }) => `${kind} ${own} in ${name(boundary)}`),
      boundaries: boundaries.map(({ name: own, line, parent }) =>
        line ? `${own} of ${line.length} points` : `${own} in ${name(parent)}`,
      ),
      flows: flows.map(
        ({ name: own, source, target, bidirectional, bend }) =>
          `${own}: ${end(source)} ${bidirectional ? '<->' : '->'} ${end(target)}${bend ? ` by ${bend}` : ''}`,
      ),
      notes: notes.map(({ text }) => text),
    };
  });
}

describe('drawings of draw.io', () => {
  it('are read in the shapes of its threat modeling library, compressed', () => {
    const { model, skipped } = read('infusion-pump-compressed');
    expect(skipped).toEqual([]);
    expect(told(model)).toEqual([
      {
        title: 'Context',
        elements: [
          'external_entity Nurse in -',
          'process Infusion pump in Ward',
          'process Pump server in Hospital network',
          'data_store Drug library in Hospital network',
          'external_entity Manufacturer cloud in -',
        ],
        boundaries: ['Hospital network in -', 'Ward in Hospital network'],
        flows: [
          'Programs dose: Nurse -> Infusion pump',
          'Wi-Fi: Infusion pump <-> Pump server',
          'Limits: Drug library -> Pump server',
          'Updates: Manufacturer cloud -> Pump server by -92.53',
        ],
        notes: ['A01'],
      },
      {
        title: 'Inside the pump',
        elements: ['process Pump controller in -', 'external_entity Motor in -'],
        boundaries: [' of 17 points'],
        flows: ['Steps: Pump controller -> Motor'],
        notes: [],
      },
    ]);
  });

  it('are read with zones as swimlanes, icons and data', () => {
    const { model, skipped } = read('telehealth-swimlanes');
    expect(told(model)).toEqual([
      {
        title: 'Page-1',
        elements: [
          'external_entity Patient in Home',
          'process Phone app iOS / Android in Home',
          'process API in VPC',
          'data_store Patient records in VPC',
        ],
        boundaries: ['Home in -', 'Cloud account in -', 'VPC in Cloud account'],
        flows: [
          'Sees results: Patient -> Phone app iOS / Android by -45.25',
          'Measurements: Phone app iOS / Android -> API',
          'SQL: API <-> Patient records',
          'Backup: Patient records -> (860,480)',
          'E-mail: (460,192.94) -> Patient',
        ],
        notes: ['Remote monitoring'],
      },
    ]);
    const [{ elements, flows }] = model.diagrams as [ThreatModel['diagrams'][0]];
    expect(elements[0]!.attributes).toEqual({ role: 'patient' });
    expect(elements[1]!.attributes).toEqual({ role: 'mobile_app', technology: 'Kotlin, Swift' });
    expect(elements[1]!.foreign).toMatchObject({ drawio: { data: { owner: 'Team Blue' } } });
    expect(elements[3]!.attributes).toEqual({ encrypted: 'yes', stores: ['phi'] });
    expect(flows[1]!.attributes).toEqual({ protocol: 'https', authenticated: 'yes' });
    expect(skipped.map(({ what, where }) => `${what} at ${where}`)).toEqual([
      'shape of "API" at diagram[0] cell api',
      'shape "logo" at diagram[0] cell logo',
      'flow "SQL" at diagram[0] cell f-store',
      'source of flow "E-mail" at diagram[0] cell f-zone',
    ]);
  });

  it('are read as a bare graph of plain shapes, without what is hidden', () => {
    const { model, skipped } = read('imaging-plain-shapes');
    expect(told(model)).toEqual([
      {
        title: '',
        elements: [
          'external_entity CT scanner in -',
          'process DICOM gateway in -',
          'data_store PACS archive in -',
          'external_entity Radiologist in -',
        ],
        boundaries: ['Modality network of 9 points'],
        flows: [
          'C-STORE: CT scanner -> DICOM gateway',
          ': DICOM gateway <-> PACS archive',
          'Images: PACS archive -> Radiologist',
          'Status: CT scanner -> DICOM gateway',
        ],
        notes: ['Which AE titles?'],
      },
    ]);
    expect(skipped.map(({ what }) => what)).toEqual([
      'hidden layer "Old design"',
      'shape of "Radiologist"',
      'shape "pic"',
    ]);
  });

  it.each(FILES)('%s is the same after it was written', async name => {
    const { model } = read(name);
    const { content, skipped } = await drawio.write!(model);
    expect(skipped).toEqual([]);
    expect(drawio.read!(new Source(new TextEncoder().encode(content as string)))).toEqual({
      model,
      skipped: [],
    });
  });
});
