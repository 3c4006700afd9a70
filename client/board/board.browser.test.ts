import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build, type InlineConfig, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BoardRecord, Json } from '#shared/document/board.ts';
import { openBrowser, type Windows } from '../../infra/testing/browser.ts';
import type { Person } from './testing/two-people.ts';

declare const people: Person[];

type Registers = Record<string, unknown>;

let served: PreviewServer;
let windows: Windows;
let page: Page;

beforeAll(async () => {
  const common: InlineConfig = { configFile: false, root: 'client/board/testing', logLevel: 'error' };
  const input = 'client/board/testing/two-people.html';
  // Not beside the sources, which would count as changed since the last build.
  const outDir = resolve('.cache/board-page');
  await build({ ...common, build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  served = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const [url] = served.resolvedUrls!.local;
  windows = await openBrowser(new URL(url!).origin);
});

afterEach(() => windows.closeWindows());
afterAll(async () => {
  await windows?.close();
  await served?.close();
});

beforeEach(async () => {
  await page?.context().close();
  page = await windows.open('/two-people.html', { width: 1400, height: 800 });
  await page.waitForFunction(() => people.every(({ element }) => element.board.ready));
  await page.mouse.click(650, 40);
});

const entries = (who = 0): Promise<Record<string, Registers>> =>
  page.evaluate(who => people[who]!.doc.getMap('board').toJSON(), who);

/** Waits until somebody's document says so. */
const expectSoon = (read: (board: Record<string, Registers>) => unknown, who = 0) =>
  expect.poll(async () => read(await entries(who)), { timeout: 5000 });

const idsOf = async (type: string): Promise<string[]> =>
  Object.entries(await entries())
    .filter(([id, registers]) => id.startsWith('shape:') && registers.type === type)
    .map(([id]) => id);

async function drag(from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 6, from[1] + 6);
  await page.mouse.move(...to, { steps: 8 });
  // Longer than tldraw takes to notice over what it drags.
  await page.waitForTimeout(150);
  await page.mouse.up();
}

async function named(name: string, type: string): Promise<string> {
  await page.locator('#Ada .board-name-input').waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const find = async () => {
    const board = await entries();
    return (await idsOf(type)).find(id => board[id]!['props.name'] === name);
  };
  await expect.poll(find).toBeDefined();
  return (await find())!;
}

async function place(key: string, type: string, at: [number, number], name: string): Promise<string> {
  await page.keyboard.press(key);
  await page.mouse.click(...at);
  return named(name, type);
}

async function enclose(from: [number, number], to: [number, number], name: string): Promise<string> {
  await page.keyboard.press('g');
  await drag(from, to);
  return named(name, 'trust_boundary');
}

async function flow(from: [number, number], to: [number, number]): Promise<string> {
  const before = await idsOf('arrow');
  await page.keyboard.press('a');
  await drag(from, to);
  const find = async () => (await idsOf('arrow')).find(id => !before.includes(id));
  await expect.poll(find).toBeDefined();
  return (await find())!;
}

const select = (...ids: string[]) => page.evaluate(ids => people[0]!.element.board.select(ids), ids);

const bound = (board: Record<string, Registers>, id: string) =>
  Object.values(board)
    .filter(({ fromId }) => fromId === id)
    .map(({ toId }) => toId);

const parentOf = (board: Record<string, Registers>, id: string) =>
  (board[id]?.place as [string, string])?.[0];

/** Where somebody sees a shape, in units of the page. */
const shownAt = (window: Page, who: string, id: string): Promise<number[] | undefined> =>
  window.evaluate(
    ([who, id]) => {
      const shape = document.querySelector<HTMLElement>(`#${who} [data-shape-id="${id}"]`);
      if (!shape) return undefined;
      const { e, f } = new DOMMatrix(shape.style.transform);
      return [e, f].map(Math.round);
    },
    [who, id] as const,
  );

/** Notes each new place at which somebody sees a shape from now on. @returns what tells how far to the right they were */
async function watchPath(window: Page, who: string, id: string): Promise<() => Promise<number[]>> {
  await window.evaluate(
    ([who, id]) => {
      const shape = document.querySelector<HTMLElement>(`#${who} [data-shape-id="${id}"]`)!;
      const path: number[] = [];
      Object.assign(window, { path });
      new MutationObserver(() => path.push(new DOMMatrix(shape.style.transform).e)).observe(shape, {
        attributeFilter: ['style'],
      });
    },
    [who, id] as const,
  );
  return () => window.evaluate(() => (window as unknown as { path: number[] }).path.slice());
}

/** Counts the changes of somebody's document from now on. */
async function countUpdates(window: Page, who: string): Promise<() => Promise<number>> {
  await window.evaluate(who => {
    const { element, doc } = people.find(({ element }) => element.id === who)!;
    element.dataset.updates = '0';
    doc.on('update', () => (element.dataset.updates = String(Number(element.dataset.updates) + 1)));
  }, who);
  return async () => Number(await window.locator(`#${who}`).getAttribute('data-updates'));
}

/** The place register in the frame that somebody sends of a shape. */
const heldPlace = (window: Page, id: string): Promise<unknown> =>
  window.evaluate(id => people[0]!.awareness.getLocalState()?.drag?.records[id]?.place as unknown, id);

describe('drawing', () => {
  it('takes one key, one click and a name for each symbol, and a drag for a flow', async () => {
    const entity = await place('x', 'external_entity', [150, 150], 'Patient');
    const process = await place('p', 'process', [150, 400], 'Sensor');
    const store = await place('b', 'data_store', [500, 400], 'Recordings');
    const [first, second] = [await flow([150, 150], [150, 400]), await flow([150, 400], [500, 400])];
    const board = await entries(1);
    expect(Object.keys(board)).toEqual(expect.arrayContaining([entity, process, store, first, second]));
    expect(bound(await entries(), first).sort()).toEqual([entity, process].sort());
    expect(bound(await entries(), second).sort()).toEqual([process, store].sort());
    // A fresh symbol stores what it is, where it is and its name; all else is a default.
    expect(Object.keys(board[process]!).sort()).toEqual(['at', 'place', 'props.name', 'type']);
  });

  it('needs no pointer', async () => {
    const insert = (kind: 'process' | 'data_flow') =>
      page.evaluate(kind => people[0]!.element.board.insert(kind), kind);
    await insert('process');
    const one = await named('One', 'process');
    await insert('process');
    const two = await named('Two', 'process');
    await select(one, two);
    const arrow = (await insert('data_flow'))!;
    await page.keyboard.type('samples');
    await page.keyboard.press('Escape');
    await expectSoon(board => board[arrow]?.['props.text']).toBe('samples');
    expect(bound(await entries(), arrow).sort()).toEqual([one, two].sort());
  });

  it('leaves observers out', async () => {
    await page.evaluate(() => {
      people[0]!.element.userRole = 'observer';
    });
    await page.keyboard.press('p');
    await page.mouse.click(300, 300);
    await page.evaluate(() => people[0]!.element.updateComplete);
    expect(await page.evaluate(() => people[0]!.element.board.insert('process'))).toBeNull();
    expect(await idsOf('process')).toEqual([]);
  });
});

describe('trust boundaries', () => {
  it('take in what they are drawn around, other boundaries too, and move with it', async () => {
    const process = await place('p', 'process', [150, 480], 'Sensor');
    const store = await place('b', 'data_store', [480, 480], 'Store');
    const inner = await enclose([40, 390], [300, 600], 'Inner');
    const outer = await enclose([20, 350], [660, 660], 'Outer');
    const board = await entries();
    expect([process, store, inner].map(id => parentOf(board, id))).toEqual([inner, outer, outer]);

    await page.mouse.click(650, 40);
    await drag([20, 500], [40, 400]);
    await expectSoon(board => board[outer]!.at).toEqual([40, 250]);
    const moved = await entries();
    for (const id of [process, store, inner]) expect(moved[id]).toEqual(board[id]);

    await page.keyboard.press('Control+z');
    await expectSoon(board => board).toEqual(board);
  });

  it('let go of what is dragged out, and keep their contents alive when they are deleted', async () => {
    const process = await place('p', 'process', [150, 480], 'Sensor');
    const boundary = await enclose([40, 390], [300, 600], 'Body');
    await page.mouse.click(650, 40);
    await drag([150, 500], [150, 200]);
    await expectSoon(board => parentOf(board, process)).toBe('page:page');
    await page.keyboard.press('Control+z');
    await expectSoon(board => parentOf(board, process)).toBe(boundary);

    await select(boundary);
    await page.keyboard.press('Delete');
    await expectSoon(board => board[boundary]).toBeUndefined();
    expect(parentOf(await entries(), process)).toBe('page:page');
    await page.keyboard.press('Control+z');
    await expectSoon(board => parentOf(board, process)).toBe(boundary);
  });

  it('show at the very point where a flow crosses them what could go wrong there', async () => {
    await place('p', 'process', [150, 480], 'Sensor');
    await place('b', 'data_store', [520, 480], 'Store');
    const boundary = await enclose([40, 390], [300, 600], 'Body');
    const arrow = await flow([150, 500], [520, 480]);
    await page.evaluate(
      ([flow, boundary]) => {
        const { element } = people[0]!;
        element.crossings = [{ flow: flow!, boundaries: [boundary!], letters: ['T', 'S'] }];
        element.addEventListener('board-crossing', event => {
          element.title = (event as CustomEvent<{ flow: string }>).detail.flow;
        });
      },
      [arrow, boundary],
    );
    const marker = page.locator('#Ada .board-crossing');
    await expect.poll(() => marker.textContent()).toBe('ST');
    const dot = (await marker.locator('.board-crossing-dot').boundingBox())!;
    expect(dot.x + dot.width / 2).toBeCloseTo(300, -1);
    await marker.click();
    expect(await page.locator('#Ada').getAttribute('title')).toBe(arrow);
  });
});

describe('an open boundary', () => {
  const points: Json = [
    [0, 0],
    [20, 150],
    [0, 300],
  ];
  const [x, y] = [340, 330];
  const line: BoardRecord = {
    ...{
      id: 'shape:line',
      typeName: 'shape',
      type: 'boundary_line',
      x,
      y,
      parentId: 'page:page',
      index: 'a9',
    },
    props: { points, name: '' },
  };

  it('is seen by both with a marker where a flow crosses it, and is named, moved by its end, and deleted', async () => {
    await place('p', 'process', [120, 480], 'Sensor');
    await place('b', 'data_store', [560, 480], 'Store');
    const arrow = await flow([150, 500], [560, 480]);
    await page.evaluate(json => people[0]!.put(JSON.parse(json)), JSON.stringify(line));
    for (const who of ['Ada', 'Ben']) await page.locator(`#${who} .board-line path`).waitFor();
    await page.evaluate(flow => {
      people[0]!.element.crossings = [{ flow, boundaries: ['shape:line'], letters: ['T'] }];
    }, arrow);
    const marker = page.locator('#Ada .board-crossing-dot');
    const drawnLine = page.locator('#Ada .board-line path');
    await marker.waitFor();
    const [dot, drawn] = [(await marker.boundingBox())!, (await drawnLine.boundingBox())!];
    expect(dot.x + dot.width / 2).toBeGreaterThan(drawn.x);
    expect(dot.x + dot.width / 2).toBeLessThan(drawn.x + drawn.width);
    expect(dot.y + dot.height / 2).toBeGreaterThan(drawn.y);

    await page.evaluate(() => people[0]!.element.board.select(['shape:line'], { edit: true }));
    await page.locator('#Ada .board-name-input').waitFor();
    await page.keyboard.type('Hospital network');
    await page.keyboard.press('Enter');
    await expectSoon(board => board['shape:line']?.['props.name'], 1).toBe('Hospital network');

    await select('shape:line');
    await drag([drawn.x, drawn.y], [drawn.x + 60, drawn.y - 20]);
    await expectSoon(
      board => (board['shape:line']?.['props.points'] as number[][] | undefined)?.[0]?.[0],
      1,
    ).toBeGreaterThan(40);
    expect((await entries())['shape:line']!['props.points']).toHaveProperty([2], [0, 300]);
    await page.keyboard.press('Control+z');
    await expectSoon(board => board['shape:line']?.['props.points']).toEqual(points);

    await select('shape:line');
    await page.keyboard.press('Delete');
    await expectSoon(board => board['shape:line'], 1).toBeUndefined();
    expect(windows.faults).toEqual([]);
  });
});

describe('pages', () => {
  const second: BoardRecord = { id: 'page:2', typeName: 'page', name: 'Detail', index: 'a2', meta: {} };
  const chip: BoardRecord = {
    ...{
      id: 'shape:chip',
      typeName: 'shape',
      type: 'process',
      x: 100,
      y: 100,
      parentId: 'page:2',
      index: 'a1',
    },
    props: { name: 'Chip', w: 180, h: 90 },
  };
  const put = (...records: BoardRecord[]) =>
    page.evaluate(json => {
      for (const record of JSON.parse(json)) people[0]!.put(record);
    }, JSON.stringify(records));
  const pageOf = (who: number) => page.evaluate(who => people[who]!.element.board.page, who);
  const namesFor = (who: number) =>
    page.evaluate(who => people[who]!.element.board.pages.map(({ name }) => name), who);
  const show = (who: number, id: string) =>
    page.evaluate(([who, id]) => people[who]!.element.board.showPage(id), [who, id] as const);

  it('are each person’s own to look at, with all that lies on them, and nobody else’s cursor', async () => {
    const sensor = await place('p', 'process', [150, 480], 'Sensor');
    await put(second, chip);
    await expect.poll(() => namesFor(1)).toEqual(['Diagram', 'Detail']);
    await page.mouse.move(300, 300, { steps: 3 });
    const cursor = page.locator('#Ben .tl-collaborator__cursor');
    await cursor.waitFor();
    await page.evaluate(
      ids => {
        people[0]!.element.highlighted = ids;
      },
      [sensor],
    );
    await expect.poll(() => page.locator('#Ada .board-highlight').count()).toBe(1);

    await show(0, 'page:2');
    await page.locator('#Ada .board-name-text', { hasText: 'Chip' }).waitFor();
    expect(await page.locator('#Ada .board-name-text', { hasText: 'Sensor' }).count()).toBe(0);
    expect(await pageOf(1)).toBe('page:page');
    await expect.poll(() => page.locator('#Ada .board-highlight').count()).toBe(0);
    await expect.poll(() => cursor.count()).toBe(0);

    // What is drawn now lies here, and what is chosen is shown where it lies.
    const drawn = await place('p', 'process', [150, 600], 'Here');
    await expectSoon(board => parentOf(board, drawn), 1).toBe('page:2');
    await select(sensor);
    expect(await pageOf(0)).toBe('page:page');
    await select('shape:chip');
    expect(await pageOf(0)).toBe('page:2');
  });

  it('that somebody else deletes while they are shown, in the middle of a drag, give way to another', async () => {
    const sensor = await place('p', 'process', [150, 480], 'Sensor');
    await put(second, chip);
    await show(0, 'page:2');
    await page.locator('#Ada .board-name-text', { hasText: 'Chip' }).waitFor();
    const box = (await page.locator('#Ada [data-shape-id="shape:chip"]').boundingBox())!;
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + 60, { steps: 4 });
    await page.evaluate(() => {
      const { doc } = people[1]!;
      doc.transact(() => {
        for (const id of ['page:2', 'shape:chip']) doc.getMap('board').delete(id);
      });
    });
    await expect.poll(() => pageOf(0)).toBe('page:page');
    await page.locator('#Ada .board-name-text', { hasText: 'Sensor' }).waitFor();
    await page.mouse.move(box.x + 90, box.y + 90, { steps: 4 });
    await page.mouse.up();
    expect(Object.keys(await entries()).sort()).toEqual(['page:page', sensor].sort());
    expect(windows.faults).toEqual([]);
  });
});

