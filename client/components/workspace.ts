/** `<sb-workspace>`: the screen of a session: top bar, palette, board, panels, and what is looked at across them. */
import '@awesome.me/webawesome/dist/components/split-panel/split-panel.js';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Flow } from '#shared/dfd/model.ts';
import { isProposing, type SessionInfo } from '#shared/document/document.ts';
import { can, type Writer } from '#shared/document/rights.ts';
import type { Threat } from '#shared/document/threats.ts';
import { lastClosed } from '#shared/meeting/votes.ts';
import { LETTERS } from '#shared/stride/letters.ts';
import { type Cell, isInRow } from '#shared/stride/matrix.ts';
import type { StrideboardCanvas } from '../board/strideboard-canvas.ts';
import '../board/strideboard-canvas.ts';
import { spotlight, summon } from '../attention/attention.ts';
import type { Crossing } from '../board/crossings.ts';
import '../attention/notices.ts';
import { type ReactionKind, react } from '../attention/reactions.ts';
import type { Drafts } from '../meeting/drafts.ts';
import type { Desk } from '../session/commands.ts';
import type { SessionConnection } from '../session/connection.ts';
import { type Focus, fromBoard, highlightsOf, NO_FOCUS, onCell } from '../session/focus.ts';
import { newsOf } from '../session/news.ts';
import { Watch } from '../session/observable.ts';
import type { PeopleSource } from '../session/people.ts';
import { isLive } from '../session/saving.ts';
import type { Snapshot, SnapshotSource } from '../session/snapshot.ts';
import { TriageWork } from '../session/triage.ts';
import { icon } from '../theme/icons.ts';
import { colorScheme } from '../theme/scheme.ts';
import './exchange-dialog.ts';
import './pages.ts';
import './palette.ts';
import type { PanelName } from './panel.ts';
import './panels.ts';
import type { Panels } from './panels.ts';
import './share-dialog.ts';
import './top-bar.ts';
import './workspace.css';

/** Width of the panels at first, or their height on a small screen, in px. */
const PANELS_SIZE = 480;

@customElement('sb-workspace')
export class Workspace extends LitElement {
  @query('strideboard-canvas') private canvas?: StrideboardCanvas;
  @query('sb-panels') private panels?: Panels;

  @property() sessionId = '';
  @property({ attribute: false }) me!: Writer;
  @property({ attribute: false }) connection!: SessionConnection;
  @property({ attribute: false }) source!: SnapshotSource;
  @property({ attribute: false }) peopleSource!: PeopleSource;
  @property({ attribute: false }) drafts!: Drafts;

  @state() private looking: Focus = NO_FOCUS;
  @state() private panel: PanelName = 'index';
  /** What the team is at: another phase or crossing takes everybody there. */
  private at: { phase: number; crossing: string } = { phase: 0, crossing: '' };
  @state() private collapsed = false;
  @state() private sharing = false;
  @state() private exchanging = false;
  @state() private dropped: File | null = null;
  @state() private quarantined = 0;
  @state() private narrow = false;
  @state() private following: number | null = null;
  private stopBoard?: () => void;
  private news = '';
  private triage?: TriageWork;
  private seen: Snapshot | null = null;

  private readonly snapshot = new Watch(this, () => this.source);
  private readonly people = new Watch(this, () => this.peopleSource);
  private readonly calls = new Watch(this, () => this.peopleSource.calls);
  private readonly lamp = new Watch(this, () => this.connection.lamp);
  private readonly scheme = new Watch(this, () => colorScheme);
  private readonly small = matchMedia('(max-width: 900px)');
  private readonly onSmall = () => (this.narrow = this.small.matches);

