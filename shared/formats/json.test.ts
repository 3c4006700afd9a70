import { expect, it } from 'vitest';
import { formatOf } from './formats.ts';
import { json } from './json.ts';
import { Source } from './source.ts';
import { FormatError, type ThreatModel } from './threat-model.ts';

const sourceOf = (data: unknown) => new Source(new TextEncoder().encode(JSON.stringify(data)));
const model: ThreatModel = {
  title: 'Pump',
  scope: 'All of it',
  diagrams: [
    {
      id: 'd',
      title: 'Context',
      elements: [
        {
          ...{ id: 'a', name: 'App', description: '', attributes: { role: 'mobile_app' } },
          ...{ kind: 'process', box: [1, 2, 3, 4], boundary: null, foreign: { otm: { x: [1, null] } } },
        },
      ],
      flows: [
        {
          ...{ id: 'f', name: '', description: '', attributes: {}, bidirectional: true, bend: 4 },
          ...{ source: { element: 'a' }, target: { point: null } },
        },
      ],
      boundaries: [
        {
          id: 'b',
          name: '',
          description: '',
          attributes: {},
          box: null,
          line: [
            [0, 0],
            [1, 1],
          ],
          parent: null,
        },
      ],
      notes: [{ id: 'n', text: 'x', at: [0, 0] }],
    },
  ],
  threats: [
    {
      ...{ id: 't', title: 'T', description: '', stride: ['S'], category: '', target: 'f', status: 'open' },
      ...{ severity: null, justification: '', mitigation: '' },
      ...{ tags: ['radio'], owner: 'Olu', into: 'u' },
    },
  ],
};

it('is read as it was written', async () => {
  const { content } = await json.write!(model);
  const source = sourceOf(JSON.parse(content as string));
  expect(formatOf(source).name).toBe('json');
  expect(json.read!(source)).toEqual({ model, skipped: [] });
});
it('has a default for what is left out', () => {
  const { model } = json.read!(
    sourceOf({ strideboard: 1, diagrams: [{ id: 'd', elements: [{ id: 'e', kind: 'process' }] }] }),
  );
  expect(model.diagrams[0]!.elements[0]).toEqual({
    ...{ id: 'e', name: '', description: '', attributes: {}, kind: 'process', box: null, boundary: null },
  });
});
it.each([
  [{ strideboard: 2 }, /version 2/i, ''],
  [
    { strideboard: 1, diagrams: [{ id: 'd', elements: [{ id: 'e', kind: 'cloud' }] }] },
    /./,
    'diagrams[0].elements[0].kind',
  ],
  [{ strideboard: 1, threats: {} }, /array/, 'threats'],
])('refuses %j, and says where', (data, message, where) => {
  const read = () => json.read!(sourceOf(data));
  expect(read).toThrow(FormatError);
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({ where }));
});
