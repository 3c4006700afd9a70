/** Enough at once to keep a server busy, few enough not to be a burst. */
const AT_ONCE = 8;

/** Maps with a few calls under way at a time; answers in order. */
export async function inParallel<T, R>(
  items: readonly T[],
  map: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await map(items[i]!, i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}
