/** How a team goes about it: its method, its workflows, its rules, and the check of what nobody has considered. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { enterSession } from '#infra/testing/session.ts';

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

const tab = (page: Page, label: string) => page.getByRole('tab', { name: new RegExp(`^${label}`) });
const overview = (page: Page) => page.locator('sb-overview');
const cell = (page: Page, label: string) =>
  page.getByRole('gridcell').getByRole('button', { name: new RegExp(`^${label}`) });
const clickFlow = async (page: Page, label: string) => {
  const { x, y, height } = (await page.locator('.tl-canvas').getByText(label).first().boundingBox())!;
  await page.mouse.click(x + 15, y + height / 2);
};

/** A session on the example by a method, with a moderator and a participant, both looking at the overview. */
async function team(method: string) {
  const moderator = await windows.open('/');
  await moderator.getByLabel('Title').fill('Patch');
  await moderator.getByLabel('Your name').fill('Mona Reyes');
  await moderator.getByLabel('Method').selectOption({ label: method });
  await moderator.getByRole('button', { name: 'Start session' }).click();
  const link = await moderator.getByLabel('Invitation link for participants').inputValue();
  await moderator.keyboard.press('Escape');
  await moderator.getByRole('dialog').waitFor({ state: 'hidden' });
  const participant = await enterSession(windows, link, 'Ben Otieno');
  for (const page of [moderator, participant]) await tab(page, 'Inspect').click();
  return { moderator, participant };
}

it('a moderator chooses the method, and a workflow that a participant marks is suggested for, step by step', async () => {
  const { moderator, participant } = await team('Per data flow');
  await overview(participant).getByText('Per data flow.').waitFor();
  expect(await overview(participant).getByText('Change the method').count()).toBe(0);
  await overview(moderator).getByText('Change the method').click();
  await moderator.getByRole('radio', { name: /^Per workflow/ }).check();
  await overview(participant).getByText('Nothing is suggested yet').waitFor();

  await clickFlow(participant, 'Upload of measurements');
  await participant.keyboard.down('Shift');
  await clickFlow(participant, 'Measurements by Bluetooth');
  await participant.keyboard.up('Shift');
  await participant.getByRole('button', { name: 'New workflow of these 2 flows' }).click();
  await participant.getByLabel('Name of the workflow').waitFor();
  await participant.keyboard.type('Daily upload\n');
  await overview(moderator)
    .getByRole('button', { name: /^Daily upload 2 flows/ })
    .click();
  const steps = moderator.getByRole('list', { name: 'Steps of Daily upload' }).getByRole('listitem');
  await expect
    .poll(() => steps.allInnerTexts())
    .toEqual(['Upload of measurements', 'Measurements by Bluetooth']);
  await expect.poll(() => moderator.locator('.board-highlight').count()).toBe(2);
  const shown = await moderator.locator('.board-highlight svg').first().boundingBox();
  expect(shown!.width).toBeGreaterThan(0);

  await participant.getByRole('button', { name: 'Earlier: Measurements by Bluetooth' }).focus();
  await participant.keyboard.press('Enter');
  await expect
    .poll(() => steps.allInnerTexts())
    .toEqual(['Measurements by Bluetooth', 'Upload of measurements']);
  for (const page of [moderator, participant]) expect(await axe(page)).toEqual([]);
  await participant.getByRole('button', { name: 'Take out Upload of measurements' }).click();
  await expect.poll(() => steps.count()).toBe(1);
  await tab(moderator, 'Index').click();
  await cell(moderator, 'Measurements by Bluetooth, Spoofing: no threats, [1-9]').waitFor();
  await cell(moderator, 'Login, own measurements, Spoofing: no threats, 0 open').waitFor();
});

it('the check of every element says what nobody has considered, and takes threats and reasons', async () => {
  const { moderator, participant } = await team('Per trust-boundary crossing');
  for (const page of [moderator, participant]) {
    await tab(page, 'Index').click();
    await page.getByRole('radio', { name: 'Elements' }).check();
    await page.getByText('0 of 44 letters are considered.').waitFor();
  }
  await cell(moderator, 'Phone app, Spoofing: not considered').click();
  await moderator.getByRole('button', { name: 'Does not apply, because …' }).click();
  await moderator.keyboard.type('Nobody signs in\n');
  await cell(participant, 'Phone app, Spoofing: n/a, does not apply: Nobody signs in').click();
  await participant.getByText('Does not apply: “Nobody signs in”').waitFor();
  expect(await participant.getByRole('button', { name: 'Take it back' }).count()).toBe(0);

  await participant.keyboard.press('Escape');
  await cell(participant, 'Phone app, Spoofing').focus();
  await participant.keyboard.press('ArrowRight');
  await participant.keyboard.press('Enter');
  await participant.keyboard.type('The app is repackaged\n');
  await cell(moderator, 'Phone app, Tampering: T1').waitFor();
  await participant.getByText('2 of 44').waitFor();
  for (const page of [moderator, participant]) expect(await axe(page)).toEqual([]);

  await moderator.getByRole('button', { name: 'Take it back' }).click();
  await cell(participant, 'Phone app, Spoofing: not considered').waitFor();
  await moderator.getByRole('button', { name: /^6 data flows/ }).click();
  await cell(moderator, 'Upload of measurements, Denial of service: not considered').waitFor();
});

it('rules are looked up by everyone, and switched off and brought by the moderator', async () => {
  const { moderator, participant } = await team('Per trust-boundary crossing');
  const inUse = await overview(participant)
    .getByText(/rules in use/)
    .textContent();
  for (const page of [moderator, participant])
    await page.getByRole('button', { name: 'Look at the rules' }).click();
  const dialog = (page: Page) => page.locator('sb-rules');
  await participant.getByLabel('Find in rules').fill('GEN-T');
  await dialog(participant).getByRole('button', { name: /GEN-T/ }).click();
  await dialog(participant).getByText('Suggested when').waitFor();
  expect(await dialog(participant).getByRole('checkbox').count()).toBe(0);
  await moderator.getByLabel('GEN-T is on').uncheck();
  await dialog(participant)
    .getByRole('button', { name: /GEN-T · switched off/ })
    .waitFor();

  await moderator.getByRole('radio', { name: 'Our own rules' }).check();
  await moderator.getByRole('button', { name: 'Start from an example' }).click();
  const text = moderator.getByRole('textbox', { name: 'Our own rules' });
  const sound = await text.inputValue();
  await text.fill(sound.replace('harm: indirect', 'harm: awful'));
  await moderator.getByRole('button', { name: /^Line 13 harm/ }).waitFor();
  expect(await moderator.getByRole('button', { name: 'Use these rules' }).isDisabled()).toBe(true);
  expect(await axe(moderator), 'with an error').toEqual([]);
  // What is typed waits while the list is looked at.
  await moderator.getByRole('radio', { name: 'All rules' }).check();
  await moderator.getByRole('radio', { name: 'Our own rules' }).check();
  await text.fill(sound);
  await moderator.getByRole('button', { name: 'Use these rules' }).click();
  await moderator.getByText('1 sound rule, in use.').waitFor();
  await participant.getByLabel('Find in rules').fill('own-1');
  await dialog(participant)
    .getByRole('button', { name: /OWN-1 · our own/ })
    .waitFor();
  expect(await axe(participant), 'the list').toEqual([]);
  await participant.keyboard.press('Escape');
  await overview(participant).getByText(`${inUse}, 1 switched off`).waitFor();
});

it('nothing failed on any page, and no request left the server', () => {
  expect(windows.faults).toEqual([]);
});
