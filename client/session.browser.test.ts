import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser, type Windows } from '#infra/testing/browser.ts';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { enterSession } from '#infra/testing/session.ts';
import type { Role } from '#shared/document/roles.ts';

/** The document of a page, as far as a test reaches into it. */
type Doc = { getMap(name: string): Map<string, unknown> };

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

const linkFor = (moderator: Page, role: Role) =>
  moderator.getByLabel(`Invitation link for ${role}s`).inputValue();
const lamp = (page: Page) => page.locator('sb-lamp [role=status]').getAttribute('data-lamp');
const name = (page: Page) => page.locator('sb-inspect sb-text input').first();
const cell = (page: Page, flow: string, category: string) =>
  page.getByRole('gridcell').getByRole('button', { name: new RegExp(`^${flow}, ${category}`) });
const tab = (page: Page, label: string) => page.getByRole('tab', { name: new RegExp(`^${label}`) });
/** The page coordinates of an element on the board. */
const middleOf = async (page: Page, id: string) => {
  const box = (await page.locator(`[data-shape-id="${id}"]`).boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2] as const;
};

async function startSession(title: string, template = 'Wearable sensor'): Promise<Page> {
  const page = await windows.open('/');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Your name').fill('Mona Reyes');
  await page.locator('.card', { hasText: template }).click();
  await page.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('dialog', { name: 'Invite people' }).waitFor();
  return page;
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

const join = (link: string, person: string) => enterSession(windows, link, person);

/** A session on the example with a moderator, a participant and the link for observers. */
async function team(title: string) {
  const moderator = await startSession(title);
  const links = {
    participant: await linkFor(moderator, 'participant'),
    observer: await linkFor(moderator, 'observer'),
  };
  await closeDialog(moderator);
  return { moderator, participant: await join(links.participant, 'Ben Otieno'), links };
}

describe('a session, from its start to its invitations', () => {
  it('is started from the example, lists itself at home, and lets people in by their links', async () => {
    const { moderator, participant, links } = await team('Glucose patch');
    await moderator.getByLabel('Ben Otieno, participant').waitFor();
    await participant.getByLabel('Mona Reyes, moderator').waitFor();
    const observer = await join(links.observer, 'Olu');
    await observer.getByText('observer: you can look, not change').waitFor();
    expect(await observer.getByRole('toolbar', { name: 'Tools' }).getByRole('button').count()).toBe(2);
    const home = await moderator.context().newPage();
    await home.goto(server.url);
    await home.getByRole('link', { name: /Glucose patch/ }).waitFor();
    await home.close();
  });

  it('a replaced and a revoked link open nothing, and say so', async () => {
    const moderator = await startSession('Links');
    const [participant, observer] = [
      await linkFor(moderator, 'participant'),
      await linkFor(moderator, 'observer'),
    ];
    await moderator.getByRole('button', { name: 'Replace the participant link …' }).click();
    await moderator.getByRole('button', { name: 'Replace', exact: true }).click();
    await moderator.getByRole('button', { name: 'Revoke the observer link …' }).click();
    await moderator.getByRole('button', { name: 'Revoke', exact: true }).click();
    await moderator.getByText('Nobody can join as observer now.').waitFor();
    const fresh = await linkFor(moderator, 'participant');
    for (const link of [participant, observer]) {
      const page = await windows.open(link.replace(server.url, ''));
      await page.getByText('This invitation is not valid, or no longer.').waitFor();
      await page.close();
    }
    await join(fresh, 'Late');
  });

  it('somebody else’s session is told apart from a mistake in neither', async () => {
    const { moderator } = await team('Private');
    const stranger = await windows.open(new URL(moderator.url()).pathname);
    await stranger.getByText('There is no such session, or you are not in it.').waitFor();
  });
});

describe('two people on one board', () => {
  it('draw a device, see its crossing, and find it again after a reload', async () => {
    const moderator = await startSession('Pump', 'Blank board');
    const participant = await join(await linkFor(moderator, 'participant'), 'Ben');
    await closeDialog(moderator);
    const canvas = (await moderator.locator('strideboard-canvas').boundingBox())!;
    const draw = async (
      page: Page,
      key: string,
      from: [number, number],
      to: [number, number],
      label: string,
    ) => {
      await page.keyboard.press(key);
      await page.mouse.move(canvas.x + from[0], canvas.y + from[1]);
      await page.mouse.down();
      await page.mouse.move(canvas.x + to[0], canvas.y + to[1], { steps: 5 });
      await page.mouse.up();
      if (label) await page.keyboard.type(label);
      await page.keyboard.press('Escape');
    };
    await moderator.mouse.click(canvas.x + 500, canvas.y + 600);
    await participant.mouse.click(canvas.x + 500, canvas.y + 600);
    await draw(moderator, 'p', [100, 150], [250, 230], 'Pump');
    await draw(participant, 'x', [550, 150], [700, 230], 'Nurse');
    await draw(moderator, 'g', [60, 80], [320, 320], 'Device');
    await moderator.getByText('Nurse').first().waitFor();
    await draw(moderator, 'a', [250, 190], [560, 190], '');
    await cell(participant, 'Unnamed data flow', 'Tampering').waitFor();
    await moderator
      .getByRole('button', { name: /Crossing of a trust boundary/ })
      .first()
      .waitFor();
    await expect.poll(() => lamp(moderator)).toBe('saved');
    await expect.poll(() => lamp(participant)).toBe('saved');
    await moderator.reload();
    await moderator.getByText('Nurse').first().waitFor();
    await cell(moderator, 'Unnamed data flow', 'Tampering').waitFor();
    expect(await moderator.locator('[data-shape-type="process"]').getByText('Pump').count()).toBe(1);
  });

  it('rename and move one process at once, and both survive; undo takes back only one’s own', async () => {
    const { moderator, participant } = await team('Both');
    const [x, y] = await middleOf(moderator, 'shape:app');
    await moderator.mouse.click(x, y);
    await moderator.mouse.move(x, y);
    await moderator.mouse.down();
    await moderator.mouse.move(x + 30, y + 40, { steps: 6 });
    await participant.mouse.click(...(await middleOf(participant, 'shape:app')));
    await tab(participant, 'Inspect').click();
    await name(participant).fill('Companion app');
    await name(participant).press('Enter');
    await moderator.mouse.move(x + 40, y + 60, { steps: 6 });
    await moderator.mouse.up();
    for (const page of [moderator, participant]) {
      await page.locator('[data-shape-id="shape:app"]').getByText('Companion app').waitFor();
    }
    await expect.poll(async () => Math.round((await middleOf(participant, 'shape:app'))[1] - y)).toBe(60);
    await moderator.keyboard.press('Control+z');
    await expect.poll(async () => Math.round((await middleOf(participant, 'shape:app'))[1] - y)).toBe(0);
    expect(await participant.locator('[data-shape-id="shape:app"]').getByText('Companion app').count()).toBe(
      1,
    );
  });

  it('see each other’s cursor by name, and lose it when the other leaves', async () => {
    const { moderator, participant } = await team('Cursors');
    const [x, y] = await middleOf(participant, 'shape:sensor');
    await participant.mouse.move(x, y);
    await participant.mouse.move(x + 5, y + 5);
    await moderator.locator('.tl-nametag', { hasText: 'Ben Otieno' }).waitFor();
    await participant.close();
    await moderator.locator('.tl-nametag').waitFor({ state: 'detached' });
    await moderator.getByLabel('Ben Otieno, participant').waitFor({ state: 'detached' });
  });

  it('a text that somebody else changed meanwhile is not put back by who only looked at it', async () => {
    const { moderator, participant } = await team('Looking');
    for (const page of [moderator, participant]) {
      await page.mouse.click(...(await middleOf(page, 'shape:app')));
      await tab(page, 'Inspect').click();
    }
    await name(participant).focus();
    await name(moderator).fill('Companion app');
    await name(moderator).press('Enter');
    await participant.locator('[data-shape-id="shape:app"]').getByText('Companion app').waitFor();
    await name(participant).blur();
    await expect.poll(() => name(participant).inputValue()).toBe('Companion app');
    expect(await name(moderator).inputValue()).toBe('Companion app');
    expect(await lamp(participant)).toBe('connected');
  });

  it('hiding the panel leaves the board as it is, with its undo', async () => {
    const { moderator } = await team('Room');
    const [x, y] = await middleOf(moderator, 'shape:app');
    await moderator.mouse.click(x, y);
    await moderator.keyboard.press('ArrowDown');
    await expect.poll(async () => (await middleOf(moderator, 'shape:app'))[1]).toBeGreaterThan(y);
    await moderator.getByRole('button', { name: 'Hide panel' }).click();
    await moderator.getByRole('tab', { name: 'Index' }).waitFor({ state: 'hidden' });
    await moderator.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => Math.round((await middleOf(moderator, 'shape:app'))[1] - y)).toBe(0);
    await moderator.getByRole('button', { name: 'Show panel' }).click();
    await tab(moderator, 'Index').waitFor();
  });

  it('what the server refuses is taken back, and the person is told why', async () => {
    const { participant } = await team('Refused');
    // What no button of ours does: a participant who judges.
    await participant.evaluate(() => {
      const { doc } = (document.querySelector('sb-workspace') as unknown as { connection: { doc: Doc } })
        .connection;
      const triage = doc.getMap('triage');
      triage.set(
        'x',
        new (triage.constructor as new (entries: unknown[]) => unknown)([['verdict', 'accepted']]),
      );
    });
    await participant.getByRole('alert').getByText('only a moderator changes the triage').waitFor();
    await participant.locator('[data-shape-id="shape:app"]').waitFor();
    await expect.poll(() => lamp(participant)).toBe('connected');
  });

  it('work on without a network: the lamp says so, and everything arrives when it is back', async () => {
    const { moderator, participant } = await team('Train');
    await participant.context().setOffline(true);
    await expect.poll(() => lamp(participant)).toBe('offline');
    await participant.mouse.click(...(await middleOf(participant, 'shape:web')));
    await tab(participant, 'Inspect').click();
    await name(participant).fill('Web portal');
    await name(participant).press('Enter');
    await participant.waitForTimeout(300);
    expect(await moderator.getByText('Web portal').count()).toBe(0);
    await participant.context().setOffline(false);
    await moderator.getByText('Web portal').first().waitFor();
    await expect.poll(() => lamp(participant)).toBe('saved');
  });
});

