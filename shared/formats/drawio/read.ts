import { KINDS, type Kind } from '../../dfd/kinds.ts';
import { Ids } from '../ids.ts';
import type { Source } from '../source.ts';
import { block, line } from '../text.ts';
import type {
  Box,
  Diagram,
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  FileNote,
  Point,
  Reading,
  Skipped,
  Thing,
} from '../threat-model.ts';
import { type Cell, Sheet } from './cells.ts';
import { type Page, readPages } from './file.ts';
import {
  arc,
  bendOf,
  borderTowards,
  centreOf,
  curve,
  encloses,
  hasLength,
  rounded,
  turned,
} from './geometry.ts';
import { htmlToText } from './labels.ts';
import { keptStyle } from './looks.ts';
import { type Role, rolesOf } from './roles.ts';
import { hasHead, isRed } from './style.ts';
import { type Extra, MARK, REST, readThing, restOf } from './things.ts';

/** How near an element a loose end counts as connected to it: people draw to a shape and miss its anchor. */
const NEAR = 5;

/** @throws {FormatError} */
export function readDrawio(source: Source): Reading {
  const pages = readPages(source.text);
  const [ids, diagramIds] = [new Ids(), new Ids()];
  const skipped: Skipped[] = [];
  const sheets = pages.map((page, n) => new Sheet(page.root, `diagram[${n}]`));
  const diagrams = pages.map((page, n) => {
    const id = diagramIds.take(page.id || page.name || `page-${n + 1}`);
    return new PageReader(page, n, sheets[n]!, ids, skipped).read(id);
  });
  const root = sheets[0]?.cells.find(({ kind, parent }) => kind === 'layer' && parent === '');
  const { foreign } = restOf(root?.data.get(REST) ?? '');
  return {
    model: {
      title: block(root?.data.get('title') ?? ''),
      scope: block(root?.data.get('scope') ?? ''),
      diagrams,
      threats: [],
      ...(typeof foreign === 'object' &&
        foreign !== null &&
        !Array.isArray(foreign) && { foreign: foreign as Thing['foreign'] & object }),
    },
    skipped,
  };
}

class PageReader {
  private readonly roles: Map<Cell, Role>;
  private readonly ids = new Map<Cell, string>();
  private readonly boxes = new Map<Cell, Box>();
  private readonly lines: Set<Cell>;

  constructor(
    private readonly page: Page,
    private readonly n: number,
    private readonly sheet: Sheet,
    private readonly fileIds: Ids,
    private readonly skipped: Skipped[],
  ) {
    this.roles = rolesOf(sheet);
    this.hide();
    for (const cell of sheet.cells) {
      const box = sheet.boxOf(cell);
      if (box) this.boxes.set(cell, box);
    }
    this.lines = new Set(this.edges().filter(edge => this.isBoundaryLine(edge)));
  }

  read(id: string): Diagram {
    for (const cell of this.sheet.cells) {
      if (cell.kind === 'edge' ? !cell.hidden : this.isRepresented(cell))
        this.ids.set(cell, this.fileIds.take(cell.id));
    }
    const elements: FileElement[] = [];
    const boundaries: FileBoundary[] = [];
    const notes: FileNote[] = [];
    const flows: FileFlow[] = [];
    for (const cell of this.sheet.cells) {
      const role = this.roles.get(cell);
      if (this.lines.has(cell) || role?.is === 'boundary' || role?.is === 'boundary-line')
        boundaries.push(...this.boundary(cell));
      else if (cell.kind === 'edge' && this.ids.has(cell)) flows.push(...this.flow(cell));
      else if (role?.is === 'note') notes.push(...this.note(cell));
      else if (role?.is === 'nothing') this.skip(cell, role.why);
      else if (role && 'guessed' in role) elements.push(this.element(cell, role));
    }
    return { id, title: block(this.page.name), elements, flows, boundaries, notes };
  }

