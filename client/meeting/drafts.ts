/**
 * What a person writes in private rounds: kept in this browser until the server has it, so that neither a closed tab nor a network that
 * is gone loses a word, and sent to nobody else.
 */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import { same } from '#shared/document/board.ts';
import { readSession, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Letter } from '#shared/stride/letters.ts';
import { type ApiFailure, api, body, isRefusal } from '../session/api.ts';
import { Value } from '../session/observable.ts';

export interface DraftContent {
  title: string;
  description: string;
  stride: Letter[];
  target: string;
}

export interface Draft extends DraftContent {
  id: string;
  /**
   * `waiting` to reach the server; `stored` there; `withdrawn` here, which the server does not know yet; `late`: it got there after the
   * round was revealed, or while no threats were taken.
   */
  state: 'waiting' | 'stored' | 'withdrawn' | 'late';
}

/** The server, as far as drafts go; each throws {@link ApiFailure}. */
export interface DraftServer {
  list(): Promise<(DraftContent & { id: string })[]>;
  put(id: string, content: DraftContent): Promise<unknown>;
  remove(id: string): Promise<unknown>;
}

/** Pause before what did not reach the server is sent again, in ms. */
const RETRY = 2_000;

export const draftServer = (sessionId: string): DraftServer => {
  const { drafts } = api.sessions[':id'].round;
  const param = (draftId: string) => ({ id: sessionId, draftId });
  return {
    list: () => body(drafts.$get({ param: { id: sessionId } })),
    put: (id, json) => body(drafts[':draftId'].$put({ param: param(id), json })),
    remove: id => body(drafts[':draftId'].$delete({ param: param(id) })),
  };
};

export class Drafts extends Value<readonly Draft[]> {
  private sending = false;
  private retry?: ReturnType<typeof setTimeout>;
  private readonly onOnline = () => void this.send();

  /** @param key where they are kept in `storage`: of one person in one session */
  constructor(
    private readonly server: DraftServer,
    private readonly key: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
  ) {
    super(read(storage, key));
    window.addEventListener('online', this.onOnline);
  }

  dispose(): void {
    clearTimeout(this.retry);
    window.removeEventListener('online', this.onOnline);
  }

  /** A round is open, a new one or one that this window did not know: what is there of it is shown, what waits is sent. */
  async open(): Promise<void> {
    await this.send();
    const stored = await this.server.list().catch(() => null);
    if (!stored) return;
    const known = new Map(this.get().map(draft => [draft.id, draft]));
    const others = this.get().filter(({ state }) => state !== 'stored');
    const unchanged = stored.filter(({ id }) => (known.get(id)?.state ?? 'stored') === 'stored');
    this.keep([...unchanged.map(draft => ({ ...draft, state: 'stored' as const })), ...others]);
  }

  /** No round is open any more: what the server has is revealed, or dropped with the round. */
  close(): void {
    this.keep(
      this.get()
        .filter(({ state }) => state === 'waiting' || state === 'late')
        .map(draft => ({ ...draft, state: 'late' })),
    );
  }

  /** Keeps threats that the server took from nobody. */
  rescue(threats: readonly (DraftContent & { id: string })[]): void {
    const late = threats.map(({ id, title, description, stride, target }) => ({
      ...{ id, title, description, stride, target },
      state: 'late' as const,
    }));
    if (late.length > 0) this.keep([...this.get(), ...late]);
  }

  add(content: DraftContent): void {
    this.keep([...this.get(), { id: nanoid(), ...content, state: 'waiting' }]);
    void this.send();
  }

  change(id: string, change: Partial<DraftContent>): void {
    this.keep(this.get().map(draft => (draft.id === id ? { ...draft, ...change, state: 'waiting' } : draft)));
    void this.send();
  }

  /** Takes one back; a late one is only forgotten here. */
  remove(id: string): void {
    const drafts = this.get();
    const isLate = drafts.some(draft => draft.id === id && draft.state === 'late');
    if (isLate) this.keep(drafts.filter(draft => draft.id !== id));
    else this.keep(drafts.map(draft => (draft.id === id ? { ...draft, state: 'withdrawn' } : draft)));
    void this.send();
  }

  /** Sends what waits, one by one; what can't be sent now is tried again. */
  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.retry);
    try {
      for (let next = this.due(); next; next = this.due()) await this.sendOne(next);
    } catch {
      this.retry = setTimeout(() => void this.send(), RETRY);
    } finally {
      this.sending = false;
    }
  }

  private due(): Draft | undefined {
    return this.get().find(({ state }) => state === 'waiting' || state === 'withdrawn');
  }

  /** @throws when the server was not reached, or could not do its work */
  private async sendOne(sent: Draft): Promise<void> {
    const { id, state, ...content } = sent;
    try {
      await (state === 'withdrawn' ? this.server.remove(id) : this.server.put(id, content));
      // Changed again meanwhile, it waits again.
      this.replace(sent, state === 'withdrawn' ? null : { ...sent, state: 'stored' });
    } catch (error) {
      if (!isRefusal(error as ApiFailure)) throw error;
      this.replace(sent, state === 'withdrawn' ? null : { ...sent, state: 'late' });
    }
  }

  private replace(before: Draft, after: Draft | null): void {
    const next = (draft: Draft) => {
      if (!isSent(draft, before)) return [draft];
      return after && !(draft.state === 'late' && after.state === 'stored') ? [after] : [];
    };
    this.keep(this.get().flatMap(next));
  }

  private keep(drafts: readonly Draft[]): void {
    this.storage.setItem(this.key, JSON.stringify(drafts));
    this.set(drafts);
  }
}

/** Whether a draft is what was sent; it counts as late where the answer comes after the word that the round is over. */
const isSent = ({ state, ...draft }: Draft, { state: stateThen, ...sent }: Draft): boolean =>
  (state === stateThen || state === 'late') && same(draft, sent);

/** Calls with whether a private round is open: at once where one is, and whenever another opens or closes. @returns what ends it */
export function onRound(doc: Y.Doc, changed: (isOpen: boolean) => void): () => void {
  const session = root(doc, 'session');
  let last: string | null = null;
  let loaded = false;
  const look = () => {
    const id = readSession(doc).round?.id ?? null;
    // Before the document is here nothing is known.
    if (!session.has(SESSION_ENTRY) || (loaded && id === last)) return;
    loaded = true;
    last = id;
    changed(id !== null);
  };
  session.observeDeep(look);
  look();
  return () => session.unobserveDeep(look);
}

function read(storage: Pick<Storage, 'getItem'>, key: string): readonly Draft[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? (stored as Draft[]) : [];
  } catch {
    return [];
  }
}