describe('the threat panel', () => {
  it('lets a participant add a threat in two actions, which everyone sees', async () => {
    const { moderator, participant } = await team('Threats');
    await cell(participant, 'Measurements by Bluetooth', 'Spoofing').click();
    await participant.keyboard.type('A fake sensor sends readings\n');
    await cell(moderator, 'Measurements by Bluetooth', 'Spoofing: T1').waitFor();
    await tab(moderator, 'Threats').click();
    expect(await moderator.getByLabel('Title of T1').inputValue()).toBe('A fake sensor sends readings');
    await moderator.getByText('by Ben Otieno').waitFor();
    // The board marks it where it lives.
    await moderator
      .locator('[data-flow="shape:f-bluetooth"]')
      .first()
      .getByText('S', { exact: true })
      .waitFor();
  });

  it('keeps the chosen cell and its line for a new threat on the screen, however many rows there are', async () => {
    const { moderator } = await team('Room for both');
    await moderator.setViewportSize({ width: 1280, height: 640 });
    const last = cell(moderator, 'Upload of measurements', 'Tampering');
    await last.click();
    for (const part of [last, moderator.getByLabel('New threat', { exact: true })]) {
      const box = (await part.boundingBox())!;
      expect(box.y).toBeGreaterThan(0);
      expect(box.y + box.height).toBeLessThanOrEqual(640);
    }
    await moderator.getByRole('button', { name: 'Accept as threat' }).last().click();
    expect(await moderator.evaluate(() => document.documentElement.scrollTop)).toBe(0);
  });

  it('lets a moderator accept a suggestion into a threat, or dismiss it with a reason', async () => {
    const { moderator, participant } = await team('Judging');
    const tampering = cell(moderator, 'Measurements by Bluetooth', 'Tampering');
    expect(await tampering.getAttribute('aria-label')).toContain('3 open suggestions');
    await tampering.click();
    await moderator.getByRole('button', { name: 'Accept as threat' }).first().click();
    await cell(moderator, 'Measurements by Bluetooth', 'Tampering: T1, 2 open').waitFor();
    await moderator.getByRole('button', { name: 'Dismiss …' }).first().click();
    await moderator.getByLabel('Why it does not apply').fill('Out of reach in a clinic');
    await moderator.keyboard.press('Enter');
    await moderator.getByText('1 dismissed').waitFor();
    await expect
      .poll(() => cell(participant, 'Measurements by Bluetooth', 'Tampering').getAttribute('aria-label'))
      .toContain('T1, 1 open suggestions');
    await cell(participant, 'Measurements by Bluetooth', 'Tampering').click();
    expect(await participant.getByRole('button', { name: 'Accept as threat' }).count()).toBe(0);
    await participant.getByText('1 dismissed').click();
    await participant.getByText('Mona Reyes: “Out of reach in a clinic”').waitFor();
    await moderator.reload();
    await cell(moderator, 'Measurements by Bluetooth', 'Tampering: T1, 1 open').waitFor();
  });

  it('highlights the row, the shape and the threat for each other', async () => {
    const { moderator } = await team('Links between');
    await cell(moderator, 'Upload of measurements', 'Tampering').click();
    await moderator.getByRole('button', { name: 'Accept as threat' }).first().click();
    await moderator.locator('.board-highlight').first().waitFor({ state: 'attached' });
    expect(await moderator.locator('sb-index tr.lit').count()).toBe(1);
    // Beside its middle, where the selected flow has its handle.
    const [x, y] = await middleOf(moderator, 'shape:app');
    await moderator.mouse.click(x + 20, y + 14);
    await expect.poll(() => moderator.locator('sb-index tr.lit').count()).toBe(2);
    await moderator
      .locator('sb-index')
      .getByRole('button', { name: /^Upload of measurements Phone app/ })
      .click();
    await expect.poll(() => moderator.locator('sb-index tr.lit').count()).toBe(1);
    await tab(moderator, 'Threats').click();
    await moderator.getByRole('button', { name: 'Show T1 on the board' }).click();
    await moderator.locator('sb-threats tbody.lit').waitFor();
  });

  it('keys typed into a panel draw nothing on the board', async () => {
    const { moderator } = await team('Typing');
    const shapes = await moderator.locator('[data-shape-id]').count();
    await cell(moderator, 'Upload of measurements', 'Tampering').click();
    await moderator.keyboard.type('xpbag vhntde');
    await moderator.keyboard.press('Backspace');
    expect(await moderator.getByLabel('New threat', { exact: true }).inputValue()).toBe('xpbag vhntd');
    expect(await moderator.locator('[data-shape-id]').count()).toBe(shapes);
    expect(
      await moderator
        .getByRole('toolbar')
        .getByRole('button', { name: 'Select' })
        .getAttribute('aria-pressed'),
    ).toBe('true');
  });
});

