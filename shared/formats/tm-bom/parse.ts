/** Untrusted JSON against the schema, with an account of everything that was not taken. */
import type * as z from 'zod';
import { isLoose } from '../loose.ts';
import { FormatError, type Skipped } from '../threat-model.ts';

export class Parser {
  readonly skipped: Skipped[] = [];

  skip(what: string, why: string, where: string): void {
    this.skipped.push({ what, why, where });
  }

  /** @returns the sound ones of a list, each with its place in the file */
  list<T extends z.ZodType>(
    file: Record<string, unknown>,
    key: string,
    type: T,
  ): [item: z.output<T>, where: string][] {
    const value = file[key];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw new FormatError(`"${key}" is no list.`, key);
    return value.flatMap((item, i) => {
      const where = `${key}[${i}]`;
      const result = this.one(item, where, type);
      return result === null ? [] : [[result, where]];
    });
  }

  /** As {@link list}, without the places. */
  items<T extends z.ZodType>(file: Record<string, unknown>, key: string, type: T): z.output<T>[] {
    return this.list(file, key, type).map(([item]) => item);
  }

  one<T extends z.ZodType>(value: unknown, where: string, type: T): z.output<T> | null {
    const result = type.safeParse(value);
    if (result.success) {
      this.compare(value, result.data, where);
      return result.data;
    }
    const [issue] = result.error.issues;
    const at = issue?.path.length ? ` (${issue.path.join('.')})` : '';
    this.skip(nameOf(value, where), `not as TM-BOM has it: ${issue?.message}${at}`, where);
    return null;
  }

  /** Tells what of a value parsing left out. */
  private compare(raw: unknown, taken: unknown, where: string): void {
    if (isLoose(raw) && isLoose(taken)) {
      for (const key of Object.keys(raw)) {
        const place = where ? `${where}.${key}` : key;
        if (Object.hasOwn(taken, key) && taken[key] !== undefined) this.compare(raw[key], taken[key], place);
        else if (raw[key] !== undefined) this.skip(`"${key}"`, 'not as TM-BOM 1.0.2 has it', place);
      }
    } else if (Array.isArray(raw) && Array.isArray(taken)) {
      raw.forEach((item, i) => {
        this.compare(item, taken[i], `${where}[${i}]`);
      });
    } else if (raw !== taken) this.skip(JSON.stringify(raw) ?? '', 'not as TM-BOM 1.0.2 has it', where);
  }
}

function nameOf(value: unknown, where: string): string {
  const { title, symbolic_name } = isLoose(value) ? value : {};
  const name = [title, symbolic_name].find(text => typeof text === 'string' && text !== '');
  return name === undefined ? `"${where}"` : `"${name as string}"`;
}
