/** Whose view is looked at, who wants to speak, and who may change what, in the windows of three people on the real server. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { enterSession, startExample } from '#infra/testing/session.ts';
import type { Role } from '#shared/document/roles.ts';

let server: TestServer;
let windows: Windows;
let mona: Page;
let ben: Page;
let olga: Page;
let links: Record<Role, string>;

beforeAll(async () => {
  server = await startTestServer();
  windows = await openBrowser(server.url);
  const started = await startExample(windows, 'Together');
  [mona, links] = [started.moderator, started.links];
  ben = await join(links.participant, 'Ben Otieno');
  olga = await join(links.observer, 'Olga Brandt');
});
afterAll(async () => {
  await windows?.close();
  await server?.close();
});

async function join(link: string, name: string): Promise<Page> {
  const page = await enterSession(windows, link, name);
  await page.locator('[data-shape-id="shape:app"]').waitFor();
  return page;
}

const person = (page: Page, name: string) =>
  page.locator('sb-people').getByRole('button', { name: new RegExp(`^${name}`) });

/** Chooses something in a menu of the top bar. */
async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page
    .locator('sb-bar')
    .getByRole('button', { name: new RegExp(`^${menu}`) })
    .click();
  await page
    .getByRole('menuitem', { name: item })
    .or(page.getByRole('menuitemcheckbox', { name: item }))
    .filter({ visible: true })
    .click();
  // Until it has faded.
  await expect.poll(() => page.getByRole('menuitem').filter({ visible: true }).count()).toBe(0);
}

/** Where a shape is on the screen, in whole px. */
async function placeOf(page: Page, id = 'shape:app'): Promise<[number, number]> {
  const { x, y } = (await page.locator(`[data-shape-id="${id}"]`).boundingBox())!;
  return [Math.round(x), Math.round(y)];
}

async function middleOf(page: Page, id: string): Promise<[number, number]> {
  const { x, y, width, height } = (await page.locator(`[data-shape-id="${id}"]`).boundingBox())!;
  return [x + width / 2, y + height / 2];
}

async function pan(page: Page, by: number): Promise<void> {
  await page.mouse.click(500, 700);
  const [, before] = await placeOf(page);
  await page.mouse.wheel(0, by);
  // Drawn a moment later.
  await expect.poll(async () => (await placeOf(page))[1]).toBe(before - by);
}

const cards = (page: Page) => page.locator('sb-attention .card');

it('who follows somebody sees what they see, until they move or have enough', async () => {
  await choose(ben, 'Mona Reyes', 'Follow');
  await cards(ben).getByText('Following Mona Reyes').waitFor();
  await pan(mona, 120);
  await expect.poll(async () => await placeOf(ben)).toEqual(await placeOf(mona));
  expect(await axe(ben)).toEqual([]);

  await ben.keyboard.press('Escape');
  await cards(ben).waitFor({ state: 'detached' });
  const left = await placeOf(ben);
  await choose(ben, 'Mona Reyes', 'Follow');
  await cards(ben).waitFor();
  await pan(ben, -60);
  await cards(ben).waitFor({ state: 'detached' });
  await expect.poll(() => placeOf(ben)).not.toEqual(left);
});

it('everybody is brought to where the moderator looks, but for those who stay', async () => {
  const before = await placeOf(ben);
  await pan(mona, -240);
  await choose(mona, 'Call everybody', 'Bring everyone to me');
  await cards(ben).getByText('Mona Reyes asks you to look here').waitFor();
  await ben.getByRole('button', { name: 'Stay here' }).click();
  const wanted = await placeOf(mona);
  expect(wanted).not.toEqual(before);
  await cards(olga).waitFor({ state: 'detached' });
  await expect.poll(() => placeOf(olga)).toEqual(wanted);
  expect(await placeOf(ben)).toEqual(before);
});

