/** What a window does with what the server says: a real server, with somebody on the line who says more, or hangs up. */
import type { Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { MESSAGE } from '#shared/document/protocol.ts';

let server: TestServer;
let windows: Windows;
let page: Page;
/** The latest connection of the page. */
let line: WebSocketRoute;
/** Answers of the server that the page has not got yet; null while they pass. */
let kept: Buffer[] | null;
/** Whether what the page sends gets lost. */
let lost: boolean;

beforeAll(async () => {
  server = await startTestServer();
  windows = await openBrowser(server.url);
});
afterAll(async () => {
  await windows?.close();
  await server?.close();
});

beforeEach(async () => {
  await page?.context().close();
  kept = null;
  lost = false;
  page = await windows.open('/');
  await page.routeWebSocket(/\/sync\//, route => {
    line = route;
    const upstream = route.connectToServer();
    route.onMessage(message => void (lost || upstream.send(message)));
    upstream.onMessage(message => {
      if (kept && message[0] === MESSAGE.saved) kept.push(message as Buffer);
      else route.send(message);
    });
  });
  await page.getByLabel('Title').fill('Line');
  await page.getByLabel('Your name').fill('Mona');
  await page.locator('.card', { hasText: 'Wearable sensor' }).click();
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('dialog', { name: 'Invite people' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(lamp).toBe('connected');
});

const lamp = () => page.locator('sb-lamp [role=status]').getAttribute('data-lamp');
const title = () => page.getByLabel('Title of the session');
const say = (...bytes: number[]) => line.send(Buffer.from(bytes));

async function rename(to: string): Promise<void> {
  await title().fill(to);
  await title().press('Enter');
}

it('the lamp tells that the server cannot store, and says saved only after its answer', async () => {
  kept = [];
  await rename('First');
  await expect.poll(lamp).toBe('saving');
  await expect.poll(() => kept!.length).toBeGreaterThan(0);
  say(MESSAGE.trouble, 1);
  await expect.poll(lamp).toBe('unstored');
  await page.getByText('Not saved').waitFor();
  say(MESSAGE.trouble, 0);
  await expect.poll(lamp).toBe('saving');
  for (const answer of kept) line.send(answer);
  await expect.poll(lamp).toBe('saved');
});

it('a frame that the server could not even read is taken back and not sent again', async () => {
  lost = true;
  await rename('Too large');
  await expect.poll(lamp).toBe('saving');
  lost = false;
  await line.close({ code: 1009 });
  await page.getByRole('alert').getByText('too large to send').waitFor();
  await expect.poll(lamp).toBe('connected');
  expect(await title().inputValue()).toBe('Line');
});

it('after a close that means come back at once, the window is back at once and knows its role anew', async () => {
  const [first] = [line];
  const asked = page.waitForRequest(request => /\/api\/sessions\/[\w-]+$/.test(request.url()));
  await line.close({ code: 1012 });
  await asked;
  await expect.poll(lamp).toBe('connected');
  expect(line).not.toBe(first);
});

it('nothing failed on any page', () => {
  expect(windows.faults).toEqual([]);
});
