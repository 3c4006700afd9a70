/** A whole meeting on the wearable example in four windows; in each phase one of them is loaded anew and one is without a network for a while. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { enterSession, startExample } from '#infra/testing/session.ts';

const SIZE = { width: 1280, height: 800 };

let server: TestServer;
let windows: Windows;
let [mona, ben, cleo, olu]: Page[] = [];

const everybody = () => [mona!, ben!, cleo!, olu!];
const panel = (page: Page) => page.locator('sb-meeting');
const heading = (page: Page) => panel(page).locator('header h2');
const record = (page: Page) => page.locator('sb-minutes');
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const row = (page: Page, ref: string) =>
  page.locator('sb-threats tbody', {
    has: page.getByRole('button', { name: `Show ${ref} on the board` }),
  });
const lamp = (page: Page) => page.locator('sb-lamp [role=status]').getAttribute('data-lamp');
const newThreat = (page: Page) => panel(page).getByRole('textbox', { name: 'New threat' });
const command = (name: string | RegExp) => panel(mona!).getByRole('button', { name }).click();

async function write(page: Page, title: string): Promise<void> {
  await newThreat(page).fill(title);
  await newThreat(page).press('Enter');
}

async function begin(next: RegExp, title: string): Promise<void> {
  await command(next);
  for (const page of everybody()) await expect.poll(() => heading(page).textContent()).toBe(title);
}

const leave = async (page: Page) => {
  await page.context().setOffline(true);
  await expect.poll(() => lamp(page)).toBe('offline');
};

async function comeBack(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await expect.poll(() => lamp(page), { timeout: 20_000 }).toMatch(/connected|saved/);
}

/** Loaded anew, a window shows what the meeting is at without being told. */
async function reload(page: Page, title: string): Promise<void> {
  await page.reload();
  await page.locator('.tl-canvas').waitFor();
  await expect.poll(() => heading(page).textContent()).toBe(title);
}

beforeAll(async () => {
  server = await startTestServer();
  windows = await openBrowser(server.url);
  const { moderator, links } = await startExample(windows, 'Glucose patch', SIZE);
  mona = moderator;
  ben = await enterSession(windows, links.participant, 'Ben Otieno', SIZE);
  cleo = await enterSession(windows, links.participant, 'Cleo Park', SIZE);
  olu = await enterSession(windows, links.observer, 'Olu Ade', SIZE);
  await tab(mona, 'Session');
});
afterAll(async () => {
  await windows?.close();
  await server?.close();
});