describe('two people', () => {
  it('keep a move and a rename of the same process, and undo brings back only the own one', async () => {
    const process = await place('p', 'process', [150, 480], 'Sensor');
    const { at } = (await entries())[process]!;
    await page.mouse.click(650, 40);
    await page.mouse.move(150, 500);
    await page.mouse.down();
    await page.mouse.move(170, 520, { steps: 4 });
    await page.evaluate(id => {
      const entry = people[1]!.doc.getMap<{ set(key: string, value: string): void }>('board').get(id)!;
      entry.set('props.name', 'Renamed');
    }, process);
    await page.locator('#Ada .board-name-text', { hasText: 'Renamed' }).waitFor();
    await page.mouse.move(230, 300, { steps: 4 });
    await page.mouse.up();
    await expectSoon(board => board[process]!.at, 1).not.toEqual(at);
    expect((await entries(1))[process]!['props.name']).toBe('Renamed');

    await page.keyboard.press('Control+z');
    await expectSoon(board => board[process], 1).toMatchObject({ at, 'props.name': 'Renamed' });
  });

  it('write nothing of a drag that was given up', async () => {
    const process = await place('p', 'process', [150, 480], 'Sensor');
    const { at } = (await entries())[process]!;
    const updates = await countUpdates(page, 'Ada');
    await page.mouse.click(650, 40);
    await page.mouse.move(150, 500);
    await page.mouse.down();
    await page.mouse.move(300, 300, { steps: 8 });
    await expect.poll(() => shownAt(page, 'Ben', process)).not.toEqual(at);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => shownAt(page, 'Ben', process)).toEqual(at);
    expect(await updates()).toBe(0);
  });

  it('see each other: a cursor with a name while it is on the board, and what is selected', async () => {
    await page.mouse.move(300, 300, { steps: 3 });
    await page.locator('#Ben .tl-collaborator__cursor', { hasText: 'Ada' }).waitFor();
    await page.evaluate(() => people[0]!.awareness.setLocalState(null));
    await expect.poll(() => page.locator('#Ben .tl-collaborator__cursor').count()).toBe(0);
  });
});

