/** Work that many events ask for and that is done once. */
export interface Scheduled {
  start(): void;
  cancel(): void;
}

/** Once, `ms` after it was first asked for. */
export function later(run: () => void, ms: number): Scheduled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const fire = () => {
    timer = undefined;
    run();
  };
  return {
    cancel,
    start() {
      timer ??= setTimeout(fire, ms);
    },
  };
}

/** Once per frame; a hidden tab gets no frames, so there a timer stands in. */
export function nextFrame(run: () => void): Scheduled {
  const timed = later(run, 0);
  if (typeof requestAnimationFrame === 'undefined') return timed;
  let frame = 0;
  const cancel = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    timed.cancel();
  };
  const fire = () => {
    cancel();
    run();
  };
  return {
    cancel,
    start() {
      if (document.hidden) timed.start();
      else frame ||= requestAnimationFrame(fire);
    },
  };
}