describe('a meeting', () => {
  it('begins with the scope: everybody is taken there, with the same clock', async () => {
    await begin(/^Start: Scope/, 'Scope and assumptions');
    await panel(ben!).getByText('Read the scope below').waitFor();
    await panel(olu!).getByText('You are looking on').waitFor();
    await leave(cleo!);
    await panel(mona!)
      .getByLabel('Scope and assumptions of the session')
      .fill('The patch and its app; not the cloud.');
    await command('+5 min');
    await reload(ben!, 'Scope and assumptions');
    await comeBack(cleo!);
    for (const page of [ben!, cleo!, olu!]) {
      const scope = panel(page).getByLabel('Scope and assumptions of the session');
      await expect.poll(() => scope.inputValue()).toBe('The patch and its app; not the cloud.');
      await expect.poll(() => panel(page).getByRole('timer').textContent()).toMatch(/^1[45]:\d\d$/);
    }
    expect(await ben!.getByRole('toolbar', { name: 'Tools' }).getByRole('button').count()).toBeLessThan(6);
  });

  it('goes on with the diagram, which is open to be drawn on', async () => {
    await begin(/^Next: Walk/, 'Walk through the diagram');
    const tools = ben!.getByRole('toolbar', { name: 'Tools' }).getByRole('button');
    await expect.poll(() => tools.count()).toBeGreaterThan(6);
    await leave(cleo!);
    await cleo!.locator('.tl-canvas').click({ position: { x: 300, y: 560 } });
    await cleo!.keyboard.press('x');
    await cleo!.mouse.move(400, 700);
    await cleo!.mouse.down();
    await cleo!.mouse.move(520, 760, { steps: 4 });
    await cleo!.mouse.up();
    await cleo!.keyboard.type('Caregiver');
    await cleo!.keyboard.press('Escape');
    await reload(ben!, 'Walk through the diagram');
    await comeBack(cleo!);
    for (const page of everybody())
      await page.locator('[data-shape-type="external_entity"]').getByText('Caregiver').waitFor();
  });

  it('steps through the crossings with everybody, who write in silence first', async () => {
    await begin(/^Next: Boundary/, 'Boundary by boundary');
    await command('Go to the first crossing');
    for (const page of everybody())
      await panel(page).getByText('Measurements by Bluetooth').first().waitFor();
    await ben!.locator('.board-highlight').first().waitFor({ state: 'attached' });
    await command('Start a silent round');
    for (const page of [mona!, ben!, cleo!]) await panel(page).getByText('Nobody else can see it').waitFor();
    await leave(cleo!);
    await write(cleo!, 'Old values are replayed');
    await panel(cleo!).getByText('not sent yet').waitFor();
    const place = panel(mona!).getByLabel('What the new threat is on');
    const [chosen] = await place.selectOption({ index: 1 });
    await write(ben!, 'Somebody nearby reads the values');
    await panel(mona!)
      .getByText(/1\s*threat\s*by 1 person/)
      .waitFor();
    // What somebody chose stays while others go on.
    expect(await place.inputValue()).toBe(chosen);
    // What is being typed survives, too.
    await newThreat(ben!).fill('A fake phone pairs with the pa');
    await reload(ben!, 'Boundary by boundary');
    await panel(ben!).getByLabel('Your threat on Measurements by Bluetooth').waitFor();
    await expect.poll(() => newThreat(ben!).inputValue()).toBe('A fake phone pairs with the pa');
    await write(ben!, 'A fake phone pairs with the patch');
    await comeBack(cleo!);
    await panel(mona!)
      .getByText(/3\s*threats\s*by 2 people/)
      .waitFor();
    for (const page of [mona!, cleo!, olu!])
      expect(await page.getByText('Somebody nearby reads the values').count()).toBe(0);
    await command('Reveal with names');
    for (const page of everybody()) {
      for (const title of [
        'Somebody nearby reads the values',
        'A fake phone pairs with the patch',
        'Old values are replayed',
      ])
        await panel(page).getByText(title).waitFor();
    }
  });

  it('keeps what came too late for its author, who adds it openly', async () => {
    await command('Start a silent round');
    await panel(cleo!).getByText('Nobody else can see it').waitFor();
    await leave(cleo!);
    await write(cleo!, 'The patch is torn off and replaced');
    await command('Reveal without names');
    await panel(ben!).getByText('Nobody else can see it').waitFor({ state: 'hidden' });
    await comeBack(cleo!);
    await panel(cleo!).getByText('Nobody has seen them').waitFor();
    await panel(cleo!).getByRole('button', { name: 'Add now' }).click();
    await panel(ben!).getByText('The patch is torn off and replaced').waitFor();
    await command('Done, next crossing');
    await panel(olu!).getByText('1 of 5 done').waitFor();
  });

  it('clusters: the moderator judges by keyboard what was proposed, and the others see it', async () => {
    await begin(/^Next: Cluster/, 'Cluster');
    await command('Go through the queue');
    await mona!.locator('sb-triage .item').getByText('T1 proposed by Ben Otieno').waitFor();
    await leave(cleo!);
    await reload(ben!, 'Cluster');
    // Disclosure, high, accepted; then the next one with its letters, and one that is none of ours.
    await mona!.keyboard.press('i');
    await mona!.keyboard.press('3');
    await mona!.keyboard.press('a');
    await mona!.locator('sb-triage .item').getByText('T2 proposed by Ben Otieno').waitFor();
    await mona!.keyboard.press('s');
    await mona!.keyboard.press('a');
    await mona!.locator('sb-triage .item').getByText('T3 proposed by Cleo Park').waitFor();
    await mona!.keyboard.press('t');
    await mona!.keyboard.press('a');
    await mona!.locator('sb-triage .item').getByText('T4 proposed by Cleo Park').waitFor();
    await mona!.keyboard.press('x');
    await mona!.keyboard.press('1');
    await comeBack(cleo!);
    for (const page of [ben!, cleo!, olu!]) {
      await tab(page, 'Threats');
      await row(page, 'T1').getByText('Open', { exact: true }).waitFor();
      await row(page, 'T4').getByText('Rejected', { exact: true }).waitFor();
    }
    await tab(mona!, 'Session');
  });

  it('votes in secret, also who comes late', async () => {
    await begin(/^Next: Vote/, 'Vote');
    await command('Open the vote');
    const give = panel(cleo!).getByRole('button', { name: 'One dot more for T2' });
    await give.waitFor();
    // What is given without a network gets there once it is back.
    await leave(cleo!);
    await give.click();
    await panel(cleo!).getByText('2 left, saving').waitFor();
    await panel(ben!).getByRole('button', { name: 'One dot more for T1' }).click();
    await panel(ben!).getByRole('button', { name: 'One dot more for T2' }).click();
    await panel(mona!).getByText('1 person has voted').waitFor();
    await reload(ben!, 'Vote');
    await expect
      .poll(() => panel(ben!).getByLabel('Your dots for T1').locator('output').textContent())
      .toBe('1');
    expect(
      await panel(olu!)
        .getByRole('button', { name: /dot more/ })
        .count(),
    ).toBe(0);
    // Back, but what she sends is lost still, while she can read that the server has nothing of hers.
    await cleo!.route(/\/ballot$/, route =>
      route.request().method() === 'PUT' ? route.abort() : route.fallback(),
    );
    await comeBack(cleo!);
    for (let attempt = 0; attempt < 2; attempt++)
      await cleo!.waitForRequest(request => request.method() === 'PUT' && request.url().endsWith('/ballot'));
    await cleo!.unroute(/\/ballot$/);
    await panel(mona!).getByText('2 people have voted').waitFor();
    await command('Close the vote');
    for (const page of everybody()) {
      const best = panel(page)
        .getByRole('list', { name: /^Result of/ })
        .getByRole('button')
        .first();
      await expect.poll(() => best.textContent()).toMatch(/T2.*2/s);
    }
    await mona!
      .getByRole('button', { name: /^Crossing of a trust boundary: .*3 dots/ })
      .first()
      .waitFor();
  });

  it('decides, notes what remains, and ends for everybody at once', async () => {
    await begin(/^Next: Decide/, 'Decide');
    await panel(mona!)
      .getByRole('list', { name: /^Result of/ })
      .getByRole('button')
      .first()
      .click();
    await row(mona!, 'T2').getByLabel('Status', { exact: true }).selectOption('mitigated');
    await leave(cleo!);
    await tab(cleo!, 'Record');
    await record(cleo!).getByLabel('New action', { exact: true }).fill('Pair with a code');
    await record(cleo!).getByLabel('Owner of the new action').fill('Cleo Park');
    await record(cleo!).getByRole('button', { name: 'Add action' }).click();
    await reload(ben!, 'Decide');
    await comeBack(cleo!);
    await tab(cleo!, 'Session');
    await tab(mona!, 'Session');
    await begin(/^Next: Gap/, 'Gap check');
    await leave(cleo!);
    await reload(ben!, 'Gap check');
    await comeBack(cleo!);
    await command('End …');
    await command('End it for everybody');
    for (const page of everybody()) {
      await tab(page, 'Session');
      await expect.poll(() => heading(page).textContent()).toBe('The meeting is over');
    }
  });

  it('leaves a record that everybody reads', async () => {
    for (const page of everybody()) {
      await tab(page, 'Record');
      for (const text of [
        /Mona Reyes started the meeting/,
        /Ben Otieno.* came/,
        /revealed 3 threats of 2 people, with names/,
        /revealed .* without names/,
        /closed the vote/,
        /decided T2 A fake phone pairs with the patch: Mitigated/,
        /ended the meeting/,
      ])
        await record(page).getByText(text).first().waitFor();
      expect(await record(page).getByText('left', { exact: true }).count()).toBe(0);
    }
    await record(olu!).getByText('Pair with a code').waitFor();
    for (const page of [mona!, ben!]) expect(await axe(page)).toEqual([]);
    expect(windows.faults).toEqual([]);
  });
});