describe('a drag, in two windows', () => {
  let other: Page;

  beforeEach(async () => {
    await page.goto('/two-people.html?Ada');
    other = await page.context().newPage();
    other.on('pageerror', error => windows.faults.push(String(error.stack)));
    await other.goto('/two-people.html?Ben');
    for (const window of [page, other])
      await window.waitForFunction(() => people.every(({ element }) => element.board.ready));
    await page.bringToFront();
    await page.mouse.click(650, 40);
  });

  const docOf = (window: Page): Promise<Record<string, Registers>> =>
    window.evaluate(() => people[0]!.doc.getMap('board').toJSON());

  /** Presses on the symbol in the middle of the board and moves it by so much, without letting go. */
  async function grab(x: number, y: number): Promise<void> {
    await page.mouse.click(650, 40);
    await page.mouse.move(300, 320);
    await page.mouse.down();
    await page.mouse.move(300 + x, 320 + y, { steps: 8 });
  }

  it('is seen by the other while it goes on, and is one write and one step of undo at its end', async () => {
    const process = await place('p', 'process', [300, 300], 'Sensor');
    await expect.poll(() => docOf(other)).toHaveProperty([process, 'props.name'], 'Sensor');
    const { at } = (await docOf(other))[process] as { at: [number, number] };
    const updates = await countUpdates(other, 'Ben');
    const path = await watchPath(other, 'Ben', process);
    await grab(100, 50);
    await expect.poll(() => shownAt(other, 'Ben', process)).toEqual([at[0] + 100, at[1] + 50]);
    await page.mouse.move(500, 420, { steps: 8 });
    await expect.poll(() => shownAt(other, 'Ben', process)).toEqual([at[0] + 200, at[1] + 100]);
    for (const window of [page, other]) expect((await docOf(window))[process]!.at).toEqual(at);
    expect(await updates()).toBe(0);

    await page.mouse.up();
    await expect.poll(async () => (await docOf(other))[process]!.at).toEqual([at[0] + 200, at[1] + 100]);
    expect(await updates()).toBe(1);
    // Never back, not even between the end of the gesture and the arrival of what it wrote.
    const xs = await path();
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(xs.length).toBeGreaterThan(1);

    await page.keyboard.press('Control+z');
    await expect.poll(() => shownAt(other, 'Ben', process)).toEqual(at);
    expect((await docOf(other))[process]!.at).toEqual(at);
  });

  it('takes the ends of flows with it, and into a boundary, before the document says so', async () => {
    await enclose([500, 200], [680, 600], 'Zone');
    const process = await place('p', 'process', [300, 300], 'Sensor');
    await place('b', 'data_store', [150, 600], 'Store');
    const arrow = await flow([300, 300], [150, 600]);
    await expect.poll(async () => bound(await docOf(other), arrow)).toHaveLength(2);
    const line = () => other.locator(`[data-shape-id="${arrow}"] path`).first().getAttribute('d');
    const [before, drawn] = [await docOf(other), await line()];
    const updates = await countUpdates(other, 'Ben');
    await grab(290, 60);
    await expect.poll(line).not.toBe(drawn);
    // As long as tldraw takes to notice over what it drags.
    await expect.poll(() => heldPlace(page, process)).not.toBeUndefined();
    expect(await docOf(other)).toEqual(before);
    const shown = await shownAt(other, 'Ben', process);
    await page.mouse.up();
    await expect.poll(async () => parentOf(await docOf(other), process)).not.toBe('page:page');
    expect(await updates()).toBe(1);
    await expect.poll(() => shownAt(other, 'Ben', process)).toEqual(shown);
  });

  it('is over for the other when the one who drags is gone', async () => {
    const process = await place('p', 'process', [300, 300], 'Sensor');
    await expect.poll(() => docOf(other)).toHaveProperty([process, 'props.name'], 'Sensor');
    const at = (await docOf(other))[process]!.at;
    await grab(100, 100);
    await expect.poll(() => shownAt(other, 'Ben', process)).not.toEqual(at);
    await page.evaluate(() => people[0]!.awareness.setLocalState(null));
    await expect.poll(() => shownAt(other, 'Ben', process)).toEqual(at);
  });

  it('ends where its window loses the keyboard', async () => {
    const process = await place('p', 'process', [300, 300], 'Sensor');
    const at = (await docOf(page))[process]!.at as [number, number];
    await grab(100, 50);
    await page.evaluate(() => void window.dispatchEvent(new Event('blur')));
    await expect.poll(async () => (await docOf(other))[process]?.at).toEqual([at[0] + 100, at[1] + 50]);
  });

  it('is given up when somebody else deletes what is dragged', async () => {
    await enclose([200, 200], [450, 450], 'Zone');
    const [zone] = await idsOf('trust_boundary');
    await expect.poll(() => docOf(other)).toHaveProperty([zone!]);
    await page.mouse.click(650, 40);
    await page.mouse.move(200, 300);
    await page.mouse.down();
    await page.mouse.move(260, 350, { steps: 4 });
    await other.evaluate(id => people[0]!.doc.getMap('board').delete(id), zone!);
    await expect.poll(() => page.locator(`[data-shape-id="${zone}"]`).count()).toBe(0);
    await page.mouse.move(300, 400, { steps: 4 });
    await page.mouse.up();
    expect(Object.keys(await docOf(page))).toEqual(['page:page']);
    expect(windows.faults).toEqual([]);
  });
});

