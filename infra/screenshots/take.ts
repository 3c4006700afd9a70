/** Takes the README's screenshot: the example, played through the real screens. Run it with `npm run screenshots`. */
import type { Page } from 'playwright-core';
import { openBrowser } from '../testing/browser.ts';
import { startTestServer } from '../testing/server.ts';

/** Flow, category, title, what it is on (nothing: the flow), description. */
const THREATS: [string, string, string, string, string][] = [
  [
    'Measurements by Bluetooth',
    'Spoofing',
    'A stranger’s device poses as the sensor',
    'on Phone app',
    'Someone near the patient pairs a device of their own with the app and feeds it invented readings, which end in the patient’s record.',
  ],
  [
    'Measurements by Bluetooth',
    'Information disclosure',
    'Readings are overheard over the air',
    '',
    'A receiver in the same room records the measurements while they are sent without encryption.',
  ],
  [
    'Upload of measurements',
    'Tampering',
    'Values are changed between app and cloud',
    '',
    'An attacker on the patient’s Wi-Fi alters values on the way; the provider treats by wrong numbers.',
  ],
  [
    'Login, patients’ measurements',
    'Elevation of privilege',
    'A provider opens the data of another’s patients',
    'on Web interface',
    'The web interface checks who is logged in, not whose patient is asked for: changing an id in the address shows a stranger’s measurements.',
  ],
];

const server = await startTestServer();
const windows = await openBrowser(server.url);
const moderator = await windows.open('/', { width: 1600, height: 940 });
await moderator.getByLabel('Title').fill('Glucose patch, first workshop');
await moderator.getByLabel('Your name').fill('Mona Reyes');
await moderator.getByRole('button', { name: 'Start session' }).click();
const link = await moderator.getByLabel('Invitation link for participants').inputValue();
await moderator.keyboard.press('Escape');
const participant = await windows.open(link.replace(server.url, ''), { width: 1600, height: 940 });
await participant.getByLabel('Your name').fill('Ben Otieno');
await participant.getByRole('button', { name: 'Enter the session' }).click();

const cell = (page: Page, flow: string, category: string) =>
  page.getByRole('gridcell').getByRole('button', { name: new RegExp(`^${flow}, ${category}`) });
for (const [i, [flow, category, title, target, description]] of THREATS.entries()) {
  const page = i % 2 === 0 ? participant : moderator;
  await cell(page, flow, category).click();
  if (target) await page.getByLabel('What the new threat is on').selectOption({ label: target });
  await page.getByLabel('New threat', { exact: true }).fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: /^Threats/ }).click();
  const field = page.getByLabel(`Description of T${i + 1}`);
  await field.fill(description);
  await field.blur();
  await page.getByRole('tab', { name: /^Index/ }).click();
}
await cell(moderator, 'Upload of measurements', 'Denial of service').click();
await moderator.getByRole('button', { name: 'Accept as threat' }).first().click();
await participant.mouse.move(760, 640);
await participant.mouse.move(764, 642);

await cell(moderator, 'Measurements by Bluetooth', 'Spoofing').click();
await moderator.waitForTimeout(1000);
await moderator.screenshot({ path: 'infra/screenshots/session.png' });
await moderator.getByRole('tab', { name: /^Threats/ }).click();
await moderator.waitForTimeout(500);
await moderator.screenshot({ path: 'infra/screenshots/threats.png' });

await windows.close();
await server.close();
process.exit(0);
