/**
 * What an earlier import brought and the team deleted since: it stays deleted while the file says nothing new of it. Where nothing of
 * the file is left at all, it is brought anew: nobody brings a file in order to see none of it.
 */
import type { Change } from '#shared/formats/changes.ts';
import type { Diagram, Skipped, ThreatModel } from '#shared/formats/threat-model.ts';
import type { Board } from './board-of.ts';
import { boundaryFacts, elementFacts, type Facts, flowFacts, hash, noteFacts, threatFacts } from './facts.ts';
import type { Ledger } from './ledger.ts';

type Kind = Change['kind'];

export interface Deleted {
  /** The file without what stays deleted; flows and threats may still name it, as the file does. */
  file: ThreatModel;
  /** Ids of the elements, flows and boundaries that stay deleted. */
  gone: ReadonlySet<string>;
  /** Of those that were deleted and come back: the file says something new. */
  back: ReadonlySet<string>;
  skipped: Skipped[];
  /** With a word for what comes back. */
  tell: (added: readonly Change[]) => Change[];
}

const COMES_BACK = 'deleted here since the last import, and the file says something new of it';
const STAYS_DELETED = 'deleted here since the last import, left out';

export function leaveOut(given: ThreatModel, board: Board, ledger: Ledger, format: string): Deleted {
  const out = new LeavingOut(given, board, ledger, format);
  const diagrams = given.diagrams.flatMap(diagram => out.diagram(diagram));
  const threats = given.threats.filter(each => out.keeps('threat', each, each.title, threatFacts(each)));
  return {
    ...{ file: { ...given, diagrams, threats }, gone: out.gone, back: out.back, skipped: out.skipped },
    tell: added =>
      added.map(change => (out.returned.has(nameOf(change)) ? { ...change, what: [COMES_BACK] } : change)),
  };
}

/** Notes for the next import what this one brings. */
export function note({ diagrams, threats }: ThreatModel, ledger: Ledger, isThere: (id: string) => boolean) {
  for (const diagram of diagrams) {
    ledger.put('diagram', diagram.id, diagramFacts(diagram));
    for (const [kind, id, , facts] of thingsOf(diagram)) if (isThere(id)) ledger.put(kind, id, facts);
  }
  for (const threat of threats) ledger.put('threat', threat.id, threatFacts(threat));
}

const nameOf = ({ kind, id }: Pick<Change, 'kind' | 'id'>): string => `${kind} ${id}`;
const diagramFacts = ({ title }: Diagram): Facts => ({ title });

function thingsOf({ elements, flows, boundaries, notes }: Diagram): [Kind, string, string, Facts][] {
  return [
    ...elements.map(each => ['element', each.id, each.name, elementFacts(each)] as const),
    ...flows.map(each => ['flow', each.id, each.name, flowFacts(each)] as const),
    ...boundaries.map(each => ['boundary', each.id, each.name, boundaryFacts(each)] as const),
    ...notes.map(each => ['note', each.id, each.text.slice(0, 80), noteFacts(each)] as const),
  ].map(each => [...each]);
}

class LeavingOut {
  readonly skipped: Skipped[] = [];
  readonly gone = new Set<string>();
  readonly back = new Set<string>();
  /** Of all kinds: see `nameOf`. */
  readonly returned = new Set<string>();
  private readonly anew: boolean;

  constructor(
    { diagrams, threats }: ThreatModel,
    private readonly board: Board,
    private readonly ledger: Ledger,
    private readonly format: string,
  ) {
    this.anew = !(
      threats.some(({ id }) => board.has('threat', id)) ||
      diagrams.some(diagram => thingsOf(diagram).some(([kind, id]) => board.has(kind, id)))
    );
  }

  keeps(kind: Kind, { id }: { id: string }, name: string, facts: Facts, where = ''): boolean {
    if (this.anew || this.board.has(kind, id)) return true;
    const state = this.ledger.compare(kind, id, facts);
    if (state === 'new') return true;
    if (state === 'changed') {
      this.returned.add(nameOf({ kind, id }));
      if (kind !== 'threat') this.back.add(id);
      return true;
    }
    if (kind !== 'threat') this.gone.add(id);
    this.skipped.push({ what: `${kind} “${name || id}”`, why: STAYS_DELETED, where });
    return false;
  }

  /** @returns nothing where its page was deleted, and nothing of it comes back */
  diagram(diagram: Diagram): Diagram[] {
    const where = diagram.title;
    const kept = new Set(
      thingsOf(diagram).flatMap(([kind, id, name, facts]) =>
        this.keeps(kind, { id }, name, facts, where) ? [id] : [],
      ),
    );
    if (kept.size === 0 && this.isDeleted(diagram)) {
      this.skipped.push({ what: `diagram “${diagram.title || diagram.id}”`, why: STAYS_DELETED, where: '' });
      return [];
    }
    const isKept = ({ id }: { id: string }) => kept.has(id);
    const around = new Map(diagram.boundaries.map(({ id, parent }) => [id, parent]));
    const holder = (id: string | null): string | null => {
      let at = id;
      while (at !== null && this.gone.has(at)) at = around.get(at) ?? null;
      return at;
    };
    return [
      {
        ...diagram,
        elements: diagram.elements.filter(isKept).map(each => ({ ...each, boundary: holder(each.boundary) })),
        boundaries: diagram.boundaries.filter(isKept).map(each => ({ ...each, parent: holder(each.parent) })),
        flows: diagram.flows.filter(isKept),
        notes: diagram.notes.filter(isKept),
      },
    ];
  }

  private isDeleted(diagram: Diagram): boolean {
    if (this.anew || this.ledger.compare('diagram', diagram.id, diagramFacts(diagram)) !== 'same')
      return false;
    return !this.board.model.diagrams.some(
      ({ id }) =>
        id === diagram.id || this.board.markOfRecord(`page:${id}`, this.format)?.id === hash(diagram.id),
    );
  }
}
