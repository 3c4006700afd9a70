import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/** The pages of the client, whose paths the client itself understands. */
const PAGES = ['/', '/join', '/s/:id'];
const YEAR = 31_536_000;

/**
 * The built client.
 * @param folder with index.html, and assets whose names change with their content
 */
export const staticFiles = (folder: string) => {
  const app = new Hono();
  const page = readFile(join(folder, 'index.html'), 'utf8').catch(
    () =>
      '<!doctype html><title>Strideboard</title><p>The client is not built. Run <code>npm start</code>.</p>',
  );
  for (const path of PAGES) {
    app.get(path, async c => c.html(await page, 200, { 'cache-control': 'no-cache' }));
  }
  // It would complain on the console otherwise.
  if (!existsSync(folder)) return app;
  return app.use(
    serveStatic({
      root: folder,
      onFound: (path, c) => {
        const forever = path.includes('/assets/');
        c.header('cache-control', forever ? `public, max-age=${YEAR}, immutable` : 'no-cache');
      },
    }),
  );
};
