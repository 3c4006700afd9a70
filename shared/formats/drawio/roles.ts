/** What each cell of a page stands for in a data flow diagram. */
import { type ElementKind, isElementKind } from '../../dfd/kinds.ts';
import type { Box } from '../threat-model.ts';
import type { Cell, Sheet } from './cells.ts';
import { encloses } from './geometry.ts';
import { guessKind, isContainer, type Look, lookOf } from './style.ts';
import { MARK } from './things.ts';

export type Role =
  | { is: ElementKind /** What it looks like, where its kind is but likely. */; guessed: string }
  | { is: 'boundary' | 'boundary-line' | 'note' }
  /** Not represented; `why` is empty where nothing is lost. */
  | { is: 'nothing'; why: string };

/** The roles of the vertices of a page; labels of edges have none. */
export function rolesOf(sheet: Sheet): Map<Cell, Role> {
  return new Roles(sheet).all();
}

interface Placed {
  cell: Cell;
  box: Box;
}

class Roles {
  private readonly looks = new Map<Cell, Look>();
  private readonly connected: ReadonlySet<string>;
  /** What a boundary may hold, by its left side. */
  private readonly held: Placed[];

  constructor(private readonly sheet: Sheet) {
    const edges = sheet.cells.filter(({ kind, hidden }) => kind === 'edge' && !hidden);
    this.connected = new Set(edges.flatMap(({ source, target }) => [source, target]));
    for (const cell of sheet.cells) if (this.isDrawn(cell)) this.looks.set(cell, lookOf(cell.style));
    this.held = [...this.looks.keys()]
      .filter(cell => this.isHeld(cell))
      .map(cell => ({ cell, box: sheet.boxOf(cell) }))
      .filter((placed): placed is Placed => placed.box !== null)
      .sort((a, b) => a.box[0] - b.box[0]);
  }

  all(): Map<Cell, Role> {
    return new Map(
      [...this.looks].map(([cell, look]) => [cell, this.marked(cell) ?? this.roleOf(cell, look)]),
    );
  }

  private isDrawn(cell: Cell): boolean {
    return cell.kind === 'vertex' && this.sheet.ancestorsOf(cell)[0]?.kind !== 'edge';
  }

  private flows(cell: Cell): boolean {
    return this.connected.has(cell.id) && this.sheet.cell(cell.id) === cell;
  }

  /** Whether something around it is a boundary because of it. */
  private isHeld(cell: Cell): boolean {
    const look = this.looks.get(cell)!;
    if (look === 'picture') return this.flows(cell);
    return (
      look !== 'note' && look !== 'line' && look !== 'table' && look !== 'part' && !isContainer(cell.style)
    );
  }

  private marked({ data }: Cell): Role | null {
    const mark = data.get(MARK) ?? '';
    if (isElementKind(mark)) return { is: mark, guessed: '' };
    if (mark === 'trust_boundary') return { is: 'boundary' };
    return mark === 'note' ? { is: 'note' } : null;
  }

  private roleOf(cell: Cell, look: Look): Role {
    const { style } = cell;
    const flows = this.flows(cell);
    if (this.sheet.ancestorsOf(cell).some(holder => this.looks.get(holder) === 'table'))
      return { is: 'nothing', why: '' };
    if (look === 'note' && !flows) return { is: 'note' };
    if (look === 'line') return { is: 'boundary-line' };
    if (look === 'part' && !flows) return { is: 'nothing', why: '' };
    if (look === 'table' && !flows)
      return { is: 'nothing', why: 'It is a table, which a data flow diagram does not have.' };
    if (look === 'data_store') return { is: look, guessed: '' };
    if (this.encloses(cell) && look !== 'note') return { is: 'boundary' };
    if (style.is('dashed') && !flows && (look === 'process' || look === 'external_entity'))
      return { is: 'boundary' };
    if (isContainer(style) && !flows) return this.emptyContainer(cell);
    const shape = style.get('resIcon') || style.get('shape') || style.names[0] || 'text';
    if (look === 'process' || look === 'external_entity')
      return { is: look, guessed: isContainer(style) ? shape : '' };
    if (flows) return { is: guessKind(style, cell.label), guessed: shape };
    return {
      is: 'nothing',
      why: `No flow reaches it, and its shape (${shape}) is none of a data flow diagram.`,
    };
  }

  /** A group is how draw.io keeps things together; without a name it says nothing. */
  private emptyContainer(cell: Cell): Role {
    if (cell.label.trim() === '') return { is: 'nothing', why: '' };
    return { is: 'boundary' };
  }

  /** Whether it holds elements, by nesting or by place: a group only when it has a name or a line. */
  private encloses(cell: Cell): boolean {
    const { style, label } = cell;
    const bare = style.shape === 'group' && label.trim() === '' && style.get('strokeColor') === '';
    if (bare) return false;
    if (this.nested(cell).some(inner => this.looks.has(inner) && this.isHeld(inner))) return true;
    const box = this.sheet.boxOf(cell);
    if (!box) return false;
    for (let i = this.firstFrom(box[0]); i < this.held.length; i++) {
      const { cell: other, box: inner } = this.held[i]!;
      if (inner[0] > box[0] + box[2]) return false;
      if (other !== cell && encloses(box, inner) && !this.sheet.ancestorsOf(cell).includes(other))
        return true;
    }
    return false;
  }

  private nested(cell: Cell): Cell[] {
    const inner: Cell[] = [];
    let level: readonly Cell[] = this.sheet.childrenOf(cell);
    while (level.length > 0) {
      inner.push(...level);
      level = level.flatMap(child => this.sheet.childrenOf(child));
    }
    return inner;
  }

  /** Index of the first that may be held by what starts at `left`. */
  private firstFrom(left: number): number {
    let [low, high] = [0, this.held.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.held[middle]!.box[0] < left) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