describe('the board lock', () => {
  it('ends what a participant is drawing and makes the board read-only, until the moderator opens it', async () => {
    const { moderator, participant } = await team('Lock');
    const [x, y] = await middleOf(participant, 'shape:app');
    const shown = async () => Math.round((await middleOf(participant, 'shape:app'))[0] - x);
    const locks = moderator.getByRole('button', { name: 'Locks' });
    const lock = moderator.getByRole('menuitemcheckbox', { name: 'Lock the whole board' });
    const tools = participant.getByRole('toolbar', { name: 'Tools' }).getByRole('button');
    await participant.mouse.move(x + 20, y + 14);
    await participant.mouse.down();
    await participant.mouse.move(x + 90, y + 14, { steps: 8 });
    await expect.poll(shown).toBe(70);

    const openLocks = async () => {
      await locks.focus();
      await moderator.keyboard.press('Enter');
      await expect.poll(() => lock.evaluate(item => item.matches(':focus'))).toBe(true);
    };
    await openLocks();
    expect(await lock.getAttribute('aria-checked')).toBe('false');
    await moderator.keyboard.press('Enter');
    await participant.getByText('The moderator has locked the board.').waitFor();
    await moderator.getByText('The board is locked: only moderators can draw.').waitFor();
    await expect.poll(shown).toBe(0);
    await participant.mouse.move(x + 120, y + 14);
    await participant.mouse.up();
    // To look around, and to point at things.
    await expect.poll(() => tools.count()).toBe(3);
    await participant.mouse.click(x + 20, y + 14);
    await participant.keyboard.press('ArrowRight');
    await participant.keyboard.press('Delete');
    await participant.keyboard.press('Control+z');
    await tab(participant, 'Inspect').click();
    expect(await name(participant).isDisabled()).toBe(true);
    expect(await shown()).toBe(0);
    expect(await axe(participant)).toEqual([]);
    // Nothing was sent that the server would have had to refuse.
    expect(await lamp(participant)).toBe('connected');
    expect(await participant.getByRole('alert').count()).toBe(0);

    await openLocks();
    expect(await lock.getAttribute('aria-checked')).toBe('true');
    await moderator.keyboard.press('Enter');
    await expect.poll(() => tools.count()).toBeGreaterThan(3);
    await participant.getByText('The moderator has locked the board.').waitFor({ state: 'detached' });
    await participant.mouse.click(x + 20, y + 14);
    await participant.keyboard.press('ArrowRight');
    await expect.poll(shown).toBeGreaterThan(0);
    await expect.poll(() => lamp(participant)).toBe('saved');
  });
});