describe('copies', () => {
  it('keep names, attributes and the ends of flows, and are gone after one undo', async () => {
    const process = await place('p', 'process', [150, 480], 'Sensor');
    const store = await place('b', 'data_store', [480, 480], 'Store');
    const arrow = await flow([150, 480], [480, 480]);
    await page.evaluate(id => {
      people[0]!.doc
        .getMap<{ set(key: string, value: string): void }>('board')
        .get(id)!
        .set('meta.encrypted', 'no');
    }, process);
    await page.waitForTimeout(50);
    await select(process, store, arrow);
    await page.keyboard.press('Control+c');
    // tldraw writes the clipboard some time after the key.
    await page.waitForTimeout(300);
    await page.keyboard.press('Control+v');
    await expect.poll(async () => (await idsOf('process')).length).toBe(2);
    const board = await entries();
    const copy = (await idsOf('process')).find(id => id !== process)!;
    const flowCopy = (await idsOf('arrow')).find(id => id !== arrow)!;
    expect(board[copy]).toMatchObject({ 'props.name': 'Sensor', 'meta.encrypted': 'no' });
    expect(bound(board, flowCopy)).toContain(copy);
    expect(bound(board, flowCopy)).toHaveLength(2);
    await page.keyboard.press('Control+z');
    await expect.poll(() => idsOf('process')).toEqual([process]);
  });

  it('bring a deleted element back with its flows', async () => {
    const process = await place('p', 'process', [150, 480], 'Sensor');
    const store = await place('b', 'data_store', [480, 480], 'Store');
    const arrow = await flow([150, 480], [480, 480]);
    await select(process);
    await page.keyboard.press('Delete');
    await expectSoon(board => bound(board, arrow), 1).toEqual([store]);
    await page.keyboard.press('Control+z');
    await expectSoon(board => bound(board, arrow).sort(), 1).toEqual([process, store].sort());
  });
});