  /** What lies in a hidden layer, or in anything hidden, is not in the drawing. */
  private hide(): void {
    for (const cell of this.sheet.cells) {
      const around = this.sheet.ancestorsOf(cell);
      if (!cell.hidden && !around.some(({ hidden }) => hidden)) continue;
      cell.hidden = true;
      this.roles.delete(cell);
      if (around.some(({ hidden }) => hidden)) continue;
      const what = cell.kind === 'layer' ? 'layer' : 'shape';
      this.skipped.push({
        what: `hidden ${what} "${this.text(cell) || cell.id}"`,
        why: 'What is hidden in the drawing is not read.',
        where: this.where(cell),
      });
    }
  }

  private edges(): Cell[] {
    return this.sheet.cells.filter(({ kind, hidden }) => kind === 'edge' && !hidden);
  }

  private isRepresented(cell: Cell): boolean {
    const role = this.roles.get(cell);
    return role !== undefined && role.is !== 'nothing';
  }

  private thing(cell: Cell, kind: Kind, style: string | null): Thing & { extra: Extra } {
    const { extra, ...rest } = readThing(kind, cell.data, style);
    return { id: this.ids.get(cell)!, name: this.text(cell), ...rest, extra };
  }

  /** Its label as a name; on one line, unless we wrote it. */
  private text(cell: Cell): string {
    const text = cell.style.is('html') ? htmlToText(cell.label) : cell.label.replace(/\u00a0/g, ' ');
    return cell.data.has(MARK) ? block(text) : line(text);
  }

  private element(cell: Cell, role: Extract<Role, { guessed: string }>): FileElement {
    const { extra, ...thing } = this.thing(cell, role.is, keptStyle(role.is, cell.style));
    if (!thing.name) thing.name = this.labelInside(cell);
    if (role.guessed)
      this.skipped.push({
        what: `shape of "${thing.name || cell.id}"`,
        why: `${role.guessed} is no shape of a data flow diagram: read as ${KINDS[role.is].label.toLowerCase()}.`,
        where: this.where(cell),
      });
    return {
      ...thing,
      kind: role.is,
      box: this.placeOf(cell, role.is, extra),
      boundary: this.boundaryAround(cell, extra),
    };
  }

  /** Icons have their label beside them in a group. */
  private labelInside(cell: Cell): string {
    const label = this.sheet.childrenOf(cell).find(child => this.roles.get(child)?.is === 'note');
    return label ? this.text(label) : '';
  }

  private boundary(cell: Cell): FileBoundary[] {
    if (cell.kind === 'edge' || this.roles.get(cell)?.is === 'boundary-line') return this.openBoundary(cell);
    const { extra, ...thing } = this.thing(cell, 'trust_boundary', keptStyle('trust_boundary', cell.style));
    const box = this.placeOf(cell, 'trust_boundary', extra);
    return [{ ...thing, box, line: null, parent: this.boundaryAround(cell, extra) }];
  }

  private openBoundary(cell: Cell): FileBoundary[] {
    const { extra, ...thing } = this.thing(cell, 'trust_boundary', null);
    const line = cell.kind === 'edge' ? this.lineOf(cell) : this.lineIn(cell);
    if (line.length < 2) {
      this.skip(cell, 'The drawing does not say where this line lies.');
      return [];
    }
    return [{ ...thing, box: null, line, parent: this.boundaryAround(cell, extra) }];
  }

  private lineOf(edge: Cell): Point[] {
    const { geometry, style } = edge;
    const points = [geometry?.source, ...(geometry?.waypoints ?? []), geometry?.target]
      .filter(point => point != null)
      .map(point => this.sheet.toPage(edge, point));
    return style.is('curved') ? curve(points).map(rounded) : points;
  }