describe('pages', () => {
  const pageTabs = (page: Page) => page.getByRole('tablist', { name: 'Pages' }).getByRole('tab');
  const on = (page: Page, id: string) => page.locator(`[data-shape-id="${id}"]`);

  it('are added, named and drawn on by one, come to the others, and go with a word of warning', async () => {
    const { moderator, participant, links } = await team('Pages');
    const observer = await join(links.observer, 'Olu');
    await on(observer, 'shape:app').waitFor();
    expect(await pageTabs(observer).count()).toBe(0);
    expect(await participant.getByRole('button', { name: 'Delete this page' }).count()).toBe(0);

    await participant.getByRole('button', { name: 'Add a page' }).click();
    await participant.keyboard.type('Sensor in detail');
    expect(await axe(participant), 'while a page is named').toEqual([]);
    await participant.keyboard.press('Enter');
    for (const page of [moderator, observer])
      await expect.poll(() => pageTabs(page).allTextContents()).toEqual(['Diagram', 'Sensor in detail']);
    await on(participant, 'shape:app').waitFor({ state: 'detached' });
    await on(moderator, 'shape:app').waitFor();
    expect(await observer.getByRole('button', { name: 'Add a page' }).count()).toBe(0);

    await participant.getByRole('toolbar').getByRole('button', { name: 'Process' }).focus();
    await participant.keyboard.press('Enter');
    await participant.locator('.board-name-input').waitFor();
    await participant.keyboard.type('Chip\n');
    await pageTabs(moderator).nth(0).focus();
    await moderator.keyboard.press('ArrowRight');
    await moderator.locator('.board-name-text', { hasText: 'Chip' }).waitFor();
    expect(await axe(moderator), 'with two pages').toEqual([]);

    // A cell of the table shows the flow where it lies.
    await cell(moderator, 'Upload of measurements', 'Tampering').click();
    await on(moderator, 'shape:app').waitFor();
    await expect.poll(() => pageTabs(moderator).nth(0).getAttribute('aria-selected')).toBe('true');

    await pageTabs(observer).nth(1).click();
    await observer.locator('.board-name-text', { hasText: 'Chip' }).waitFor();
    await participant.getByRole('button', { name: 'Delete this page' }).click();
    await participant.getByText('Delete “Sensor in detail” and the one thing on it?').waitFor();
    expect(await axe(participant), 'while a page is about to go').toEqual([]);
    await participant.keyboard.press('Enter');
    await on(observer, 'shape:app').waitFor();
    expect(await pageTabs(observer).count()).toBe(0);
    await expect.poll(() => pageTabs(moderator).count()).toBe(1);

    await participant.getByRole('toolbar').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => pageTabs(moderator).count()).toBe(2);
    await pageTabs(participant).nth(1).click();
    await participant.locator('.board-name-text', { hasText: 'Chip' }).waitFor();
  });
});

