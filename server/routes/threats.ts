/** What the team records: threats, and what it rules on suggestions. As `client/session/commands.ts` writes it for the panels. */
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import * as things from '#shared/api/things.ts';
import { EditRefused } from '#shared/dfd/edit/refusal.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import { readRecords } from '#shared/document/board.ts';
import { readSession, readThreats, root } from '#shared/document/document.ts';
import { mergedInto, standIns, TAKEN_OUT } from '#shared/document/merged.ts';
import type { Writer } from '#shared/document/rights.ts';
import { type Threat, threatIdOf } from '#shared/document/threats.ts';
import { threatFrom } from '#shared/stride/accepted.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import { ApiError } from '../errors.ts';
import { checkMatch, etagOf } from './conditional.ts';
import { type Env, membersOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { resource } from './resource.ts';
import { read, suggestionsOf } from './results.ts';
import { valid } from './validate.ts';
import { type Edit, write, writerOf } from './write.ts';

const stamp = ({ id, name }: Writer) => ({ by: { id, name }, at: Date.now() });

function checkTarget(doc: Y.Doc, target: string | undefined): void {
  if (!target) return;
  const { elements, flows, boundaries } = readModel(readRecords(root(doc, 'board')));
  if ([...elements, ...flows, ...boundaries].some(({ id }) => id === target)) return;
  throw new EditRefused(`target is no element, flow or boundary of this session: ${target}.`);
}

/** What merging a threat into another writes, or taking it out. */
function merging(doc: Y.Doc, threat: Pick<Threat, 'id' | 'into'>, into: string | undefined) {
  if (into === undefined || into === threat.into) return {};
  if (into === '') return TAKEN_OUT;
  const other = standIns(readThreats(doc)).get(into);
  if (!other) throw new EditRefused(`into is no threat of this session: ${into}.`);
  if (other.id === threat.id) throw new EditRefused('into is the threat itself, or was merged into it.');
  return mergedInto(other);
}

const recorded = resource({
  path: 'threats',
  one: 'threat',
  item: things.threat,
  created: things.newThreat,
  changed: things.threatChange,
  read: readThreats,
  create(doc, id, { title, ...given }, writer) {
    checkTarget(doc, given.target);
    const registers = {
      title,
      description: '',
      stride: [],
      target: '',
      status: writer.role === 'moderator' ? ('open' as const) : ('proposed' as const),
      ...given,
      ...stamp(writer),
      suggestion: '',
    };
    return [{ root: 'threats', entry: id, registers }];
  },
  change(doc, threat, { into, ...change }) {
    const { id, target } = threat;
    if (change.target !== target) checkTarget(doc, change.target);
    return [{ root: 'threats', entry: id, registers: { ...merging(doc, threat, into), ...change } }];
  },
  remove(doc, { id, suggestion }, { role }) {
    const edits: Edit[] = [{ root: 'threats', entry: id, registers: null }];
    // The suggestion that it came from is open again.
    if (suggestion && role === 'moderator' && root(doc, 'triage').has(suggestion)) {
      edits.push({ root: 'triage', entry: suggestion, registers: null });
    }
    return edits;
  },
  newId: nanoid,
});

function suggestionOf(server: Catalogue, doc: Y.Doc, id: string) {
  const suggestion = suggestionsOf(server)(doc).find(each => each.id === id);
  if (!suggestion) throw new ApiError('not_found', 'There is no such suggestion in this session.');
  return suggestion;
}

function accepted(
  doc: Y.Doc,
  writer: Writer,
  server: Catalogue,
  suggestion: ReturnType<typeof suggestionOf>,
): Edit[] {
  const entry = threatIdOf(suggestion.id);
  if (root(doc, 'threats').has(entry)) return [];
  const registers = {
    ...threatFrom(suggestion, catalogueFor(server, readSession(doc))),
    status: 'open',
    ...stamp(writer),
  };
  return [{ root: 'threats', entry, registers }];
}

const JUDGE_ERRORS = ['forbidden', 'not_found', 'precondition_failed', ...CHANGE_ERRORS] as const;

const suggestions = new Hono<Env>()
  .get(
    '/:id/suggestions/:suggestionId',
    describe('One suggestion', things.suggestion, ['not_found']),
    membersOnly,
    async c =>
      c.json(await read(c, doc => suggestionOf(c.var.deps.catalogue, doc, c.req.param('suggestionId')))),
  )
  .put(
    '/:id/suggestions/:suggestionId/verdict',
    describe('Accept a suggestion, which makes it a threat, or dismiss it with a reason', things.suggestion, [
      'invalid_request',
      ...JUDGE_ERRORS,
    ]),
    membersOnly,
    valid('json', things.newVerdict),
    async c => {
      const { verdict, reason } = c.req.valid('json');
      const id = c.req.param('suggestionId') ?? '';
      if (verdict === 'dismissed' && !reason) {
        throw new ApiError('invalid_request', 'reason is missing: say why it does not apply.');
      }
      await write(c, doc => {
        const suggestion = suggestionOf(c.var.deps.catalogue, doc, id);
        checkMatch(c, suggestion);
        const registers = { verdict, reason: verdict === 'dismissed' ? reason : '', ...stamp(writerOf(c)) };
        const edits =
          verdict === 'accepted' ? accepted(doc, writerOf(c), c.var.deps.catalogue, suggestion) : [];
        return { edits: [...edits, { root: 'triage', entry: id, registers }], result: null };
      });
      const judged = await read(c, doc => suggestionOf(c.var.deps.catalogue, doc, id));
      c.header('etag', etagOf(judged));
      return c.json(judged);
    },
  )
  .delete(
    '/:id/suggestions/:suggestionId/verdict',
    describe('Open a judged suggestion again; a threat that it became stays', null, JUDGE_ERRORS),
    membersOnly,
    async c => {
      const id = c.req.param('suggestionId') ?? '';
      await write(c, doc => {
        checkMatch(c, suggestionOf(c.var.deps.catalogue, doc, id));
        const edits: Edit[] = root(doc, 'triage').has(id)
          ? [{ root: 'triage', entry: id, registers: null }]
          : [];
        return { edits, result: null };
      });
      return c.body(null, 204);
    },
  );

export const threats = new Hono<Env>().route('/', recorded).route('/', suggestions);