it('the spotlight takes everybody along, tells how many come, and lets them leave and return', async () => {
  await choose(mona, 'Call everybody', 'Spotlight');
  await cards(mona).getByText('2 of 2 follow').waitFor();
  await pan(mona, 90);
  const lit = await placeOf(mona);
  for (const page of [ben, olga]) await expect.poll(() => placeOf(page)).toEqual(lit);
  await ben.getByRole('button', { name: 'Leave spotlight' }).click();
  await cards(mona).getByText('1 of 2 follow').waitFor();
  await ben.getByRole('button', { name: 'Come along' }).click();
  await cards(mona).getByText('2 of 2 follow').waitFor();
  expect(await axe(mona)).toEqual([]);

  // Where the light goes out, everybody stays where they are.
  await mona.reload();
  for (const page of [ben, olga]) {
    await cards(page).waitFor({ state: 'detached' });
    expect(await placeOf(page)).toEqual(lit);
  }
  await mona.locator('[data-shape-id="shape:app"]').waitFor();
});

it('hands are up in the order in which they were raised, also after a reload, and a moderator puts them down', async () => {
  await ben.getByRole('button', { name: 'Raise hand' }).click();
  await person(mona, 'Ben Otieno, participant, hand raised, 1st').waitFor();
  await mona.getByRole('button', { name: 'Raise hand' }).click();
  await person(ben, 'Mona Reyes, moderator, hand raised, 2nd').waitFor();
  expect(await olga.getByRole('button', { name: 'Raise hand' }).count()).toBe(0);
  await ben.reload();
  await expect
    .poll(() => ben.getByRole('button', { name: 'Raise hand' }).getAttribute('aria-pressed'))
    .toBe('true');
  await choose(mona, '2 raised hands', 'Ben Otieno');
  await expect
    .poll(() => ben.getByRole('button', { name: 'Raise hand' }).getAttribute('aria-pressed'))
    .toBe('false');
  await person(ben, 'Mona Reyes, moderator, hand raised, 1st').waitFor();
  await mona.getByRole('button', { name: 'Raise hand' }).click();
});

it('a reaction is seen and said for a moment, an observer’s too', async () => {
  await choose(olga, 'React', 'Applause');
  await mona.locator('sb-attention').getByText('Olga Brandt: Applause').waitFor({ state: 'attached' });
  await mona.locator('sb-people .reaction').first().waitFor();
  await mona.locator('sb-people .reaction').first().waitFor({ state: 'detached', timeout: 6_000 });
});

it('what a laser draws everybody sees, and observers have none', async () => {
  const trail = ben.locator('.tl-collaborator__scribble').first();
  await mona.mouse.click(500, 700);
  await mona.keyboard.press('k');
  await mona.mouse.move(300, 600);
  await mona.mouse.down();
  await mona.mouse.move(700, 650, { steps: 20 });
  await trail.waitFor({ state: 'attached' });
  await mona.mouse.up();
  await trail.waitFor({ state: 'detached' });
  await mona.keyboard.press('v');

  await olga.mouse.click(500, 700);
  await olga.keyboard.press('k');
  const tool = () => olga.evaluate(() => document.querySelector('strideboard-canvas')!.board.tool);
  expect(await tool()).toBe('select');
  await olga.keyboard.press('h');
  await expect.poll(tool).toBe('hand');
});

