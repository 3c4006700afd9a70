/** The record of a session in three windows: written as it happens, read, added to, copied, taken away and printed. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { enterSession, startExample } from '#infra/testing/session.ts';

let server: TestServer;
let windows: Windows;
let [mona, ben, olu]: Page[] = [];

const record = (page: Page) => page.locator('sb-minutes');
const happened = (page: Page) => record(page).getByRole('region', { name: 'What happened' });
const actions = (page: Page) => record(page).getByRole('list', { name: 'Actions' });
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

beforeAll(async () => {
  server = await startTestServer();
  windows = await openBrowser(server.url);
  const { moderator, links } = await startExample(windows, 'Glucose patch');
  mona = moderator;
  ben = await enterSession(windows, links.participant, 'Ben Otieno', { colorScheme: 'dark' });
  olu = await enterSession(windows, links.observer, 'Olu Ade', { width: 480, height: 900 });
});
afterAll(async () => {
  await windows?.close();
  await server?.close();
});

it('tells everybody of phases, of who is there, and of decisions as they are made', async () => {
  await tab(mona!, 'Session');
  await mona!.getByRole('button', { name: /^Start: Scope/ }).click();
  await mona!.getByRole('button', { name: /^Next:/ }).click();
  for (const page of [ben!, olu!]) {
    await page.locator('sb-meeting header h2', { hasText: 'Walk through the diagram' }).waitFor();
    await tab(page, 'Record');
  }
  for (const name of ['Mona Reyes', 'Ben Otieno', 'Olu Ade'])
    await happened(olu!)
      .getByText(new RegExp(`${name}.* came$`))
      .waitFor();
  await happened(ben!).getByRole('heading', { name: 'Walk through the diagram' }).waitFor();

  await tab(mona!, 'Index');
  await mona!
    .getByRole('gridcell')
    .getByRole('button', { name: /^Measurements by Bluetooth, Spoofing/ })
    .click();
  await mona!.getByLabel('New threat', { exact: true }).fill('A cloned sensor');
  await mona!.keyboard.press('Enter');
  await tab(mona!, 'Threats');
  await mona!.getByLabel('Status', { exact: true }).last().selectOption('mitigated');
  const line = happened(ben!).getByText(/Mona Reyes decided T1 A cloned sensor: Mitigated/);
  await line.waitFor();
  await mona!.getByLabel('Severity of T1').selectOption('high');
  await happened(ben!)
    .getByText(/A cloned sensor: Mitigated, high severity$/)
    .waitFor();
  expect(await line.count()).toBe(1);
  await line.getByRole('button', { name: 'T1' }).click();
  await ben!.getByRole('tab', { name: /^Record/, selected: true }).waitFor();
});

it('takes questions and actions from who takes part, on the threat that they look at', async () => {
  await tab(ben!, 'Threats');
  await ben!.getByRole('button', { name: 'Note a question or an action on T1' }).click();
  await record(ben!).getByLabel('New action', { exact: true }).fill('Specify the pairing code');
  await record(ben!).getByLabel('Owner of the new action').fill('Ana Kim');
  await record(ben!).getByLabel('Due day of the new action').fill('2020-01-31');
  await record(ben!).getByRole('button', { name: 'Add action' }).click();
  await record(ben!).getByLabel('New question', { exact: true }).fill('Who holds the key?');
  await record(ben!).getByRole('button', { name: 'Not on T1' }).first().click();
  await record(ben!).getByLabel('New question', { exact: true }).press('Enter');

  await tab(mona!, 'Record');
  const entry = actions(mona!).getByRole('listitem');
  await entry.getByText('Overdue').waitFor();
  await entry.getByRole('button', { name: 'T1', exact: true }).waitFor();
  await entry.getByText('noted by Ben Otieno').waitFor();
  await entry.getByLabel(/^Due day of/).fill('2999-12-31');
  await entry.getByLabel(/^Owner of/).fill('Mona Reyes');
  await entry.getByLabel(/^Owner of/).blur();
  await actions(olu!).getByText('due 2999-12-31').waitFor();
  await actions(olu!).getByText('Mona Reyes').waitFor();
  expect(await actions(olu!).getByText('Overdue').count()).toBe(0);
  await actions(ben!).getByRole('checkbox').check();
  await expect.poll(() => actions(olu!).getByRole('checkbox').isChecked()).toBe(true);
  expect(await record(olu!).getByRole('textbox').count()).toBe(0);
  expect(await actions(olu!).getByRole('checkbox').isDisabled()).toBe(true);
});

it('follows the end unless somebody reads further up', async () => {
  const box = happened(mona!);
  const atEnd = () => box.evaluate(each => each.scrollHeight - each.scrollTop - each.clientHeight < 24);
  const extend = (times: number) =>
    mona!.evaluate(async count => {
      const path = `/api/sessions/${location.pathname.split('/').pop()}/meeting`;
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ do: 'extend', minutes: 1 });
      for (let i = 0; i < count; i++) await fetch(path, { method: 'POST', headers, body });
    }, times);
  const extended = happened(mona!).getByText('extended');
  await extend(20);
  await expect.poll(() => extended.count()).toBe(20);
  expect(await atEnd()).toBe(true);
  await box.evaluate(each => each.scrollTo(0, 0));
  const toNewest = record(mona!).getByRole('button', { name: 'To the newest' });
  await toNewest.waitFor();
  await extend(1);
  await expect.poll(() => extended.count()).toBe(21);
  expect(await box.evaluate(each => each.scrollTop)).toBe(0);
  await toNewest.click();
  await expect.poll(atEnd).toBe(true);
});

it('is copied in the person’s time, taken away in UTC, and printed alone', async () => {
  await record(mona!).getByRole('button', { name: 'Copy as Markdown' }).click();
  await record(mona!).getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await mona!.evaluate(() => navigator.clipboard.readText());
  const zone = await mona!.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(copied).toContain('# Minutes: Glucose patch');
  expect(copied).toContain(`Times are in ${zone}`);
  const download = mona!.waitForEvent('download');
  await record(mona!).getByRole('link', { name: 'Download' }).click();
  const file = await readFile((await (await download).path())!, 'utf8');
  expect(file).toContain('Times are in UTC.');
  expect(file).toContain('| Specify the pairing code (on T1 A cloned sensor) | Mona Reyes');

  await mona!.emulateMedia({ media: 'print' });
  const seen = (name: string) => mona!.locator(name).first().isVisible();
  expect(await Promise.all(['sb-bar', 'strideboard-canvas', 'sb-palette'].map(seen))).toEqual([
    ...[false, false, false],
  ]);
  expect(await mona!.getByRole('heading', { name: 'Record of Glucose patch' }).isVisible()).toBe(true);
  expect(await mona!.getByRole('tab').first().isVisible()).toBe(false);
  expect(await record(mona!).getByRole('button', { name: 'Add action' }).isVisible()).toBe(false);
  const { x, y, width } = (await record(mona!).boundingBox())!;
  expect([x, y, width]).toEqual([0, 0, 1440]);
  // Nothing of it is hidden behind an edge.
  expect(await happened(mona!).evaluate(each => each.scrollHeight - each.clientHeight)).toBe(0);
  await mona!.emulateMedia({ media: 'screen' });
});

it('has no faults of accessibility in either theme, wide or narrow', async () => {
  for (const page of [mona!, ben!, olu!]) expect(await axe(page)).toEqual([]);
  expect(windows.faults).toEqual([]);
});
