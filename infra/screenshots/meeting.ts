/** Takes the pictures of a whole meeting on the example, from its first phase to its record. Run it with `npm run screenshots`. */
import type { Page } from 'playwright-core';
import { openBrowser } from '../testing/browser.ts';
import { startTestServer } from '../testing/server.ts';
import { enterSession, startExample } from '../testing/session.ts';

const SIZE = { width: 1440, height: 900 };

const WRITTEN: Record<'ben' | 'cleo' | 'mona', string[]> = {
  ben: ['Somebody nearby reads the glucose values', 'A fake phone pairs with the patch'],
  cleo: [
    'A stranger’s phone takes over the pairing of the patch',
    'The patch is drained by pairing requests',
  ],
  mona: ['Old values are replayed to hide a low'],
};

const server = await startTestServer();
const windows = await openBrowser(server.url);
const { moderator: mona, links } = await startExample(windows, 'Glucose patch, first workshop', SIZE);
const people = {
  mona,
  ben: await enterSession(windows, links.participant, 'Ben Otieno', SIZE),
  cleo: await enterSession(windows, links.participant, 'Cleo Park', SIZE),
};
const { ben, cleo } = people;

async function picture(page: Page, name: string): Promise<void> {
  // Until what glides has arrived.
  await page.waitForTimeout(900);
  await page.screenshot({ path: `infra/screenshots/meeting/${name}.png` });
}
const command = (name: string | RegExp) => mona.locator('sb-meeting').getByRole('button', { name }).click();
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const give = (page: Page, ref: string) =>
  page.getByRole('button', { name: `One dot more for ${ref}` }).click();

await tab(mona, 'Session');
await command(/^Start: Scope/);
await ben.locator('sb-meeting').getByText('Read the scope below').waitFor();
await picture(ben, '1-scope');
await command(/^Next: Walk/);
await picture(cleo, '2-diagram');
await command(/^Next: Boundary/);
await command('Go to the first crossing');
await command('Start a silent round');
for (const [who, titles] of Object.entries(WRITTEN)) {
  const page = people[who as keyof typeof people];
  const field = page.locator('sb-meeting').getByRole('textbox', { name: 'New threat' });
  for (const title of titles) {
    await field.fill(title);
    await field.press('Enter');
    await page
      .getByLabel(/^Your threat on/)
      .nth(titles.indexOf(title))
      .waitFor();
  }
}
await picture(mona, '3-silent-round');
await command('Reveal with names');
await picture(ben, '4-revealed');
await command(/^Next: Cluster/);
await command('Go through the queue');
for (const key of ['i', '3', 'a', 's']) await mona.keyboard.press(key);
await picture(mona, '5-triage');
for (const key of ['a', 'm', '1', 'd', 'a', 't', 'a']) {
  await mona.keyboard.press(key);
  await mona.waitForTimeout(200);
}
await tab(mona, 'Session');
await command(/^Next: Vote/);
await command('Open the vote');
for (const page of [ben, cleo]) await give(page, 'T1');
await give(ben, 'T2');
await picture(cleo, '6-vote');
await command('Close the vote');
await command(/^Next: Decide/);
await picture(ben, '7-decide');
await tab(cleo, 'Record');
await cleo
  .getByLabel('New action', { exact: true })
  .fill('Pair with a code that is shown on the patch’s box');
await cleo.getByLabel('Owner of the new action').fill('Cleo Park');
await cleo.getByRole('button', { name: 'Add action' }).click();
await command(/^Next: Gap/);
await command(/^End/);
await command('End it for everybody');
await tab(mona, 'Record');
await picture(mona, '8-record');

await windows.close();
await server.close();
process.exit(0);
