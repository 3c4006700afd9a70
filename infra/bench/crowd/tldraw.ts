/** A client of tldraw's sync protocol, version 7: JSON, a `push` per change; a full one keeps the records that it is told of. */
import type { Buffer } from 'node:buffer';
import { readText } from './marker.ts';
import type { At, Ears, Person, Seat } from './person.ts';
import { CrowdSocket } from './socket.ts';

const PROTOCOL = 7;
/** tldraw lets go of a client that was silent for 20 s. */
const PING = 5_000;

type Point = { x: number; y: number };
type Patch = { [key: string]: ['put', number] };
type Diff = { [id: string]: ['put', Point] | ['patch', Patch] | ['remove'] };
type Event =
  | { type: 'connect'; diff: Diff }
  | { type: 'patch'; diff: Diff }
  | { type: 'push_result'; action: unknown }
  | { type: 'data'; data: Event[] }
  | { type: 'pong' };

export function tldrawPerson(seat: Seat, ears: Ears): Person {
  const socket = new CrowdSocket(seat.url);
  const shapes = new Map<string, At>();
  let clock = 0;
  let closing = false;
  const send = (message: object) => socket.send(JSON.stringify(message));
  const ping = setInterval(() => socket.readyState === socket.OPEN && send({ type: 'ping' }), PING);

  const apply = (diff: Diff) => {
    for (const [id, [kind, what]] of Object.entries(diff)) {
      if (!id.startsWith('shape:')) continue;
      const [x, y] = shapes.get(id) ?? [0, 0];
      if (kind === 'put') shapes.set(id, [what.x, what.y]);
      else if (kind === 'patch') shapes.set(id, [what.x?.[1] ?? x, what.y?.[1] ?? y]);
      else shapes.delete(id);
    }
  };
  const take = (event: Event) => {
    if (event.type === 'connect' || event.type === 'patch') apply(event.diff);
    else if (event.type === 'data') event.data.forEach(take);
    else if (event.type === 'push_result' && event.action !== 'commit')
      ears.lost(`a change was not taken: ${JSON.stringify(event.action)}`);
  };

  socket.on('close', (code, reason) => {
    clearInterval(ping);
    if (!closing) ears.lost(`${code} ${reason}`);
  });
  const ready = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () =>
      send({
        type: 'connect',
        connectRequestId: seat.shape,
        lastServerClock: -1,
        protocolVersion: PROTOCOL,
        schema: seat.schema,
      }),
    );
    let greeted = false;
    socket.on('message', (frame: Buffer) => {
      ears.frame(frame, seat.sampled ? readText : null);
      if (greeted && !seat.full) return;
      const event = JSON.parse(frame.toString()) as Event;
      take(event);
      if (event.type !== 'connect') return;
      greeted = true;
      resolve();
    });
  });
  return {
    ready,
    move([x, y]) {
      const drawn = clock > 0;
      const change = drawn ? ['patch', { x: ['put', x], y: ['put', y] }] : ['put', shape(seat.shape, [x, y])];
      shapes.set(seat.shape, [x, y]);
      send({ type: 'push', clientClock: ++clock, diff: { [seat.shape]: change } });
    },
    board: () => shapes,
    close() {
      closing = true;
      socket.terminate();
    },
  };
}

const shape = (id: string, [x, y]: At) => ({
  id,
  typeName: 'shape',
  type: 'geo',
  x,
  y,
  rotation: 0,
  index: 'a1',
  parentId: 'page:page',
  isLocked: false,
  opacity: 1,
  props: {
    ...{ geo: 'rectangle', w: 180, h: 90, growY: 0, url: '', scale: 1 },
    ...{ color: 'black', labelColor: 'black', fill: 'none', dash: 'solid', size: 's', font: 'sans' },
    ...{ align: 'middle', verticalAlign: 'middle' },
    richText: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: id }] }] },
  },
  meta: {},
});
