/** A session's diagram as the API tells it. */
import type * as Y from 'yjs';
import { type Attributes, attributesOf, UNKNOWN } from '#shared/dfd/attributes.ts';
import type { Kind } from '#shared/dfd/kinds.ts';
import type { Model } from '#shared/dfd/model.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import { readRecords } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';

export const modelOf = (doc: Y.Doc): Model => readModel(readRecords(root(doc, 'board')));

/** With what nobody answered yet: who reads it learns what is asked. */
export function toldModelOf(doc: Y.Doc): Model {
  const model = modelOf(doc);
  return {
    ...model,
    elements: model.elements.map(each => told(each.kind, each)),
    flows: model.flows.map(each => told('data_flow', each)),
    boundaries: model.boundaries.map(each => told('trust_boundary', each)),
  };
}

const told = <T extends { attributes: Attributes }>(kind: Kind, thing: T): T => ({
  ...thing,
  attributes: Object.fromEntries(
    attributesOf(kind).map(({ key }) => [key, thing.attributes[key] ?? UNKNOWN]),
  ),
});
