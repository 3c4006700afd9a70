/** The diagram as a model: what `readModel` finds on a board and every method, report and export works on. */
import type { Attributes } from './attributes.ts';
import type { ElementKind } from './kinds.ts';

/** One diagram of the board. Nothing on it lies in, or crosses, anything of another. */
export interface Page {
  id: string;
  name: string;
}

export interface Element {
  id: string;
  /** Id of the page it lies on. */
  page: string;
  kind: ElementKind;
  name: string;
  description: string;
  attributes: Attributes;
  /** Ids of the boundaries around its centre, outermost first. */
  boundaries: string[];
}

export interface Flow {
  id: string;
  page: string;
  name: string;
  description: string;
  attributes: Attributes;
  /** Ids of the elements at its ends; null for a free end. */
  source: string | null;
  target: string | null;
  /** Two arrowheads: data travels both ways. */
  bidirectional: boolean;
  /**
   * Ids of the boundaries that hold exactly one of its ends, and of the open ones that it is drawn across, in the order in which the
   * flow meets them from its source: out of the closed ones, across the open ones, into the closed ones.
   */
  crosses: string[];
}

/** What is asked about: neither page nor boundary. */
export const isElement = (thing: Element | Flow): thing is Element => 'kind' in thing;

export const kindOf = (thing: Element | Flow): ElementKind | 'data_flow' =>
  isElement(thing) ? thing.kind : 'data_flow';

export interface Boundary {
  id: string;
  page: string;
  name: string;
  description: string;
  attributes: Attributes;
  /** A line that is not closed around anything: it holds nothing, and is crossed where a flow is drawn across it. */
  open: boolean;
  /** The innermost boundary around this one, null at the top. */
  parent: string | null;
  /** Ids of the elements directly inside, nested boundaries' elements not counted. */
  contains: string[];
}

/** Everything that can be odd about a diagram, and the sentence that says so. */
export const FINDINGS = {
  'unlabelled-element': 'This element has no name.',
  'unlabelled-flow': 'This data flow does not say what it carries.',
  'unlabelled-boundary': 'This trust boundary has no name.',
  'free-end': 'This data flow is not connected at both ends.',
  'store-to-store': 'Data does not move between two stores by itself: a process is missing.',
  'unconnected-element': 'No data flow reaches or leaves this element.',
  'uncrossed-boundary':
    'No data flow crosses this trust boundary: a port, a sensor or a person may be missing.',
  'open-boundary':
    'This trust boundary is open, so nothing is inside or outside of it: close it around what belongs together.',
  'straddling-element': 'This element straddles a trust boundary; its centre decides on which side it is.',
  'unread-store': 'Nothing reads this store: a data flow may be missing, or the data is not needed.',
  'unwritten-store': 'Nothing writes this store: where does its data come from?',
  'one-way-answer': 'Its protocol answers what is asked: draw it two-way, unless it really is one-way.',
  'vague-word': 'Its words say that it is protected, not how: name the algorithm, the protocol or the check.',
  'unmarked-payload': 'It seems to carry something of high value: say so in its payload.',
} as const;

export type FindingCode = keyof typeof FINDINGS;

export interface Finding {
  code: FindingCode;
  /** Id of what it is about. */
  on: string;
  message: string;
}

export interface Model {
  /** In the order in which they are shown; at least one. */
  pages: Page[];
  elements: Element[];
  flows: Flow[];
  boundaries: Boundary[];
  findings: Finding[];
}