it('what is locked stays, can be selected and joined by flows, and opens for a moderator', async () => {
  const shapes = () => ben.locator('[data-shape-type="arrow"]').count();
  const alerts = () => ben.getByRole('alert').count();
  const [x, y] = await middleOf(ben, 'shape:app');
  await ben.mouse.click(x + 20, y + 14);
  await ben.keyboard.press('ArrowRight');
  const moved = await placeOf(ben);
  await choose(mona, 'Locks', 'Lock what is drawn so far');
  await expect
    .poll(() => mona.getByRole('button', { name: 'Locks' }).getAttribute('title'))
    .toContain('elements are locked');
  await ben.getByRole('tab', { name: /^Inspect/ }).click();
  await ben.getByText('Locked: only moderators change it.').waitFor();
  await ben.keyboard.press('Escape');

  // Not by keys, not by dragging, and not by taking back what was done before.
  await ben.mouse.click(500, 700);
  await ben.mouse.click(x + 20, y + 14);
  await ben.getByText('Locked: only moderators change it.').waitFor();
  await ben.keyboard.press('ArrowRight');
  await ben.keyboard.press('Delete');
  await ben.keyboard.press('Control+z');
  await ben.mouse.dblclick(x + 20, y + 14);
  expect(await ben.locator('[data-shape-type="text"]').count()).toBe(0);
  await ben.mouse.move(x + 20, y + 14);
  await ben.mouse.down();
  await ben.mouse.move(x + 90, y + 60, { steps: 5 });
  await ben.mouse.up();
  expect(await placeOf(ben)).toEqual(moved);

  const before = await shapes();
  const [fromX, fromY] = await middleOf(ben, 'shape:patient');
  await ben.keyboard.press('a');
  await ben.mouse.move(fromX, fromY);
  await ben.mouse.down();
  await ben.mouse.move(x, y, { steps: 8 });
  await ben.mouse.up();
  await expect.poll(shapes).toBe(before + 1);
  const ends = () =>
    ben.evaluate(() => {
      const { snapshot } = document.querySelector('sb-panels') as unknown as {
        snapshot: { model: { flows: { source: string; target: string }[] } };
      };
      return snapshot.model.flows.some(
        ({ source, target }) => source === 'shape:patient' && target === 'shape:app',
      );
    });
  await expect.poll(ends).toBe(true);
  await ben.keyboard.press('Escape');
  expect(await alerts()).toBe(0);

  const [mx, my] = await middleOf(mona, 'shape:app');
  await mona.mouse.click(mx + 20, my + 14, { button: 'right' });
  await mona.getByRole('menuitem', { name: 'Unlock' }).click();
  const isLocked = () =>
    ben.evaluate(() => {
      const { snapshot } = document.querySelector('sb-panels') as unknown as {
        snapshot: { locked: ReadonlySet<string> };
      };
      return snapshot.locked.has('shape:app');
    });
  await expect.poll(isLocked).toBe(false);
  await ben.mouse.click(500, 700);
  await ben.mouse.click(x + 20, y + 14);
  await ben.keyboard.press('ArrowRight');
  await expect.poll(() => placeOf(ben)).not.toEqual(moved);
  expect(await alerts()).toBe(0);
});

it('a person becomes a moderator and an observer while they are here, and is sent away for good', async () => {
  await choose(mona, 'Ben Otieno', 'Make moderator');
  await ben.getByText('You are a moderator now.').waitFor();
  await ben.getByRole('button', { name: 'Locks' }).waitFor();
  await person(ben, 'Mona Reyes').waitFor({ timeout: 3_000 });
  await choose(mona, 'Ben Otieno', 'Make observer');
  await ben.getByText('You are an observer now.').waitFor();
  expect(await ben.getByRole('toolbar', { name: 'Tools' }).getByRole('button').count()).toBe(2);

  await choose(mona, 'Ben Otieno', 'Remove from session');
  const dialog = mona.getByRole('dialog', { name: 'Remove Ben Otieno' });
  await dialog.waitFor();
  expect(await axe(mona)).toEqual([]);
  await mona.getByLabel('Replace the invitation links too').check();
  await mona.getByRole('button', { name: 'Remove', exact: true }).click();
  await ben.getByText('You were removed from this session').waitFor();
  await person(mona, 'Ben Otieno').waitFor({ state: 'detached' });
  const back = await windows.open(links.participant.replace(server.url, ''));
  await back.getByText('not valid').waitFor();
});

it('nothing failed on any page', () => {
  expect(windows.faults).toEqual([]);
});
