/** How long a job waits for more of its kind, in ms. */
const DELAY = 250;

/**
 * A job that many ask for at once and that is done once for them all, a moment later. It fails in silence: the next that asks does what
 * this one left.
 * @returns asks for it: of those with the same key only the first counts until it is done
 */
export function soon<Given extends unknown[]>(
  job: (...given: Given) => Promise<void>,
): (key: string, ...given: Given) => void {
  const waiting = new Set<string>();
  return (key, ...given) => {
    if (waiting.has(key)) return;
    waiting.add(key);
    const timer = setTimeout(() => {
      waiting.delete(key);
      job(...given).catch(() => {});
    }, DELAY);
    timer.unref();
  };
}
