/** What each method walks through: the data flows that it sees, and how it asks about the elements at their ends. */
import type { Flow } from '../dfd/model.ts';
import type { Method } from './method-names.ts';

export interface MethodInfo {
  label: string;
  /** When to choose it, in one sentence. */
  purpose: string;
  /** @param inWorkflow whether the flow belongs to a workflow */
  sees(flow: Flow, inWorkflow: boolean): boolean;
  /**
   * Whether elements are asked about: not at all; once, where flows are seen; once for each flow seen there; or once. The last two
   * ask as if there were a flow of which nothing is known where none is seen.
   */
  elements: 'none' | 'at flows' | 'each flow' | 'all';
}

export const METHODS: Record<Method, MethodInfo> = {
  'per-crossing': {
    label: 'Per trust-boundary crossing',
    purpose:
      'Flows that cross a boundary and the elements at their ends: most threats for the least reading.',
    sees: ({ crosses }) => crosses.length > 0,
    elements: 'at flows',
  },
  'per-flow': {
    label: 'Per data flow',
    purpose: 'Every flow, whether it crosses a boundary or not, and nothing but flows.',
    sees: () => true,
    elements: 'none',
  },
  'per-interaction': {
    label: 'Per interaction',
    purpose: 'Every flow with its source and its target, each pair looked at by itself.',
    sees: () => true,
    elements: 'each flow',
  },
  'per-element': {
    label: 'Per element',
    purpose: 'Everything on the board, each thing once: thorough, and the longest list.',
    sees: () => true,
    elements: 'all',
  },
  'per-workflow': {
    label: 'Per workflow',
    purpose: 'The flows of the workflows that you marked, step by step.',
    sees: (_, inWorkflow) => inWorkflow,
    elements: 'at flows',
  },
};
