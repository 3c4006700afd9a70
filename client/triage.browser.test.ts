/** Moderators judge what waits by keyboard, side by side, and everybody sees it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { bringRules, enterSession, startExample } from '#infra/testing/session.ts';

const SIZE = { width: 1280, height: 860 };

let server: TestServer;
let windows: Windows;
let mona: Page;
let ben: Page;
let olu: Page;

/** The document of a page, as far as a test reaches into it. */
type Doc = { getMap(name: string): { size: number; toJSON(): Record<string, Record<string, unknown>> } };

const rootOf = (page: Page, name: string) =>
  page.evaluate(of => {
    const { doc } = (document.querySelector('sb-workspace') as unknown as { connection: { doc: Doc } })
      .connection;
    return doc.getMap(of).toJSON();
  }, name);
const tab = (page: Page, label: string) => page.getByRole('tab', { name: new RegExp(`^${label}`) });
const front = (page: Page) => page.locator('sb-triage .item');
const waiting = async (page: Page) =>
  Number((await page.locator('sb-triage .head h2').textContent())!.match(/\d+/)![0]);
/** The threat that a title belongs to, as a window has it. */
const threat = async (page: Page, title: string) =>
  Object.values(await rootOf(page, 'threats')).find(each => each.title === title);

async function propose(page: Page, category: string, title: string): Promise<void> {
  const cell = page.getByRole('gridcell');
  await cell.getByRole('button', { name: new RegExp(`^Measurements by Bluetooth, ${category}`) }).click();
  await page.getByLabel('New threat', { exact: true }).fill(title);
  await page.keyboard.press('Enter');
  await expect.poll(() => threat(mona, title).then(each => each?.number)).toBeTypeOf('number');
}

const FAKE = 'A fake sensor feeds invented readings to the app';
const FORGED = 'Somebody pretends to be the sensor and sends forged readings';
const OVERHEARD = 'Readings are overheard over the air';

beforeAll(async () => {
  server = await startTestServer();
  windows = await openBrowser(server.url);
  const { moderator, links } = await startExample(windows, 'Triage', SIZE);
  mona = moderator;
  ben = await enterSession(windows, links.moderator, 'Ben Otieno', SIZE);
  olu = await enterSession(windows, links.participant, 'Olu Adeyemi', SIZE);
});
afterAll(async () => {
  await windows?.close();
  await server?.close();
});

it('by keyboard, a moderator says what a proposal is, takes it in, merges the next into it, and takes that back', async () => {
  await propose(olu, 'Spoofing', FAKE);
  await propose(olu, 'Spoofing', FORGED);
  await propose(olu, 'Information', OVERHEARD);
  expect(await tab(olu, 'Triage').count()).toBe(0);

  await tab(mona, 'Triage').click();
  await front(mona).getByText('T1 proposed by Olu Adeyemi').waitFor();
  expect(await mona.getByLabel('Title', { exact: true }).inputValue()).toBe(FAKE);
  for (const key of ['t', '3', 'o']) await mona.keyboard.press(key);
  await mona.keyboard.type('Olu Adeyemi');
  await mona.keyboard.press('Enter');
  await mona.keyboard.press('l');
  await mona.keyboard.type('radio');
  for (const key of ['Enter', 'Enter', 'a']) await mona.keyboard.press(key);
  await expect
    .poll(() => threat(olu, FAKE))
    .toMatchObject({
      ...{ status: 'open', stride: ['S', 'T'], severity: 'high', owner: 'Olu Adeyemi', tags: ['radio'] },
    });

  await front(mona).getByText('Perhaps the same').waitFor();
  await mona.keyboard.press('m');
  await mona.keyboard.press('1');
  await expect
    .poll(() => threat(olu, FORGED))
    .toMatchObject({ status: 'rejected', justification: 'Same as T1.' });
  await mona.keyboard.press('z');
  await expect
    .poll(() => threat(olu, FORGED))
    .toEqual(expect.objectContaining({ status: 'proposed', title: FORGED }));
  expect(await threat(olu, FORGED)).not.toHaveProperty('into');
  await mona.keyboard.press('m');
  expect(await axe(mona)).toEqual([]);
  await mona.keyboard.type('T1');
  await mona.keyboard.press('Enter');
  await expect.poll(() => threat(olu, FORGED).then(each => each?.status)).toBe('rejected');

  await tab(olu, 'Threats').click();
  await olu.locator('sb-threats .also', { hasText: FORGED }).waitFor();
  await expect.poll(() => olu.locator('sb-threats tbody').count()).toBe(2);
  await olu.getByLabel('Find in threats').fill('radio');
  await expect.poll(() => olu.locator('sb-threats tbody').count()).toBe(1);
  await olu.getByLabel('Find in threats').fill('');
});

it('two moderators pass over what the other has in front, and the later one hears who decided', async () => {
  await front(mona).getByText('T3 proposed by Olu Adeyemi').waitFor();
  await tab(ben, 'Triage').click();
  await front(ben).getByText('Suggested on').waitFor();

  // Still in reach: who opens it sees that somebody is there.
  await mona.locator('sb-triage .queue .who', { hasText: 'Ben Otieno' }).waitFor();
  await ben.locator('sb-triage .queue button', { hasText: 'Mona Reyes' }).click();
  await front(ben).getByText('Mona Reyes is on it too').waitFor();
  await ben.keyboard.press('x');
  await ben.keyboard.press('3');
  await front(mona).getByText('Ben Otieno decided this already.').waitFor();
  await mona.keyboard.press('a');
  await front(mona).getByText('Suggested on').waitFor();
  for (const page of [mona, ben, olu]) {
    await expect
      .poll(() => threat(page, OVERHEARD))
      .toMatchObject({ status: 'rejected', justification: 'Out of scope' });
  }
});

it('thirty decisions come in at ten a second among two hundred suggestions, none is dropped, and all see them', async () => {
  await bringRules(mona, 40);
  await expect.poll(() => waiting(mona)).toBeGreaterThan(200);
  const before = await waiting(mona);
  const judged = Object.keys(await rootOf(mona, 'triage')).length;
  await tab(mona, 'Triage').focus();

  const start = Date.now();
  for (let i = 0; i < 30; i++) {
    if (i % 3 < 2) await mona.keyboard.press('a');
    else for (const key of ['x', '2']) await mona.keyboard.press(key);
    await mona.waitForTimeout(Math.max(0, start + (i + 1) * 100 - Date.now()));
  }
  // One a second is what a moderator needs, whatever else the machine does.
  expect(Date.now() - start).toBeLessThan(30_000);
  await expect.poll(() => waiting(mona)).toBe(before - 30);
  for (const page of [ben, olu]) {
    await expect.poll(async () => Object.keys(await rootOf(page, 'triage')).length).toBe(judged + 30);
    const verdicts = Object.values(await rootOf(page, 'triage')).map(({ verdict }) => verdict);
    expect(verdicts.filter(verdict => verdict === 'accepted')).toHaveLength(20);
  }
  await expect.poll(() => olu.locator('sb-threats tbody').count()).toBe(2 + 20);

  for (let i = 0; i < 6; i++) await mona.keyboard.press('z');
  await expect.poll(async () => Object.keys(await rootOf(ben, 'triage')).length).toBe(judged + 24);
  await expect.poll(() => olu.locator('sb-threats tbody').count()).toBe(2 + 16);
  for (const page of [mona, olu]) expect(await axe(page)).toEqual([]);
});

it('nothing failed on any page, and no request left the server', () => {
  expect(windows.faults).toEqual([]);
});
