/** How long a job waits for more of its kind, in ms. */
const DELAY = 250;

/**
 * A job that many ask for at once and that is done once for them all, a moment later. It fails in silence: the next that asks does what
 * this one left.
 * @returns asks for it: of those about the same thing only the first counts until it is done
 */
export function soon<Deps, Key extends Record<string, string>>(
  job: (deps: Deps, about: Key) => Promise<void>,
): (deps: Deps, about: Key) => void {
  const waiting = new Set<string>();
  return (deps, about) => {
    const key = Object.values(about).join(' ');
    if (waiting.has(key)) return;
    waiting.add(key);
    const timer = setTimeout(() => {
      waiting.delete(key);
      job(deps, about).catch(() => {});
    }, DELAY);
    timer.unref();
  };
}