describe('the frame around it', () => {
  it('refuses files with a word, and exports the diagram as SVG', async () => {
    await place('p', 'process', [150, 480], 'Sensor');
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array([1])], 'scan.png', { type: 'image/png' }));
      const drop = { bubbles: true, cancelable: true, dataTransfer, clientX: 300, clientY: 200 };
      document.querySelector('.tl-canvas')!.dispatchEvent(new DragEvent('drop', drop));
    });
    // The word is also said aloud, for a moment in a place of its own.
    await page
      .locator('.tlui-toast__description', { hasText: 'Pictures are not part of a diagram' })
      .waitFor();
    expect(await page.evaluate(() => people[0]!.element.board.toSvg())).toContain('Sensor');
  });

  it('shows another document when it is given one, and comes back after it was taken out of the page', async () => {
    await place('p', 'process', [150, 480], 'Sensor');
    await page.evaluate(() => {
      const [ada, ben] = people;
      ada!.element.doc = ben!.doc;
      ada!.element.remove();
      document.body.prepend(ada!.element);
    });
    await page.waitForFunction(() => people[0]!.element.board.ready);
    await page.locator('#Ada .board-name-text', { hasText: 'Sensor' }).waitFor();
  });

  it('keeps the watermark of tldraw in sight', async () => {
    const mark = page.locator('#Ada [class*="tl-watermark"]').first();
    await mark.waitFor();
    const box = (await mark.boundingBox())!;
    const onTop = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x!, y!)?.closest('[class*="tl-watermark"]') instanceof Element,
      [box.x + box.width / 2, box.y + box.height / 2],
    );
    expect(onTop).toBe(true);
  });

  it('works without its icons when they can not be fetched', async () => {
    const lost = /merged[\w.-]*\.svg$/;
    await page.route(lost, route => route.abort());
    // A reload also ends requests that were under way: only the refused one is waited for.
    const refused = page.waitForEvent('requestfailed', { predicate: request => lost.test(request.url()) });
    await Promise.all([refused, page.reload()]);
    await page.waitForFunction(() => people.every(({ element }) => element.board.ready));
    await place('p', 'process', [150, 480], 'Sensor');
    expect(windows.faults).toEqual([]);
  });

  it('asks no other origin for anything, and throws nothing', () => {
    expect(windows.faults).toEqual([]);
  });
});
