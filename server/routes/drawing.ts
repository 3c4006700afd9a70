/** What is drawn: elements, flows, boundaries, pages and notes, each as `resource` serves it. */
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import * as things from '#shared/api/things.ts';
import { directionOf, freePoint } from '#shared/dfd/describe.ts';
import { addBox, changeBox, removeBox } from '#shared/dfd/edit/boxes.ts';
import { Draft } from '#shared/dfd/edit/draft.ts';
import { addFlow, changeFlow, removeFlow } from '#shared/dfd/edit/flows.ts';
import { addNote, changeNote, readNotes } from '#shared/dfd/edit/notes.ts';
import { addPage, changePage, removePage } from '#shared/dfd/edit/pages.ts';
import { boxOf, lineOf, round, toPage } from '#shared/dfd/edit/space.ts';
import type { Boundary, Flow } from '#shared/dfd/model.ts';
import { readRecords } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import type { Env } from './context.ts';
import { toldModelOf } from './model.ts';
import { resource } from './resource.ts';
import type { Edit } from './write.ts';

const recordsOf = (doc: Y.Doc) => readRecords(root(doc, 'board'));
const draftOf = (doc: Y.Doc) => new Draft(recordsOf(doc));

/** What an edit of a draft writes. */
function drawn(doc: Y.Doc, edit: (draft: Draft) => void): Edit[] {
  const draft = draftOf(doc);
  edit(draft);
  return draft.edits().map(each => ({ root: 'board', ...each }));
}

/** How the board's functions are called for one kind of thing. */
const onBoard = <New, Change>(
  add: (draft: Draft, id: string, input: New) => void,
  change: (draft: Draft, id: string, input: Change) => void,
  remove: (draft: Draft, id: string) => void,
) => ({
  create: (doc: Y.Doc, id: string, input: New) => drawn(doc, draft => add(draft, id, input)),
  change: (doc: Y.Doc, { id }: { id: string }, input: Change) =>
    drawn(doc, draft => change(draft, id, input)),
  remove: (doc: Y.Doc, { id }: { id: string }) => drawn(doc, draft => remove(draft, id)),
});

const shapeId = () => `shape:${nanoid()}`;

const elements = resource({
  path: 'elements',
  one: 'element',
  item: things.element,
  created: things.newElement,
  changed: things.elementChange,
  read: doc => {
    const draft = draftOf(doc);
    return toldModelOf(doc).elements.map(each => ({ ...each, box: boxOf(draft, draft.shape(each.id)!) }));
  },
  ...onBoard(addBox, changeBox, removeBox),
  newId: shapeId,
});

function drawnBoundary(draft: Draft, boundary: Boundary) {
  const shape = draft.shape(boundary.id)!;
  return boundary.open
    ? { ...boundary, box: null, line: lineOf(draft, shape) }
    : { ...boundary, box: boxOf(draft, shape), line: null };
}

const boundaries = resource({
  path: 'boundaries',
  one: 'boundary',
  item: things.boundary,
  created: things.newBoundary,
  changed: things.boundaryChange,
  read: doc => {
    const draft = draftOf(doc);
    return toldModelOf(doc).boundaries.map(boundary => drawnBoundary(draft, boundary));
  },
  ...onBoard<Omit<Parameters<typeof addBox>[2], 'kind'>, Parameters<typeof changeBox>[2]>(
    (draft, id, given) => addBox(draft, id, { ...given, kind: 'trust_boundary' }),
    changeBox,
    removeBox,
  ),
  newId: shapeId,
});

function drawnFlow(draft: Draft, flow: Flow) {
  const arrow = draft.shape(flow.id)!;
  const { backwards } = directionOf(arrow);
  const at = (terminal: 'start' | 'end') => {
    const [x, y] = toPage(draft, arrow.id, freePoint(arrow, terminal));
    return [round(x), round(y)] as const;
  };
  const bend = typeof arrow.props.bend === 'number' ? arrow.props.bend : 0;
  return {
    ...flow,
    sourceAt: flow.source ? null : at(backwards ? 'end' : 'start'),
    targetAt: flow.target ? null : at(backwards ? 'start' : 'end'),
    bend: (backwards ? -bend : bend) || 0,
  };
}

const flows = resource({
  path: 'flows',
  one: 'flow',
  item: things.flow,
  created: things.newFlow,
  changed: things.flowChange,
  read: doc => {
    const draft = draftOf(doc);
    return toldModelOf(doc).flows.map(flow => drawnFlow(draft, flow));
  },
  ...onBoard(addFlow, changeFlow, removeFlow),
  newId: shapeId,
});

const pages = resource({
  path: 'pages',
  one: 'page',
  item: things.page,
  created: things.newPage,
  changed: things.pageChange,
  read: doc => toldModelOf(doc).pages,
  ...onBoard(addPage, changePage, removePage),
  newId: () => `page:${nanoid()}`,
});

const notes = resource({
  path: 'notes',
  one: 'note',
  item: things.note,
  created: things.newNote,
  changed: things.noteChange,
  read: doc => readNotes(draftOf(doc)),
  ...onBoard(addNote, changeNote, (draft, id) => draft.delete(id)),
  newId: shapeId,
});

export const drawing = new Hono<Env>()
  .route('/', elements)
  .route('/', flows)
  .route('/', boundaries)
  .route('/', pages)
  .route('/', notes);
