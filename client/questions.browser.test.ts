import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { bringRules, enterSession, startExample } from '#infra/testing/session.ts';

/** The document of a page, as far as a test reaches into it. */
type Doc = { getMap(name: string): Map<string, Map<string, unknown>> };

let server: TestServer;
let windows: Windows;

beforeAll(async () => {
  server = await startTestServer();
  windows = await openBrowser(server.url);
});
afterEach(() => windows.closeWindows());
afterAll(async () => {
  await windows?.close();
  await server?.close();
});

const FLOW = 'Measurements by Bluetooth';
const cell = (page: Page, category: string) =>
  page.getByRole('gridcell').getByRole('button', { name: new RegExp(`^${FLOW}, ${category}`) });
const tab = (page: Page, label: string) => page.getByRole('tab', { name: new RegExp(`^${label}`) });
const question = (page: Page) => page.locator('sb-questions .question');
/** How many questions are open and how many are answered, as the gauge says it. */
const gauge = async (page: Page) =>
  ((await page.locator('sb-questions .gauge').textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
/** What is selected, as the inspector names it. */
const inspected = (page: Page) => page.locator('sb-inspect sb-text input').first().inputValue();

/** A session on the example, with the link for observers. */
async function session(title: string) {
  const { moderator: page, links } = await startExample(windows, title);
  await page.locator('sb-questions .gauge').waitFor();
  return { page, observer: links.observer };
}

it('a suggestion says why it is here, each fact leads to its thing, and what it goes back to is at hand', async () => {
  const { page } = await session('Why');
  await cell(page, 'Tampering').click();
  const suggestion = page.locator('sb-suggestion').first();
  await suggestion.getByText('Integrity protected – not answered').waitFor();
  await suggestion.getByText('Details').click();
  await suggestion.getByText('Cryptography; Code, data and execution integrity').waitFor();
  expect(await suggestion.getByRole('link', { name: 'CWE-924' }).getAttribute('href')).toContain('/924.html');
  expect(await axe(page)).toEqual([]);

  await suggestion.getByRole('button', { name: 'Patient’s phone' }).click();
  expect(await cell(page, 'Tampering').getAttribute('aria-pressed')).toBe('true');
  await tab(page, 'Inspect').click();
  await expect.poll(() => inspected(page)).toBe('Patient’s phone');
});

it('of many suggestions for one thing the first three are shown, the others on demand', async () => {
  const { page } = await session('Many');
  await bringRules(page, 5);
  await cell(page, 'Tampering').click();
  const ofFlow = page.locator('sb-cell .suggested > div', { hasText: FLOW }).first().locator('sb-suggestion');
  // The five, and what the project's own rules find about Bluetooth.
  const more = page.getByRole('button', { name: `3 more on ${FLOW}` });
  await more.waitFor();
  expect((await ofFlow.locator('.title').allTextContents()).slice(1)).toEqual(
    [1, 2].map(number => `Own finding ${number}`),
  );
  await more.click();
  await expect.poll(() => ofFlow.count()).toBe(6);
});

it('what was judged says what changed since, in the cell and in the threats', async () => {
  const { page } = await session('Since');
  await cell(page, 'Tampering').click();
  await page.getByRole('button', { name: 'Accept as threat' }).first().click();
  await cell(page, 'Information disclosure').click();
  await page.getByRole('button', { name: 'Dismiss …' }).first().click();
  await page.getByLabel('Why it does not apply').fill('Nothing to see');
  await page.keyboard.press('Enter');
  await page.getByText('1 dismissed').waitFor();

  await tab(page, 'Inspect').click();
  for (const attribute of ['Integrity protected', 'Encrypted in transit']) {
    await page.getByRole('group', { name: attribute }).getByText('Yes').click();
  }
  await tab(page, 'Index').click();
  await page.getByText('1 dismissed').click();
  const since = 'The diagram has changed since: Measurements by Bluetooth';
  await page.locator('sb-cell sb-verdicts li', { hasText: since }).waitFor();
  await tab(page, 'Threats').click();
  await page
    .locator('sb-threats .stale', { hasText: 'Integrity protected was “not answered” and is now “Yes”.' })
    .waitFor();
  // The threat says what its rule says.
  expect(await page.getByLabel('Description of T1').inputValue()).toContain('a third slips in between');

  // What is deleted has no cell any more; what was decided about it is still there.
  await page.evaluate(() => {
    const { doc } = (document.querySelector('sb-workspace') as unknown as { connection: { doc: Doc } })
      .connection;
    doc.getMap('board').delete('shape:f-bluetooth');
  });
  await page.getByText('Decided about what is gone or changed (1)').click();
  const decided = page.locator('sb-threats sb-verdicts li', { hasText: 'Nothing to see' });
  await decided.getByText('what it is about was deleted').waitFor();
  expect(await axe(page)).toEqual([]);
  await decided.getByRole('button', { name: 'Open again' }).click();
  await decided.waitFor({ state: 'detached' });
});

it('the next question is answered on the spot or put off, by keyboard too, and the gauge follows', async () => {
  const { page, observer } = await session('Questions');
  const [open, answered] = await gauge(page);
  const first = await question(page).textContent();
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect.poll(() => question(page).textContent()).not.toBe(first);
  expect(await gauge(page)).toEqual([open, answered, open! + answered!]);
  const second = await question(page).textContent();
  // The keyboard is at the new question: the next stops are its thing and its first answer.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => question(page).textContent()).not.toBe(second);
  await expect.poll(async () => (await gauge(page))[0]).toBeLessThan(open!);

  // The thing that is asked about is a way to it, and asked there by itself.
  await question(page).getByRole('button').click();
  const name = await question(page).getByRole('button').textContent();
  await tab(page, 'Inspect').click();
  await expect.poll(() => inspected(page)).toBe(name);
  await page
    .locator('sb-questions')
    .getByText(/open here/)
    .waitFor();
  expect(await axe(page)).toEqual([]);

  const guest = await enterSession(windows, observer, 'Olu');
  await guest.getByRole('button', { name: 'Skip' }).waitFor();
  expect(await guest.locator('sb-questions sb-answer').count()).toBe(0);
});

it('the questions fold into one line, stay as they were left, and leave a small window to the table', async () => {
  const { page } = await session('Fold');
  const fold = page.getByRole('button', { name: /^Questions/ });
  await fold.click();
  await question(page).waitFor({ state: 'detached' });
  await page.reload();
  await fold.waitFor();
  expect(await question(page).count()).toBe(0);

  await fold.click();
  await page.setViewportSize({ width: 390, height: 700 });
  const box = async (selector: string) => (await page.locator(selector).first().boundingBox())!;
  const [table, questions] = [await box('sb-index .table'), await box('sb-questions')];
  expect(table.height).toBeGreaterThan(questions.height / 2);
  expect(questions.y + questions.height).toBeLessThanOrEqual(700);
  expect(await axe(page)).toEqual([]);
});

it('what does not matter to a thing is folded, and opens', async () => {
  const { page } = await session('More');
  await page.locator('sb-questions .question').getByRole('button').click();
  await tab(page, 'Inspect').click();
  const fields = page.locator('sb-attribute');
  await page.getByText(/^More to say/).waitFor();
  const few = await fields.count();
  await page.getByText(/^More to say/).click();
  await expect.poll(() => fields.count()).toBeGreaterThan(few + 10);
  expect(await axe(page)).toEqual([]);
});

it('nothing failed on any page, and no request left the server', () => {
  expect(windows.faults).toEqual([]);
});
