/** What an attribute is, and the short forms in which the vocabulary is written. */
import type { Kind } from '../kinds.ts';

export interface Attribute {
  key: string;
  label: string;
  /** Asked in full, for someone who is no security person. */
  question: string;
  kinds: readonly Kind[];
  /** The answers besides unknown; none for free text. */
  values?: readonly { value: string; label: string }[];
  /** Several answers at once. */
  many?: boolean;
  /** The answer that says that this is taken care of; only where there is one. */
  safe?: string;
}

/** Answers whose labels are their values with a capital and spaces. */
export const list = (...values: string[]) =>
  values.map(value => ({
    value,
    label: value.slice(0, 1).toUpperCase() + value.slice(1).replaceAll('_', ' '),
  }));

export const named = (names: Record<string, string>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

const YES_NO = list('yes', 'no');

/** A yes-or-no question where yes says that it is taken care of. */
export const control = (kinds: readonly Kind[], key: string, label: string, question: string): Attribute => ({
  ...{ key, label, question, kinds, values: YES_NO },
  safe: 'yes',
});

/** A yes-or-no question about what is there, where yes is a reason to look closer. */
export const trait = (kinds: readonly Kind[], key: string, label: string, question: string): Attribute => ({
  ...{ key, label, question, kinds, values: YES_NO },
  safe: 'no',
});
