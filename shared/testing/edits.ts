/** Arbitrary boards and what people do to them, the impossible included: for property tests. */
import fc from 'fast-check';
import type { BoardRecord, Json } from '../document/board.ts';

const named = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);
const [ELEMENTS, ARROWS] = [named('shape:element', 4), named('shape:arrow', 3)];
const SHAPES = [
  ...ELEMENTS,
  ...ARROWS,
  ...named('shape:boundary', 3),
  ...named('shape:line', 2),
  'shape:group',
];
const PAGES = ['page:page', 'page:2'];
const IDS = [...SHAPES, ...named('binding:', 7), ...PAGES];

/** Mostly what makes sense. */
const mostly = (sound: string[], any: string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...sound) }, fc.constantFrom(...any));

export interface Step {
  /** What reaches the board at once; null deletes. */
  changes: Map<string, BoardRecord | null>;
  /** The whole board after it. */
  records: Map<string, BoardRecord>;
}

type Fields = Record<'top' | 'props' | 'meta', { [key: string]: Json }>;

const at = fc.integer({ min: -200, max: 200 });
/** A plain object: Yjs takes no other. */
const point = fc.record({ x: at, y: at }, { noNullPrototype: true });
const mostlyStraight = fc.constantFrom(0, 0, 60, -300);
const head = fc.constantFrom('none', 'arrow', 'dot');
const label = fc.string({ maxLength: 2 });

const TOP = {
  x: at,
  y: at,
  rotation: fc.constantFrom(0, 0, 0.7, Math.PI),
  parentId: mostly(['page:page', ...PAGES], IDS),
  index: fc.constantFrom('a1', 'a2'),
  fromId: mostly(ARROWS, SHAPES),
  toId: mostly(ELEMENTS, SHAPES),
};
const PROPS = {
  ...{ w: fc.nat(300), h: fc.nat(300), name: label, text: label, start: point, end: point },
  ...{ points: fc.array(fc.tuple(at, at), { minLength: 1, maxLength: 4 }), bend: mostlyStraight },
  ...{ isPrecise: fc.boolean(), normalizedAnchor: fc.constantFrom({ x: 0, y: 1 }, { x: 0.5, y: 0.5 }) },
  ...{ arrowheadStart: head, arrowheadEnd: head, terminal: mostly(['start', 'end'], ['middle']) },
};
const yesOrNo = fc.constantFrom('yes', 'no', 'unknown');
/** Answers that many rules look at, on the thing itself and at the other end of its flows. */
const META = {
  ...{ role: fc.constantFrom('sensor', 'mobile_app', 'cloud_service', 'patient') },
  ...{
    protocol: fc.constantFrom('ble', 'usb', 'ssh'),
    payload: fc.subarray(['commands', 'firmware', 'phi']),
  },
  ...{ stores: fc.subarray(['phi', 'logs']), os: fc.constantFrom('linux', 'rtos') },
  ...{ authenticated: yesOrNo, encrypted: yesOrNo, integrity: yesOrNo, authorises: yesOrNo, web: yesOrNo },
};

const whole = fc.record({ top: fc.record(TOP), props: fc.record(PROPS), meta: fc.record(META) });
const few = { requiredKeys: [] };
/** Shapes change their type, as an import or a hostile client may make them. */
const TYPES = [
  'process',
  'data_store',
  'external_entity',
  'arrow',
  'trust_boundary',
  'boundary_line',
  'group',
];
const part = fc.record({
  top: fc.record({ ...TOP, type: fc.constantFrom(...TYPES) }, few),
  props: fc.record(PROPS, few),
  meta: fc.record(META, few),
});
const place = fc.record({ top: fc.record({ x: at, y: at }), props: fc.constant({}), meta: fc.constant({}) });

const step = fc.oneof(
  fc.record({ how: fc.constant('put' as const), id: fc.constantFrom(...IDS), fields: whole }),
  fc.record({ how: fc.constant('change' as const), id: fc.constantFrom(...IDS), fields: part }),
  fc.record({ how: fc.constant('change' as const), id: fc.constantFrom(...SHAPES), fields: place }),
  fc.record({
    how: fc.constantFrom('put' as const, 'delete' as const),
    id: fc.constantFrom(...PAGES),
    fields: whole,
  }),
  fc.record({ how: fc.constantFrom('delete' as const, 'undo' as const), id: fc.constantFrom(...IDS) }),
);

/** A board's life: it appears, then people edit it; undo brings back what stood there at first. */
export const histories: fc.Arbitrary<Step[]> = fc
  .record({
    start: fc.array(fc.tuple(fc.constantFrom(...IDS), whole), { minLength: 20, maxLength: 40 }),
    batches: fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 5, maxLength: 25 }),
  })
  .map(({ start, batches }) => {
    const first = new Map(start.map(([id, fields]) => [id, withFields(id, undefined, fields)]));
    const history: Step[] = [{ changes: first, records: first }];
    for (const batch of batches) {
      const records = new Map(history.at(-1)!.records);
      const changes: Step['changes'] = new Map();
      for (const each of batch) {
        const { id, how } = each;
        const before = records.get(id);
        let after = how === 'undo' ? first.get(id) : undefined;
        if (how === 'put' || (how === 'change' && before)) after = withFields(id, before, each.fields);
        if (after) records.set(id, after);
        else records.delete(id);
        changes.set(id, after ?? null);
      }
      history.push({ changes, records });
    }
    return history;
  });

function withFields(id: string, before: BoardRecord | undefined, fields: Fields): BoardRecord {
  const [typeName] = id.split(':') as [string];
  return {
    ...{ type: usualType(id), ...before, ...fields.top },
    ...{ id, typeName },
    props: { ...(before?.props as object), ...fields.props },
    meta: { ...(before?.meta as object), ...fields.meta },
  };
}

function usualType(id: string): string {
  if (ELEMENTS.includes(id)) return 'process';
  if (id.startsWith('shape:boundary')) return 'trust_boundary';
  if (id.startsWith('shape:line')) return 'boundary_line';
  return id === 'shape:group' ? 'group' : 'arrow';
}
