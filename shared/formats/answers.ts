/** Answers to attributes, as a file lets them be known. */

/** Both sides are known for certain only when each is. */
export function both(source: string | undefined, destination: string | undefined): string | undefined {
  if (source === 'no' || destination === 'no') return 'no';
  return source === 'yes' && destination === 'yes' ? 'yes' : undefined;
}

/** Without the attributes that the file has no answer to. */
export const answered = (
  attributes: Record<string, string | string[] | undefined>,
): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(attributes).filter(
      (entry): entry is [string, string | string[]] => entry[1] !== undefined,
    ),
  );
