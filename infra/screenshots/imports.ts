/** Takes pictures of published models of other tools, brought in by the home page. Run it with `npx tsx infra/screenshots/imports.ts [folder]`. */
import { basename, extname, join } from 'node:path';
import { openBrowser } from '../testing/browser.ts';
import { startTestServer } from '../testing/server.ts';

const MODELS = 'shared/formats/testing/models';
const FILES = [
  'threat-dragon-v2/cryptocurrency-wallet.json',
  'tm7/MTMT_nested_tz.tm7',
  'threagile/example-threagile.yaml',
  'otm/tf_example.yaml',
  'tm-bom/husky-ai-threat-model.json',
  ...process.argv.slice(3),
];
const folder = process.argv[2] ?? 'infra/screenshots/imports';

const server = await startTestServer();
const windows = await openBrowser(server.url);
for (const file of FILES) {
  const page = await windows.open('/', { width: 1600, height: 940 });
  await page.getByLabel('Your name').fill('Mona Reyes');
  await page.locator('sb-file-drop input').setInputFiles(join(MODELS, file));
  await page.getByRole('button', { name: 'Open the session' }).click();
  await page.getByRole('dialog', { name: 'Invite people' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.tl-canvas').waitFor();
  await page.waitForTimeout(2500);
  await page.screenshot({ path: join(folder, `${basename(file, extname(file))}.png`) });
  await page.context().close();
}
await windows.close();
await server.close();
process.exit(0);
