import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Source } from '../source.ts';
import { anyModel } from '../testing/models.ts';
import { FormatError, type ThreatModel } from '../threat-model.ts';
import { drawio } from './drawio.ts';

const read = (text: string) => drawio.read!(new Source(new TextEncoder().encode(text)));
const write = async (model: ThreatModel) => (await drawio.write!(model)).content as string;

/** A page of cells, in the words of draw.io. */
const page = (...cells: string[]) =>
  `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells.join('')}</root></mxGraphModel>`;
const box = (id: string, style: string, [x, y, w, h]: number[], more = '') =>
  `<mxCell id="${id}" value="${id}" style="${style}" vertex="1" parent="1" ${more}><mxGeometry x="${x}" y="${y}" width="${w}" height="${h}" as="geometry"/></mxCell>`;
const edge = (id: string, style: string, ends: string, geometry = '') =>
  `<mxCell id="${id}" style="${style}" edge="1" parent="1" ${ends}><mxGeometry relative="1" as="geometry">${geometry}</mxGeometry></mxCell>`;
const first = (text: string) => read(text).model.diagrams[0]!;

const RECTANGLE = 'rounded=0;whiteSpace=wrap;html=1;';
const DASHED = `${RECTANGLE}dashed=1;fillColor=none;`;

describe('a drawing of draw.io', () => {
  it('is read back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async model => {
        const again = read(await write(model));
        expect(again).toEqual({ model: { ...model, threats: [] }, skipped: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('keeps what other formats say, answers of no vocabulary, and that a thing has no place', async () => {
    const thing = {
      name: 'two\n  lines',
      description: 'a\tb\n\nc',
      attributes: { role: 'toaster', stores: ['x, y'], technology: 'C; Rust' },
      foreign: { otm: { tags: ['<x>', null] } },
    };
    const diagram = {
      ...{ id: 'd', title: 'D', notes: [{ id: 'n', text: 'a  b', at: [0.25, -3] as const }], flows: [] },
      boundaries: [{ ...thing, id: 'b', attributes: {}, box: null, line: null, parent: null }],
      elements: [
        { ...thing, id: 'p', kind: 'process' as const, box: [1, 2, 3, 4] as const, boundary: 'b' },
        { ...thing, id: 'q', kind: 'data_store' as const, box: null, boundary: null },
      ],
    };
    const model = { title: 'T', scope: 'S', foreign: { otm: 1 }, diagrams: [diagram], threats: [] };
    expect(read(await write(model))).toEqual({ model, skipped: [] });
  });

  it('tells which threats it could not hold', async () => {
    const threat = { id: 't', title: 'Replay', description: '', stride: [], category: '', target: '' };
    const more = { status: 'open', severity: null, justification: '', mitigation: '' } as const;
    const { skipped } = await drawio.write!({
      title: '',
      scope: '',
      diagrams: [],
      threats: [{ ...threat, ...more }],
    });
    expect(skipped).toEqual([{ what: 'threat "Replay"', why: 'A drawing holds no threats.', where: '' }]);
  });

  it('knows the shapes of the threat modeling library', () => {
    const { elements, boundaries } = first(
      page(
        box('entity', RECTANGLE, [0, 0, 120, 60]),
        box('process', 'ellipse;whiteSpace=wrap;html=1;aspect=fixed;', [200, 0, 80, 80]),
        box('many', 'ellipse;shape=doubleEllipse;html=1;', [300, 0, 80, 80]),
        box('store', 'shape=partialRectangle;html=1;left=0;right=0;fillColor=none;', [400, 0, 120, 60]),
        box('drum', 'shape=cylinder3;html=1;', [600, 0, 60, 80]),
        box('person', 'shape=umlActor;html=1;', [700, 0, 30, 60]),
        box('zone', DASHED, [0, 200, 300, 300]),
      ),
    );
    expect(elements.map(({ id, kind }) => [id, kind])).toEqual([
      ['entity', 'external_entity'],
      ['process', 'process'],
      ['many', 'process'],
      ['store', 'data_store'],
      ['drum', 'data_store'],
      ['person', 'external_entity'],
    ]);
    expect(boundaries.map(({ id }) => id)).toEqual(['zone']);
  });

  it('has a boundary in whatever holds elements, by nesting or by place', () => {
    const inner = `<mxCell id="in" value="in" style="ellipse" vertex="1" parent="lane"><mxGeometry x="20" y="40" width="80" height="80" as="geometry"/></mxCell>`;
    const { elements, boundaries } = first(
      page(
        box('lane', 'swimlane;html=1;', [100, 100, 300, 300]),
        inner,
        box('frame', 'rounded=1;html=1;', [600, 0, 300, 300]),
        box('held', 'ellipse', [650, 50, 80, 80]),
      ),
    );
    expect(boundaries.map(({ id }) => id)).toEqual(['lane', 'frame']);
    expect(elements.map(({ id, box, boundary }) => [id, box, boundary])).toEqual([
      ['in', [120, 140, 80, 80], 'lane'],
      ['held', [650, 50, 80, 80], 'frame'],
    ]);
  });

  it('takes a dashed shape that flows reach for an element', () => {
    const { elements } = first(
      page(
        box('a', DASHED, [0, 0, 100, 100]),
        box('b', 'ellipse', [300, 0, 80, 80]),
        edge('f', '', 'source="a" target="b"'),
      ),
    );
    expect(elements.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('has open boundaries in dashed lines and arcs', () => {
    const points = '<mxPoint x="10" y="20" as="sourcePoint"/><mxPoint x="10" y="300" as="targetPoint"/>';
    const { boundaries } = first(
      page(
        edge('line', 'endArrow=none;dashed=1;', '', points),
        box('arc', 'shape=requiredInterface;dashed=1;', [100, 0, 20, 200]),
      ),
    );
    expect(boundaries[0]!.line).toEqual([
      [10, 20],
      [10, 300],
    ]);
    expect(boundaries[1]!.line!.at(0)).toEqual([100, 0]);
    expect(boundaries[1]!.line!.at(8)).toEqual([120, 100]);
    expect(boundaries[1]!.line!.at(-1)).toEqual([100, 200]);
  });

  it('says where flows go by their arrowheads', () => {
    const ends = 'source="a" target="b"';
    const { model, skipped } = read(
      page(
        box('a', 'ellipse', [0, 0, 80, 80]),
        box('b', RECTANGLE, [300, 0, 80, 80]),
        edge('there', 'endArrow=classic', ends),
        edge('back', 'startArrow=block;endArrow=none', ends),
        edge('both', 'startArrow=classic;endArrow=classic', ends),
        edge('none', 'endArrow=none', ends),
      ),
    );
    const told = model.diagrams[0]!.flows.map(({ id, source, bidirectional }) => [id, source, bidirectional]);
    expect(told).toEqual([
      ['there', { element: 'a' }, false],
      ['back', { element: 'b' }, false],
      ['both', { element: 'a' }, true],
      ['none', { element: 'a' }, true],
    ]);
    expect(skipped.map(({ what }) => what)).toEqual(['flow "none"']);
  });

  it('connects an arrow that was drawn to a shape but missed its anchor', () => {
    const { flows } = first(
      page(
        box('a', 'ellipse', [0, 0, 80, 80]),
        edge(
          'f',
          '',
          'source="a"',
          '<mxPoint x="200" y="40" as="targetPoint"/><Array as="points"><mxPoint x="120" y="90"/></Array>',
        ),
        box('b', RECTANGLE, [203, 0, 80, 80]),
      ),
    );
    expect(flows[0]).toMatchObject({ source: { element: 'a' }, target: { element: 'b' } });
    // Below a line to the right is its right side.
    expect(flows[0]!.bend).toBeLessThan(0);
  });

  it('takes the labels of a flow from the flow and from what lies on it', () => {
    const label =
      '<mxCell id="l" value="TLS 1.3" style="edgeLabel" vertex="1" parent="f"><mxGeometry relative="1" as="geometry"/></mxCell>';
    const flow =
      '<mxCell id="f" value="Orders" edge="1" parent="1" source="a" target="a"><mxGeometry as="geometry"/></mxCell>';
    const { flows, notes } = first(page(box('a', 'ellipse', [0, 0, 80, 80]), flow, label));
    expect(flows[0]!.name).toBe('Orders, TLS 1.3');
    expect(notes).toEqual([]);
  });

  it('guesses what pictures are that flows reach, and tells so', () => {
    const { model, skipped } = read(
      page(
        box('orders-db', 'shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.dynamodb;', [0, 0, 50, 50]),
        box('logo', 'shape=image;image=https://example.org/logo.png', [0, 200, 50, 50]),
        box('p', 'ellipse', [200, 0, 80, 80]),
        edge('f', '', 'source="p" target="orders-db"'),
      ),
    );
    expect(model.diagrams[0]!.elements.map(({ id, kind }) => [id, kind])).toEqual([
      ['orders-db', 'data_store'],
      ['p', 'process'],
    ]);
    expect(skipped.map(({ what }) => what)).toEqual(['shape of "orders-db"', 'shape "logo"']);
  });

  it('keeps custom attributes: ours as answers, others for draw.io', async () => {
    const cell =
      '<mxCell style="ellipse;html=1;fillColor=#ffffcc" vertex="1" parent="1"><mxGeometry width="80" height="80" as="geometry"/></mxCell>';
    const text = page(
      `<UserObject id="p" label="Pump" technology="FreeRTOS" stores="Patient data, logs" owner="Ada" tooltip="x">${cell}</UserObject>`,
    );
    const { model } = read(text);
    expect(model.diagrams[0]!.elements[0]).toMatchObject({
      name: 'Pump',
      attributes: { technology: 'FreeRTOS', stores: ['phi', 'logs'] },
      foreign: { drawio: { data: { owner: 'Ada', tooltip: 'x' } } },
    });
    const written = await write(model);
    expect(written).toContain('owner="Ada"');
    expect(written).toContain('fillColor=#ffffcc');
    expect(read(written).model).toEqual(model);
  });

  it('shows HTML labels as text, and scripts not at all', () => {
    const value =
      '&lt;b&gt;Web&lt;/b&gt;&lt;br&gt;App&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;a&gt;b&quot;&gt; &amp;amp; &amp;lt;i&amp;gt;';
    const text = page(box('a', 'ellipse;html=1', [0, 0, 80, 80]).replace('value="a"', `value="${value}"`));
    expect(first(text).elements[0]!.name).toBe('Web App & <i>');
  });

  it('gives things of several pages ids of their own', () => {
    const pages = [1, 2].map(
      n => `<diagram id="d" name="P${n}">${page(box('a', 'ellipse', [0, 0, 80, 80]))}</diagram>`,
    );
    const { model } = read(`<mxfile>${pages.join('')}</mxfile>`);
    expect(model.diagrams.map(({ id, title, elements }) => [id, title, elements[0]!.id])).toEqual([
      ['d', 'P1', 'a'],
      ['d~2', 'P2', 'a~2'],
    ]);
  });

  it('is read compressed or not', () => {
    const plain = page(box('ä', 'ellipse', [0, 0, 80, 80]));
    const packed = Buffer.from(deflateSync(strToU8(encodeURIComponent(plain)))).toString('base64');
    expect(first(`<mxfile><diagram id="d">${packed}</diagram></mxfile>`).elements).toEqual(
      first(plain).elements,
    );
  });
});

describe('a file that is no sound drawing', () => {
  const bomb = Buffer.from(deflateSync(new Uint8Array(20_000_000))).toString('base64');
  const nested = Array.from(
    { length: 200 },
    (_, n) => `<mxCell id="${n + 2}" vertex="1" parent="${n + 1}"/>`,
  );

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><mxfile/>', /document type/],
    ['broken XML', '<mxfile><diagram></mxfile>', /not valid XML/],
    ['no pages', '<mxfile></mxfile>', /no pages/],
    ['a library of shapes', '<mxlibrary>[]</mxlibrary>', /library of shapes/],
    ['noise', '<mxfile><diagram>?!</diagram></mxfile>', /neither XML nor/],
    ['a damaged page', '<mxfile><diagram>AAAA</diagram></mxfile>', /damaged|no XML/],
    ['a page that unpacks to far too much', `<mxfile><diagram>${bomb}</diagram></mxfile>`, /too large/],
    ['cells nested without end', page(...nested), /nests its cells/],
    ['reserved names', '<mxfile __proto__="x"/>', /not valid XML/],
  ])('%s is refused in words', (_, text, message) => {
    expect(() => read(text)).toThrow(FormatError);
    expect(() => read(text)).toThrow(message);
  });

  it('is survived whatever its cells say', () => {
    const id = fc.constantFrom('0', '1', 'a', 'b', 'c', '');
    const number = fc.constantFrom('0', '-5', '10', 'NaN', '1e300', '', '80');
    const style = fc.constantFrom(
      'ellipse',
      'swimlane',
      'text;html=1',
      'dashed=1',
      ';;=;',
      'shape=cylinder;rotation=90',
    );
    const cell = fc
      .record({
        id,
        parent: id,
        source: id,
        target: id,
        style,
        w: number,
        h: number,
        x: number,
        edge: fc.boolean(),
      })
      .map(({ x, w, h, edge: isEdge, ...rest }) => {
        const attributes = Object.entries(rest).map(([name, value]) => `${name}="${value}"`);
        const geometry = `<mxGeometry x="${x}" width="${w}" height="${h}" relative="${isEdge ? 1 : 0}" as="geometry"><mxPoint x="${x}" as="sourcePoint"/></mxGeometry>`;
        return `<mxCell ${attributes.join(' ')} ${isEdge ? 'edge' : 'vertex'}="1">${geometry}</mxCell>`;
      });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), cells => {
        const diagram = first(`<mxGraphModel><root>${cells.join('')}</root></mxGraphModel>`);
        const { elements, flows, boundaries, notes } = diagram;
        const ids = [...elements, ...flows, ...boundaries, ...notes].map(each => each.id);
        expect(new Set(ids).size).toBe(ids.length);
        const known = new Set(elements.map(each => each.id));
        for (const end of flows.flatMap(({ source, target }) => [source, target]))
          if ('element' in end) expect(known).toContain(end.element);
        for (const { box } of elements)
          for (const value of box ?? []) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
