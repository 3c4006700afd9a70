/** The six STRIDE categories, in the order of their letters. */
export const LETTERS = ['S', 'T', 'R', 'I', 'D', 'E'] as const;

export type Letter = (typeof LETTERS)[number];

/** Name of each category, the property it violates, and a plain question for someone who is no security person. */
export const CATEGORY: Record<Letter, { name: string; violates: string; question: string }> = {
  S: {
    name: 'Spoofing',
    violates: 'authenticity',
    question: 'Could someone or something pretend to be another?',
  },
  T: { name: 'Tampering', violates: 'integrity', question: 'Could data or code be changed without notice?' },
  R: {
    name: 'Repudiation',
    violates: 'non-repudiation',
    question: 'Could somebody deny what they did, with no record to tell?',
  },
  I: {
    name: 'Information disclosure',
    violates: 'confidentiality',
    question: 'Could someone read what they should not?',
  },
  D: {
    name: 'Denial of service',
    violates: 'availability',
    question: 'Could it be stopped, slowed down or used up?',
  },
  E: {
    name: 'Elevation of privilege',
    violates: 'authorization',
    question: 'Could someone do more than they are allowed to?',
  },
};

export function isLetter(value: unknown): value is Letter {
  return LETTERS.includes(value as Letter);
}
