/** Every table. Columns are written camelCase here and are snake_case in the database (`casing` in orm.ts). */
export * from './schema/api.ts';
export * from './schema/document.ts';
export * from './schema/identity.ts';
export * from './schema/meeting.ts';
export * from './schema/settings.ts';
export * from './schema/workshop.ts';
