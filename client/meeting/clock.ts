/**
 * The server's time. Clocks of people's machines disagree and are put right at any moment; what the server said is counted on by the
 * browser's own steady clock.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { api, body } from '../session/api.ts';

/** How often the server is asked in a row, of which the quickest answer counts. */
const SAMPLES = 3;
/** Machines that slept have a clock that stood still: asked again after this time, in ms, and whenever the page is looked at again. */
const ASK_EVERY = 5 * 60_000;

/** Milliseconds from the steady clock to the server's. */
let offset = Date.now() - performance.now();
/** Half of the round trip of the answer that counts: so much may it be off, in ms. */
let doubt = Number.POSITIVE_INFINITY;

/** Milliseconds since 1970 by the server's clock; by this machine's until the server has been asked. */
export const serverNow = (): number => Math.round(offset + performance.now());

/** Asks the server; without an answer everything stays. */
export async function setClock(now: () => Promise<number> = askServer): Promise<void> {
  doubt = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const asked = performance.now();
    const said = await now().catch(() => null);
    if (said === null) return;
    const answered = performance.now();
    if (answered - asked >= doubt) continue;
    doubt = answered - asked;
    offset = said - (asked + answered) / 2;
  }
}

const askServer = async (): Promise<number> => (await body(api.clock.$get())).now;

/** Keeps the clock right. @returns what ends it */
export function followClock(): () => void {
  const ask = () => void setClock();
  const onVisible = () => {
    if (document.visibilityState === 'visible') ask();
  };
  ask();
  const timer = setInterval(ask, ASK_EVERY);
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', ask);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', ask);
  };
}

/** Draws its host anew with every second. */
export class Ticking implements ReactiveController {
  private timer?: ReturnType<typeof setInterval>;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.timer = setInterval(() => this.host.requestUpdate(), 1000);
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
  }
}

/** `4:05`, `1:02:00`; what is over has a minus. */
export function clockText(ms: number): string {
  // A second is shown until it is over.
  const seconds = Math.abs(Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  const text = hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0(?=\d:)/, '');
  return ms <= -1000 ? `−${text}` : text;
}
