/** Values that change over time, and the controller by which a Lit element follows one and lets go of it when it leaves the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Observable<T> {
  get(): T;
  /** Calls on every change. @returns what ends it. */
  subscribe(listener: () => void): () => void;
}

export class Value<T> implements Observable<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  get(): T {
    return this.value;
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

/** Re-renders its host whenever the observed value changes. The source may be another one at each update, or none yet. */
export class Watch<T> implements ReactiveController {
  private source?: Observable<T>;
  private stop?: () => void;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly find: () => Observable<T> | undefined,
  ) {
    host.addController(this);
  }

  get value(): T | undefined {
    return this.find()?.get();
  }

  hostConnected(): void {
    this.follow();
  }

  hostUpdate(): void {
    if (this.find() !== this.source) this.follow();
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = this.source = undefined;
  }

  private follow(): void {
    this.stop?.();
    this.source = this.find();
    this.stop = this.source?.subscribe(() => this.host.requestUpdate());
  }
}