describe('for everyone', () => {
  it('home, join, session and its dialog are free of what axe finds, in light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const home = await windows.open('/', { colorScheme });
      await home.getByText('None yet in this browser').waitFor();
      expect(await axe(home), `home, ${colorScheme}`).toEqual([]);
    }
    const moderator = await startSession('Axe');
    expect(await axe(moderator), 'share').toEqual([]);
    const link = await linkFor(moderator, 'participant');
    const page = await windows.open(link.replace(server.url, ''), { colorScheme: 'dark' });
    await page.getByLabel('Your name').fill('Dee');
    expect(await axe(page), 'join').toEqual([]);
    await page.getByRole('button', { name: 'Enter the session' }).click();
    await cell(page, 'Upload of measurements', 'Tampering').click();
    await page.keyboard.type('A threat\n');
    expect(await axe(page), 'index').toEqual([]);
    await tab(page, 'Threats').click();
    expect(await axe(page), 'threats').toEqual([]);
    await page.mouse.click(...(await middleOf(page, 'shape:app')));
    await tab(page, 'Inspect').click();
    expect(await axe(page), 'inspect').toEqual([]);
  });

  it('the keyboard alone draws, walks the index table and adds a threat', async () => {
    const { moderator } = await team('Keyboard');
    await moderator.getByRole('toolbar').getByRole('button', { name: 'Select' }).focus();
    for (let i = 0; i < 4; i++) await moderator.keyboard.press('ArrowDown');
    await moderator.keyboard.press('Enter');
    await expect.poll(() => moderator.locator('[data-shape-type="process"]').count()).toBe(4);
    await moderator.getByRole('gridcell').first().getByRole('button').focus();
    await moderator.keyboard.press('ArrowRight');
    await moderator.keyboard.press('ArrowDown');
    await moderator.keyboard.press('Enter');
    await moderator.keyboard.type('By keyboard\n');
    await moderator.locator('sb-cell').getByText('By keyboard').waitFor();
  });

  it('nothing failed on any page, and no request left the server', () => {
    expect(windows.faults).toEqual([]);
  });
});
