/** A real Chromium for tests: windows of separate people, each with its own cookies, against a real server. */
import axeCore from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Flags for running unattended: no sandbox as root, and no talk to anyone but the page's own server. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface Windows {
  /** A window of a person of their own: other cookies, other storage. */
  open(
    path?: string,
    options?: { width?: number; height?: number; colorScheme?: 'light' | 'dark' },
  ): Promise<Page>;
  /** What went wrong on any page so far: exceptions, and requests that left the server's origin. */
  faults: string[];
  /** Closes every window that is open: a board that nobody looks at still takes its time. */
  closeWindows(): Promise<void>;
  close(): Promise<void>;
}

/** @param url of the server that the windows show */
export async function openBrowser(url: string): Promise<Windows> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  const faults: string[] = [];
  return {
    faults,
    async open(path = '/', { width = 1440, height = 900, colorScheme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        baseURL: url,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      page.on('pageerror', error => faults.push(`${page.url()}: ${error.stack || error.message}`));
      page.on('request', request => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== url) faults.push(`request to ${origin}`);
      });
      await page.goto(path);
      return page;
    },
    async closeWindows() {
      await Promise.all(browser.contexts().map(context => context.close()));
    },
    close: () => browser.close(),
  };
}

/** What axe-core finds wrong with a page, as rule and place; tldraw's own canvas is its makers'. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({ exclude: ['strideboard-canvas'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
    );
  });
}
