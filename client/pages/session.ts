/** `<sb-session>`: loads one session, shows it, and says what happened when it can't. */
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type * as Y from 'yjs';
import { readThreats } from '#shared/document/document.ts';
import { CLOSE } from '#shared/document/protocol.ts';
import type { Writer } from '#shared/document/rights.ts';
import { ROLE_PURPOSE } from '#shared/document/roles.ts';
import type { Threat } from '#shared/document/threats.ts';
import { CATALOGUE, Catalogue } from '#shared/stride/catalogue.ts';
import { followClock } from '../meeting/clock.ts';
import { Drafts, draftServer, onRound } from '../meeting/drafts.ts';
import { type ApiFailure, api, body } from '../session/api.ts';
import { type Closed, SessionConnection } from '../session/connection.ts';
import { Watch } from '../session/observable.ts';
import { PeopleSource } from '../session/people.ts';
import { SnapshotSource } from '../session/snapshot.ts';
import '../components/workspace.ts';
import './not-found.ts';

/** Pause before a server that did not answer is asked again, in ms. */
const RETRY_AFTER = 2_000;

/** One open copy of the session and what hangs on it. */
interface Live {
  connection: SessionConnection;
  snapshot: SnapshotSource;
  people: PeopleSource;
  drafts: Drafts;
  /** Ends what follows the document and the clock. */
  stop(): void;
}

/** So many refusals within this time, in ms, are no accident. */
const RELOADS = { most: 3, within: 30_000 };

@customElement('sb-session')
export class SessionPage extends LitElement {
  @property() sessionId = '';

  @state() private me: Writer | null = null;
  @state() private live: Live | null = null;
  @state() private failure: { heading: string; message: string } | null = null;
  /** What the person should know about, until they close it. */
  @state() private notice = '';

  /** When the session was loaded anew after a refusal, in ms since 1970. */
  private reloads: number[] = [];

  /** Own proposals of a copy that was dropped: what the server never took of them is kept. */
  private unsent: readonly Threat[] = [];

  private readonly loaded = new Watch(this, () => this.live?.connection.loaded);

  override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.updateComplete.then(() => this.enter());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.retry);
    this.close();
  }

  private retry?: ReturnType<typeof setTimeout>;

  private async enter() {
    try {
      const [{ me, role }, rules] = await Promise.all([this.whoAmI(), this.serverRules()]);
      this.me = { ...me, role };
      this.open(rules.length > 0 ? new Catalogue([...CATALOGUE.rules, ...rules]) : CATALOGUE);
    } catch (error) {
      const { code, message } = error as ApiFailure;
      // A server that is starting, or a network that is not: both come back.
      if ((code === 'unreachable' || code === 'unavailable') && this.isConnected) {
        this.retry = setTimeout(() => this.enter(), RETRY_AFTER);
        return;
      }
      this.failure = { heading: 'This session does not open', message };
    }
  }

  private whoAmI() {
    return body(api.sessions[':id'].$get({ param: { id: this.sessionId } }));
  }

  /** Those that this server has beside the product's. */
  private serverRules() {
    const route = api.sessions[':id'].rules;
    return body(route.$get({ param: { id: this.sessionId }, query: { origin: 'server' } }));
  }

  private open(catalogue: Catalogue) {
    const connection = new SessionConnection(this.sessionId, {
      onClosed: closed => this.onClosed(closed),
      // A role may have changed meanwhile.
      onReconnected: () =>
        this.whoAmI().then(
          ({ me, role }) => this.become({ ...me, role }),
          () => {},
        ),
    });
    this.live = {
      connection,
      snapshot: new SnapshotSource(connection.doc, catalogue),
      people: new PeopleSource(connection.awareness, this.me!.id),
      ...this.meetingOf(connection.doc),
    };
  }

  /** Goes on under another role, and says so. */
  private become(me: Writer) {
    if (me.role !== this.me?.role)
      this.notice = `You are ${me.role === 'observer' ? 'an' : 'a'} ${me.role} now. ${ROLE_PURPOSE[me.role]}`;
    this.me = me;
  }

  /** Private drafts come and go with the rounds of the session. */
  private meetingOf(doc: Y.Doc): Pick<Live, 'drafts' | 'stop'> {
    const drafts = new Drafts(
      draftServer(this.sessionId),
      `strideboard.drafts.${this.sessionId}.${this.me!.id}`,
    );
    const stopClock = followClock();
    const stopRounds = onRound(doc, round => (round ? void drafts.open() : drafts.close()));
    const stop = () => {
      stopClock();
      stopRounds();
      drafts.dispose();
    };
    return { drafts, stop };
  }

  private close() {
    const { live } = this;
    this.live = null;
    live?.snapshot.dispose();
    live?.people.dispose();
    live?.stop();
    live?.connection.close();
  }

  /** A refused change is dropped with this copy, and the session loaded anew; any other permanent close is the end. */
  private onClosed({ code, reason, unsaved }: Closed) {
    const { live, me } = this;
    // A threat that was written at the wrong moment is not lost with the copy that it was written into.
    if (live && me && unsaved)
      this.unsent = readThreats(live.connection.doc).filter(
        ({ by, status }) => by.id === me.id && status === 'proposed',
      );
    this.close();
    const recoverable = code === CLOSE.refused.code || code === CLOSE.tooLarge.code;
    if (recoverable && !this.mayReload()) {
      this.failure = {
        heading: 'The session could not be kept open',
        message: `The server keeps refusing what this window sends: ${reason}. Reload the page to try again.`,
      };
    } else if (code === CLOSE.refused.code) {
      this.notice = `Your last change was not accepted: ${reason}. ${unsaved ? 'It was taken back, and the' : 'The'} session was loaded anew.`;
      this.enter();
    } else if (code === CLOSE.tooLarge.code) {
      this.notice = 'Your last change was too large to send and was taken back. The session was loaded anew.';
      this.enter();
    } else if (code === CLOSE.removed.code)
      this.failure = {
        heading: 'You were removed from this session',
        message: 'A moderator decided so. Your work so far stays with the team.',
      };
    else this.failure = { heading: 'The session was closed for you', message: `The server says: ${reason}.` };
  }

  /** A copy that is refused again and again would else be loaded for ever. */
  private mayReload(): boolean {
    const now = Date.now();
    this.reloads = [...this.reloads.filter(at => now - at < RELOADS.within), now];
    return this.reloads.length <= RELOADS.most;
  }

  override updated() {
    if (!this.live || !this.loaded.value || this.unsent.length === 0) return;
    const taken = new Set(readThreats(this.live.connection.doc).map(({ id }) => id));
    this.live.drafts.rescue(this.unsent.filter(({ id }) => !taken.has(id)));
    this.unsent = [];
  }

  override render() {
    if (this.failure)
      return html`<sb-not-found heading=${this.failure.heading} message=${this.failure.message}></sb-not-found>`;
    if (!this.live || !this.me || !this.loaded.value) {
      return html`<p class="loading" role="status">Loading the session …</p>`;
    }
    const { connection, snapshot, people, drafts } = this.live;
    return html`<sb-workspace
        .sessionId=${this.sessionId} .me=${this.me} .connection=${connection} .source=${snapshot} .peopleSource=${people} .drafts=${drafts}
        @sb-notice=${(event: CustomEvent<{ text: string }>) => (this.notice = event.detail.text)}
      ></sb-workspace>
      ${
        this.notice
          ? html`<div class="notice" role="alert">
              <span>${this.notice}</span><button type="button" @click=${() => (this.notice = '')}>Close</button>
            </div>`
          : nothing
      }`;
  }
}
