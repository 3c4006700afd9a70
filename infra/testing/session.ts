/** A session as people start it and come into it, in real windows. */
import type { Page } from 'playwright-core';
import type { Role } from '#shared/document/roles.ts';
import type { Windows } from './browser.ts';

type WindowOptions = Parameters<Windows['open']>[1];

/** Starts a session on the wearable example, as Mona Reyes. */
export async function startExample(
  windows: Windows,
  title: string,
  options?: WindowOptions,
): Promise<{ moderator: Page; links: Record<Role, string> }> {
  const moderator = await windows.open('/', options);
  await moderator.getByLabel('Title').fill(title);
  await moderator.getByLabel('Your name').fill('Mona Reyes');
  await moderator.locator('.card', { hasText: 'Wearable sensor' }).click();
  await moderator.getByRole('button', { name: 'Start session' }).click();
  const link = (role: Role) => moderator.getByLabel(`Invitation link for ${role}s`).inputValue();
  const links = {
    moderator: await link('moderator'),
    participant: await link('participant'),
    observer: await link('observer'),
  };
  await moderator.keyboard.press('Escape');
  await moderator.getByRole('dialog').waitFor({ state: 'hidden' });
  return { moderator, links };
}

/** Comes into a session by an invitation link, and has the board before them. */
export async function enterSession(
  windows: Windows,
  link: string,
  name: string,
  options?: WindowOptions,
): Promise<Page> {
  const page = await windows.open(link, options);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Enter the session' }).click();
  await page.locator('.tl-canvas').waitFor();
  return page;
}

/** Brings so many rules of the team into a moderator's session, each of which finds something on each of the example's flows. */
export async function bringRules(moderator: Page, count: number): Promise<void> {
  await moderator.evaluate(
    async text => {
      const { sessionId } = document.querySelector('sb-workspace') as unknown as { sessionId: string };
      const response = await fetch(`/api/sessions/${sessionId}/rules`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    Array.from({ length: count }, (_, i) => flowRule(i + 1)).join(''),
  );
}

const flowRule = (number: number): string => `- id: OWN-${number}
  title: Own finding ${number}
  explanation: Somebody does something.
  stride: [T]
  applies_to: [data_flow]
  when: { flow.integrity: [no, unknown] }
  harm: none
  vulnerability: A weakness.
  control: A control.
  fda_control: [cryptography]
  safety_note: Decide.
  cwe: []
  capec: []
  emb3d: []
  sources: [The team]
  test: { fires: { flow.integrity: "no" }, silent: { flow.integrity: "yes" } }
`;
