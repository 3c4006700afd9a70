/** A threat model as a file of Threat Dragon 2. */

import { Ids } from '../ids.ts';
import { isLoose, type Loose } from '../loose.ts';
import type { Diagram, FileThreat, Skipped, ThreatModel, Written } from '../threat-model.ts';
import { listOf, merged, objectOf, without } from './json.ts';
import { FORMAT, STANDARD_DIAGRAM, STANDARD_FILE, VERSION } from './names.ts';
import { placed } from './place.ts';
import { numberOfThreat, writeThreat } from './threats.ts';
import { type CellThreats, CellWriter } from './write-cells.ts';

/** Its importer names the page of the model by the title, so that one has to be. */
const UNTITLED = 'Untitled threat model';

export function write(model: ThreatModel): Written {
  const writer = new FileWriter(model);
  return { content: `${JSON.stringify(writer.file(), null, 2)}\n`, skipped: writer.skipped };
}

class FileWriter {
  readonly skipped: Skipped[] = [];
  private readonly foreign: Loose;
  private readonly details: Loose[];
  private readonly threats = new Map<string, FileThreat[]>();
  private readonly cells: CellWriter;
  private threatTop: number;
  private diagramTop = 0;

  constructor(private readonly model: ThreatModel) {
    this.foreign = objectOf(model.foreign?.[FORMAT]);
    this.details = listOf(this.foreign.diagrams).filter(isLoose);
    for (const threat of model.threats)
      this.threats.set(threat.target, [...(this.threats.get(threat.target) ?? []), threat]);
    this.threatTop = Math.max(
      numberIn(objectOf(this.foreign.detail).threatTop),
      ...model.threats.map(({ foreign }) => numberOfThreat(objectOf(foreign?.[FORMAT])) ?? 0),
    );
    this.cells = new CellWriter(cellIds(model), listOf(this.foreign.notes).filter(isLoose), this.skipped);
  }

  file(): Loose {
    const { title, scope } = this.model;
    const numbers = this.diagramNumbers();
    const diagrams = this.model.diagrams.map((diagram, n) => this.diagram(diagram, n, numbers[n]!));
    const targets = new Set(
      this.model.diagrams.flatMap(({ elements, flows, boundaries }) =>
        [...elements, ...flows, ...boundaries].map(({ id }) => id),
      ),
    );
    for (const threat of this.model.threats) {
      if (!targets.has(threat.target))
        this.skip(`threat "${threat.title}"`, 'In Threat Dragon a threat is on a thing of a diagram.');
    }
    const file = merged(STANDARD_FILE, without(this.foreign, ['diagrams', 'notes']));
    const version = String(file.version);
    return {
      ...file,
      version: version.startsWith('2.') && version.length <= 10 ? version : VERSION,
      summary: { id: 0, ...objectOf(file.summary), title: title || UNTITLED, description: scope },
      detail: {
        ...objectOf(file.detail),
        diagrams,
        diagramTop: Math.max(numberIn(objectOf(this.foreign.detail).diagramTop), this.diagramTop),
        threatTop: this.threatTop,
      },
    };
  }

  private diagram(diagram: Diagram, n: number, id: number): Loose {
    const { id: _, ...own } = this.detail(diagram, n) ?? {};
    const detail = merged(STANDARD_DIAGRAM, own);
    const method = String(detail.diagramType);
    const version = String(detail.version);
    return {
      ...detail,
      diagramType: method.length >= 3 ? method : STANDARD_DIAGRAM.diagramType,
      version: version.startsWith('2.') && version.length <= 10 ? version : VERSION,
      id,
      title: diagram.title,
      cells: this.cells.diagram(placed(diagram), target => this.threatsOn(target)),
    };
  }

  /** What the file had of this diagram; a board calls its first page by a name of its own. */
  private detail({ id }: Diagram, n: number): Loose | undefined {
    const known = this.details.find(detail => detail.id === id);
    if (known) return known;
    const ids = new Set<unknown>(this.model.diagrams.map(diagram => diagram.id));
    const here = this.details[n];
    return here && !ids.has(here.id) ? here : undefined;
  }

  /** Whole numbers, as the file had them where it had. */
  private diagramNumbers(): number[] {
    const taken = new Set<number>();
    const wanted = this.model.diagrams.map((diagram, n) => {
      const text = String(this.detail(diagram, n)?.id ?? diagram.id);
      const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
      if (number < 0 || taken.has(number)) return null;
      taken.add(number);
      return number;
    });
    let next = Math.max(numberIn(objectOf(this.foreign.detail).diagramTop), ...[...taken].map(id => id + 1));
    const numbers = wanted.map(number => number ?? next++);
    this.diagramTop = Math.max(0, ...numbers.map(number => number + 1));
    return numbers;
  }

  private threatsOn(target: string): CellThreats {
    const threats = this.threats.get(target) ?? [];
    return {
      open: threats.some(({ status }) => status === 'open' || status === 'proposed'),
      threats: threats.map(each => {
        const { threat, lost } = writeThreat(each, () => ++this.threatTop);
        if (lost.length > 0)
          this.skip(`threat "${each.title}": ${lost.join('; ')}`, 'Threat Dragon has no place for it.');
        return threat;
      }),
    };
  }

  private skip(what: string, why: string): void {
    this.skipped.push({ what, why, where: '' });
  }
}

const numberIn = (value: unknown): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : 0;

/** The ids of the cells: its schema wants two letters at least. */
function cellIds({ diagrams }: ThreatModel): Map<string, string> {
  const things = diagrams.flatMap(({ elements, flows, boundaries, notes }) =>
    [...elements, ...flows, ...boundaries, ...notes].map(({ id }) => id),
  );
  const ids = new Ids();
  const long = new Map(things.filter(id => id.length > 1).map(id => [id, ids.take(id)]));
  const short = things.filter(id => id.length <= 1).map(id => [id, ids.take(`cell-${id}`)] as const);
  return new Map([...long, ...short]);
}