  /** Trust boundaries of draw.io's threat modeling shapes are half an ellipse, bulging to the right. */
  private lineIn(cell: Cell): Point[] {
    const { geometry, style } = cell;
    if (!geometry || geometry.w === null || geometry.h === null) return [];
    const box = this.boxes.get(cell)!;
    const [cx, cy] = centreOf(box);
    const { w, h } = geometry;
    const [left, top, right, bottom] = [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
    const line: Point[] =
      style.shape === 'line'
        ? [
            [left, cy],
            [right, cy],
          ]
        : [
            [left, top],
            ...arc([left, top], [right, top], [right, cy]),
            ...arc([right, cy], [right, bottom], [left, bottom]),
          ];
    return line.map(point => rounded(turned(point, [cx, cy], style.rotation)));
  }

  private placeOf(cell: Cell, kind: Kind, { unplaced }: Extra): Box | null {
    const box = this.boxes.get(cell);
    if (!box) {
      if (!cell.geometry) return null;
      const [x, y] = this.sheet.toPage(cell, [cell.geometry.x, cell.geometry.y]);
      return [x, y, ...KINDS[kind].size];
    }
    return unplaced && String(unplaced) === String(box) ? null : box;
  }

  private boundaryAround(cell: Cell, { boundary }: Extra): string | null {
    const holder = this.sheet.ancestorsOf(cell).find(each => this.roles.get(each)?.is === 'boundary');
    if (holder) return this.ids.get(holder)!;
    return boundary ?? (cell.data.has(MARK) ? null : this.smallestAround(cell));
  }

  private smallestAround(cell: Cell): string | null {
    const box = this.boxes.get(cell);
    if (!box) return null;
    let smallest: { id: string; area: number } | null = null;
    for (const [other, role] of this.roles) {
      const outer = role.is === 'boundary' && other !== cell && this.boxes.get(other);
      if (!outer || !encloses(outer, box)) continue;
      const area = outer[2] * outer[3];
      if (!smallest || area < smallest.area) smallest = { id: this.ids.get(other)!, area };
    }
    return smallest?.id ?? null;
  }

  private note(cell: Cell): FileNote[] {
    const text = cell.style.is('html') ? htmlToText(cell.label) : cell.label;
    const holder = this.sheet.ancestorsOf(cell)[0];
    const isName =
      holder && this.isElement(holder) && !this.text(holder) && this.labelInside(holder) === this.text(cell);
    if (text.trim() === '' || isName) return [];
    const at = this.sheet.toPage(cell, [cell.geometry?.x ?? 0, cell.geometry?.y ?? 0]);
    const [x, y] = this.boxes.get(cell) ?? at;
    return [{ id: this.ids.get(cell)!, text: block(text), at: [x, y] }];
  }

  private isElement(cell: Cell): boolean {
    return this.roles.get(cell) !== undefined && 'guessed' in this.roles.get(cell)!;
  }

  /** The element that an end of an edge is fixed to, or that holds what it is fixed to. */
  private elementAt(ref: string): Cell | undefined {
    const cell = this.sheet.cell(ref);
    if (!cell) return undefined;
    const chain = [cell, ...this.sheet.ancestorsOf(cell)];
    const found = chain.find(each => this.roles.has(each) && this.roles.get(each)!.is !== 'nothing');
    return found && this.isElement(found) ? found : undefined;
  }

  private isBoundaryLine(edge: Cell): boolean {
    const mark = edge.data.get(MARK);
    if (mark !== undefined) return mark === 'trust_boundary';
    const { style } = edge;
    if (hasHead(style, 'startArrow') || hasHead(style, 'endArrow')) return false;
    const ends = [edge.source, edge.target].filter(ref => this.elementAt(ref)).length;
    return style.is('dashed') ? ends === 0 || (ends === 1 && isRed(style)) : ends === 0 && isRed(style);
  }

  private flow(edge: Cell): FileFlow[] {
    const { extra, ...thing } = this.thing(edge, 'data_flow', keptStyle('data_flow', edge.style));
    const ours = edge.data.get(MARK) === 'data_flow';
    const labels = this.sheet.childrenOf(edge).map(label => this.text(label));
    const name = [thing.name, ...labels].filter(text => text !== '').join(', ');
    const [start, end] = [hasHead(edge.style, 'startArrow'), hasHead(edge.style, 'endArrow')];
    const ends = [this.end(edge, 'source', ours), this.end(edge, 'target', ours)];
    if (!start && !end) {
      if (!ends.some(({ element }) => element)) {
        this.skip(edge, 'It is a line without an arrowhead that is fixed to nothing.');
        return [];
      }
      this.mention(edge, name, 'A line without an arrowhead is read as a flow both ways.');
    }
    const backwards = start && !end;
    const [from, to] = backwards ? [ends[1]!, ends[0]!] : [ends[0]!, ends[1]!];
    return [
      {
        ...thing,
        name,
        source: from.end,
        target: to.end,
        bidirectional: start === end,
        bend:
          this.bend(
            edge,
            ends.map(({ at }) => at),
            extra,
          ) * (backwards ? -1 : 1) || 0,
      },
    ];
  }

  private mention(edge: Cell, name: string, why: string): void {
    this.skipped.push({ what: `flow "${name || edge.id}"`, why, where: this.where(edge) });
  }

  /** An end of a flow, and where it lies: the centre of an element. */
  private end(
    edge: Cell,
    which: 'source' | 'target',
    ours: boolean,
  ): { end: End; at: Point | null; element: boolean } {
    const fixed = this.elementAt(edge[which]);
    if (fixed) return this.endAt(fixed);
    const point = edge.geometry?.[which];
    let at = point ? this.sheet.toPage(edge, point) : null;
    const cell = this.sheet.cell(edge[which]);
    const box = cell && this.boxes.get(cell);
    if (box) {
      const other = which === 'source' ? 'target' : 'source';
      const far = this.sheet.cell(edge[other]);
      const farBox = far && this.boxes.get(far);
      const towards = farBox ? centreOf(farBox) : edge.geometry?.[other];
      at = rounded(towards ? borderTowards(box, towards) : centreOf(box));
      const what = `${which} of flow "${this.text(edge) || edge.id}"`;
      const why = `It is fixed to "${this.text(cell) || cell.id}", which is no element: read as a free end.`;
      this.skipped.push({ what, why, where: this.where(edge) });
    } else if (at && !ours) {
      const near = this.elementNear(at);
      if (near) return this.endAt(near);
    }
    return { end: { point: at }, at, element: false };
  }

  private endAt(cell: Cell): { end: End; at: Point | null; element: boolean } {
    const box = this.boxes.get(cell);
    return { end: { element: this.ids.get(cell)! }, at: box ? centreOf(box) : null, element: true };
  }

  private elementNear([x, y]: Point): Cell | undefined {
    for (const [cell, box] of this.boxes) {
      const [left, top, w, h] = box;
      const near = x >= left - NEAR && x <= left + w + NEAR && y >= top - NEAR && y <= top + h + NEAR;
      if (near && this.isElement(cell)) return cell;
    }
    return undefined;
  }

  private bend(edge: Cell, [from, to]: (Point | null)[], { bend = 0 }: Extra): number {
    if (!from || !to || !hasLength(from, to)) return bend;
    const waypoints = (edge.geometry?.waypoints ?? []).map(point => this.sheet.toPage(edge, point));
    const points = [from, ...waypoints, to];
    return waypoints.length === 0 ? 0 : bendOf(edge.style.is('curved') ? curve(points) : points);
  }

  private skip(cell: Cell, why: string): void {
    if (why === '') return;
    const name = this.text(cell) || cell.id;
    this.skipped.push({
      what: `${cell.kind === 'edge' ? 'line' : 'shape'} "${name}"`,
      why,
      where: this.where(cell),
    });
  }

  private where({ id }: Cell): string {
    return `diagram[${this.n}] cell ${id}`;
  }
}
