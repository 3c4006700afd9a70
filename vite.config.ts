/**
 * `vite build` makes the client in `dist/client`, `vite build --ssr` the server in `dist/server`, beside its packages. In
 * development the client passes the API and the sync socket on to the server behind it.
 */
import { type BuildOptions, defineConfig } from 'vite';

/** Port of the server behind the development client, set by infra/scripts/dev.mjs. */
const server = `127.0.0.1:${process.env.STRIDEBOARD_DEV_SERVER ?? 3001}`;

const client: BuildOptions = {
  outDir: '../dist/client',
  emptyOutDir: true,
  target: 'es2023',
  // tldraw comes in one piece, and only to those who open a session.
  chunkSizeWarningLimit: 2500,
  rolldownOptions: {
    onwarn(warning, warn) {
      // React's server directives in tldraw's dependencies mean nothing in a bundle for browsers.
      if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
    },
  },
};

const serverProcess: BuildOptions = {
  outDir: '../dist/server',
  emptyOutDir: true,
  copyPublicDir: false,
  target: 'node20',
  rolldownOptions: {
    input: {
      main: 'server/main.ts',
      // Files are read in threads, whose code is a file of its own.
      exchange: 'server/exchange/worker.ts',
      // The command line reads them as the server does.
      cli: 'infra/cli/main.ts',
    },
  },
};

export default defineConfig(({ isSsrBuild }) => ({
  root: 'client',
  build: isSsrBuild ? serverProcess : client,
  // Its files are imported by URL, which the dependency scan can't follow.
  optimizeDeps: { exclude: ['@tldraw/assets'] },
  server: {
    proxy: {
      // Not the short form: it would change the Host that the server compares with the Origin.
      '/api': { target: `http://${server}` },
      '/sync': { target: `ws://${server}`, ws: true },
    },
  },
}));
