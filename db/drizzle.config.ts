import { defineConfig } from 'drizzle-kit';

/** For `npm run migration`: paths are relative to the repository's top. */
export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: './db/schema.ts',
  out: './db/migrations',
});