  /** Light DOM: tldraw's styles are the page's. */
  override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.small.addEventListener('change', this.onSmall);
    this.onSmall();
    this.sharing = sessionStorage.getItem('strideboard.share') === this.sessionId;
    sessionStorage.removeItem('strideboard.share');
    this.triage = new TriageWork({
      desk: () => this.desk,
      snapshot: () => this.source.get(),
      awareness: this.connection.awareness,
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.small.removeEventListener('change', this.onSmall);
    this.stopBoard?.();
    this.triage?.dispose();
  }

  override willUpdate() {
    const snapshot = this.snapshot.value!;
    if (this.seen) this.news = newsOf(this.seen.threats, snapshot.threats, this.me.id).at(-1) ?? this.news;
    this.seen = snapshot;
    this.followMeeting(snapshot);
    document.title = `${snapshot.info.title} · Strideboard`;
    this.toggleAttribute('prints-record', this.panel === 'minutes' && !this.collapsed);
  }

  /** Takes the person to what the meeting is at, unless they are typing beside the board. */
  private followMeeting({ info, rows }: Snapshot) {
    const { meeting, crossing } = info;
    const before = this.at;
    this.at = { phase: meeting?.phase ? meeting.phaseStartedAt : 0, crossing };
    if (this.at.phase !== before.phase && this.at.phase && !this.isTyping) {
      this.panel = 'session';
      this.collapsed = false;
    }
    const flow = rows.find(row => row.flow.id === crossing)?.flow;
    if (crossing === before.crossing || !flow || !meeting?.phase) return;
    this.canvas?.board.glideTo([flow.id, flow.source, flow.target].filter(id => id !== null));
  }

  private get isTyping(): boolean {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
  }

  /** Everything that is looked at, from wherever it was chosen. */
  private look(focus: Focus, panel?: PanelName) {
    const moved = focus.shapes.join() !== this.looking.shapes.join();
    this.looking = focus;
    if (panel) this.panel = panel;
    if (moved) this.canvas?.board.select(focus.shapes, { reveal: true });
  }

  private readonly onLook = async ({ detail }: CustomEvent<{ focus: Focus; panel?: PanelName }>) => {
    this.look(detail.focus, detail.panel);
    if (!detail.panel) return;
    await this.updateComplete;
    await this.panels?.takeKeyboard();
  };

  private readonly onSelection = ({ detail }: CustomEvent<{ ids: readonly string[] }>) => {
    this.looking = fromBoard(this.looking, detail.ids);
  };

  /** A marker on the board opens the first cell of its flow that has something in it. */
  private readonly onCrossing = ({ detail }: CustomEvent<{ flow: string }>) => {
    const row = this.snapshot.value!.rows.find(({ flow }) => flow.id === detail.flow);
    const letter =
      LETTERS.find(each => row?.cells[each].threats.length) ??
      LETTERS.find(each => row?.cells[each].open.length);
    this.collapsed = false;
    this.look(onCell(detail.flow, letter ?? 'S'), 'index');
  };

  /** A model of another tool; before the board, which would refuse every file. */
  private readonly onDrop = {
    capture: true,
    handleEvent: (event: DragEvent) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!file || file.type.startsWith('image/') || !can.judge(this.me.role)) return;
      event.preventDefault();
      event.stopPropagation();
      this.exchanging = true;
      this.dropped = file;
    },
  };

  private readonly onNow = () => {
    this.panel = 'session';
    this.collapsed = false;
  };

  private readonly onReact = ({ detail }: CustomEvent<{ kind: ReactionKind }>) =>
    react(this.connection.awareness, detail.kind);

  private readonly onSummon = () => {
    const place = this.canvas?.board.place;
    if (place) summon(this.connection.awareness, place);
  };

  private readonly onSpotlight = ({ detail }: CustomEvent<{ on: boolean }>) => {
    // Who leads follows nobody.
    if (detail.on) this.canvas?.board.follow(null);
    spotlight(this.connection.awareness, detail.on);
  };

  private readonly onFollow = ({ detail }: CustomEvent<{ client: number | null }>) =>
    this.canvas?.board.follow(detail.client);

  private readonly onExchanged = () => {
    this.exchanging = false;
    this.dropped = null;
  };

  override render() {
    const snapshot = this.snapshot.value!;
    const highlights = highlightsOf(this.looking, snapshot);
    const { meeting, crossing } = snapshot.info;
    const lit =
      meeting?.phase?.kind === 'brainstorm' && snapshot.things.has(crossing)
        ? [...highlights.shapes, crossing]
        : highlights.shapes;
    return html`
      <sb-bar
        .desk=${this.desk} .snapshot=${snapshot} .lamp=${this.lamp.value!} .people=${this.people.value ?? []}
        .calls=${this.calls.value!} .following=${this.following} client=${this.connection.doc.clientID}
        @sb-react=${this.onReact} @sb-summon=${this.onSummon} @sb-spotlight=${this.onSpotlight} @sb-follow=${this.onFollow} @sb-now=${this.onNow} @sb-share=${() => (this.sharing = true)}
        @sb-exchange=${() => (this.exchanging = true)}
      ></sb-bar>
      <main>
        <h1 class="visually-hidden">${snapshot.info.title}</h1>
      <sb-palette
        .board=${this.canvas?.board} ?readonly=${!can.draw(this.me.role, snapshot.info.locked)} ?pointing=${can.point(this.me.role)}
      ></sb-palette>
      <wa-split-panel
        primary="end" position-in-pixels=${PANELS_SIZE} orientation=${this.narrow ? 'vertical' : 'horizontal'}
        class=${this.collapsed ? 'collapsed' : ''}
      >
        <div slot="start">${this.renderBoard(snapshot, highlights, lit)}</div>
        <sb-panels
          slot="end" .desk=${this.desk} .snapshot=${snapshot} .looking=${this.looking} .highlights=${highlights} .panel=${this.panel} .drafts=${this.drafts}
          .triage=${this.triage} .people=${this.people.value ?? []}
          @sb-look=${this.onLook} @sb-hide=${() => (this.collapsed = true)}
          @sb-panel=${(event: CustomEvent<{ panel: PanelName }>) => (this.panel = event.detail.panel)}
        ></sb-panels>
      </wa-split-panel>
      </main>
      <p class="visually-hidden" role="status" aria-live="polite">${this.news}</p>
      <sb-share
        .sessionId=${this.sessionId} .myRole=${this.me.role} ?open=${this.sharing} ?closed=${snapshot.info.newcomersClosed} .people=${this.people.value ?? []}
        @sb-closed=${() => (this.sharing = false)}
      ></sb-share>
      <sb-exchange
        .sessionId=${this.sessionId} .myRole=${this.me.role} ?open=${this.exchanging} .dropped=${this.dropped}
        @sb-closed=${this.onExchanged}
      ></sb-exchange>
    `;
  }

  override firstUpdated() {
    // The palette follows the board, which exists only now.
    this.requestUpdate();
    this.stopBoard = this.canvas?.board.subscribe(this.onBoard);
  }

  /** The top bar shows who is followed. */
  private readonly onBoard = () => {
    const { following } = this.canvas!.board;
    if (following !== this.following) this.following = following;
  };

  private renderBoard(
    { rows, info, votes, threats }: Snapshot,
    highlights: ReturnType<typeof highlightsOf>,
    lit: readonly string[],
  ) {
    // Recorded threats always show; what is merely suggested shows while one looks at the flow, so that the board stays calm.
    const result = lastClosed(votes)?.result ?? {};
    const crossings: Crossing[] = rows.map(({ flow, cells }) => {
      const emphasised = highlights.rows.has(flow.id);
      const shows = ({ threats, open }: Cell) => threats.length > 0 || (emphasised && open.length > 0);
      return {
        ...{ flow: flow.id, boundaries: flow.crosses, emphasised },
        letters: LETTERS.filter(letter => shows(cells[letter])),
        dots: dotsOn(flow, result, threats),
      };
    });
    return html`<div class="board" @drop=${this.onDrop}>
      <strideboard-canvas
        .doc=${this.connection.doc} .awareness=${this.connection.awareness} .userRole=${this.me.role}
        .colorScheme=${this.scheme.value!} .highlighted=${lit} .crossings=${crossings}
        @board-selection=${this.onSelection} @board-crossing=${this.onCrossing}
        @board-quarantine=${(event: CustomEvent<{ ids: string[] }>) => (this.quarantined = event.detail.ids.length)}
      ></strideboard-canvas>
      <sb-pages
        .desk=${this.desk} .board=${this.canvas?.board} ?readonly=${!can.draw(this.me.role, info.locked)}
      ></sb-pages>
      <sb-attention
        .board=${this.canvas?.board} .calls=${this.calls.value!} .people=${this.people.value ?? []} .me=${this.me}
        client=${this.connection.doc.clientID} ?meeting=${info.meeting?.endedAt === null} ?live=${isLive(this.lamp.value!)}
        @sb-spotlight=${this.onSpotlight}
      ></sb-attention>
      <div class="banners" role="status">
        ${info.locked && can.draw(this.me.role, false) ? html`<p>${this.lockWord(info)}</p>` : nothing}
        ${this.quarantined > 0 ? html`<p>${this.quarantined} damaged ${this.quarantined === 1 ? 'item is' : 'items are'} not shown. Nothing was deleted.</p>` : nothing}
      </div>
      ${this.collapsed ? html`<button class="show" type="button" @click=${() => (this.collapsed = false)}>${icon('hide')} Show panel</button>` : nothing}
    </div>`;
  }

  private lockWord(info: SessionInfo): string {
    return can.lock(this.me.role)
      ? 'The board is locked: only moderators can draw.'
      : `The moderator has locked the board. You can look around${isProposing(info) || info.round ? ', and go on with threats' : ''}.`;
  }

  private get desk(): Desk {
    return { doc: this.connection.doc, me: this.me, sessionId: this.sessionId };
  }
}

/** What the last vote gave to the threats of a flow and its ends. */
const dotsOn = (flow: Flow, result: Record<string, number>, threats: readonly Threat[]): number =>
  threats.filter(({ target }) => isInRow(flow, target)).reduce((sum, { id }) => sum + (result[id] ?? 0), 0);
