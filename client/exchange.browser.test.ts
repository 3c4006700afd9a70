import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';

const MODELS = 'shared/formats/testing/models';
const DRAGON = `${MODELS}/threat-dragon-v2/v2-threat-model.json`;

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

/** Drops a file on what a selector names, as a person does from their desktop. */
async function drop(page: Page, selector: string, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!));
      return data;
    },
    [name, text],
  );
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.locator(selector).first().dispatchEvent(type, { dataTransfer: data });
}

/** Home, with a file chosen and what came in shown. */
async function bringHome(file: string, person = 'Mona Reyes'): Promise<Page> {
  const page = await windows.open('/');
  await page.getByLabel('Your name').fill(person);
  await page.locator('sb-file-drop input').setInputFiles(file);
  await page.getByRole('button', { name: 'Open the session' }).waitFor();
  return page;
}

async function open(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the session' }).click();
  await page.getByRole('dialog', { name: 'Invite people' }).waitFor();
  await page.locator('.tl-canvas').waitFor();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

describe('a model of another tool', () => {
  it('becomes a session from the home page, which says what came in, in light and dark alike', async () => {
    const page = await bringHome(DRAGON);
    const count = (what: string) =>
      page.locator('.counts div', { hasText: what }).locator('dd').textContent();
    expect([await count('Elements'), await count('Data flows'), await count('Threats')]).toEqual([
      '7',
      '10',
      '14',
    ]);
    expect(await axe(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axe(page)).toEqual([]);
    await open(page);
    await closeDialog(page);
    await page.getByRole('tab', { name: /^Threats/ }).click();
    expect(await page.getByRole('tab', { name: /^Threats/ }).textContent()).toContain('14');
  });

  it('is refused with a word about the file, and nothing is left behind', async () => {
    const page = await windows.open('/');
    await drop(page, 'sb-file-drop .zone', 'broken.json', '{ "summary": ');
    await page.getByRole('alert').getByText('not valid JSON').waitFor();
    await drop(page, 'sb-file-drop .zone', 'letter.txt', 'Dear team,');
    await page.getByRole('alert').getByText('no threat model of a known format').waitFor();
    expect(await page.getByRole('link', { name: /moderator/ }).count()).toBe(0);
  });

  it('that is dropped on the board shows what it would change, and brings in just that', async () => {
    const page = await bringHome(DRAGON);
    await open(page);
    await closeDialog(page);
    const newer = JSON.parse(await readFile(DRAGON, 'utf8'));
    const cell = newer.detail.diagrams[0].cells.find(
      (each: { data?: { type?: string; name?: string } }) => each.data?.type === 'tm.Process',
    );
    const before = cell.data.name;
    cell.data.name = 'Renamed by the newer file';
    await drop(page, '.board', 'newer.json', JSON.stringify(newer));
    await page.getByRole('dialog', { name: 'Import and export' }).waitFor();
    await page.getByRole('heading', { name: 'Changed (1)' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.locator('.tl-canvas').textContent()).toContain(
      before.replaceAll('\n', ' ').split(' ')[0],
    );
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await page.getByText('It is in the session').waitFor();
    await closeDialog(page);
    await page.locator('.tl-canvas').getByText('Renamed by the newer file').first().waitFor();
  });

  it('leaves again as a file of another tool, under the name of the session', async () => {
    const page = await bringHome(DRAGON);
    await open(page);
    await closeDialog(page);
    await page.getByRole('button', { name: 'Import and export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Open Threat Model/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.(json|otm)$/);
    const text = await readFile((await download.path())!, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ otmVersion: '0.2.0' });
  });
});

it('a token is made, shown once, opens the API, and is revoked', async () => {
  const page = await bringHome(DRAGON);
  await page.keyboard.press('Escape');
  await page.getByText('Access for programs').click();
  await page.getByLabel('What the token is for').fill('Build server');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const token = await page.getByLabel('The new token').inputValue();
  const ask = () => fetch(`${server.url}/api/v1/sessions`, { headers: { authorization: `Bearer ${token}` } });
  expect((await ask()).status).toBe(200);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Revoke Build server' }).click();
  await page.getByRole('button', { name: 'Revoke Build server' }).waitFor({ state: 'detached' });
  expect((await ask()).status).toBe(401);
});

it('nothing failed on any page', () => {
  expect(windows.faults).toEqual([]);
});
