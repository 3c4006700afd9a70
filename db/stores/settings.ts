import { eq } from 'drizzle-orm';
import type { Orm } from '../orm.ts';
import { settings } from '../schema.ts';

export interface SettingStore {
  /** The stored value; on first use the made one, and the same one for all who ask at once. */
  getOrCreate(key: string, make: () => string): Promise<string>;
}

export function createSettingStore(orm: Orm): SettingStore {
  const find = async (key: string) =>
    (await orm.select().from(settings).where(eq(settings.key, key)))[0]?.value;

  return {
    async getOrCreate(key, make) {
      const found = await find(key);
      if (found !== undefined) return found;
      await orm.insert(settings).values({ key, value: make() }).onConflictDoNothing();
      return (await find(key))!;
    },
  };
}
