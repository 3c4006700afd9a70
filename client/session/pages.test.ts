import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readModel } from '#shared/dfd/read-model.ts';
import { putRecord, readRecords } from '#shared/document/board.ts';
import { putEntry, root } from '#shared/document/document.ts';
import { indexAbove, indexAt } from '#shared/document/indices.ts';
import { pagesOf } from '#shared/document/repair.ts';
import type { Role } from '#shared/document/roles.ts';
import { box, crossing, inside, outside } from '#shared/testing/crossing.ts';
import type { Desk } from './commands.ts';
import { addPage, countOn, deletePage, keepsPage, renamePage } from './pages.ts';

function desk(role: Role = 'participant', locked?: boolean): Desk {
  const doc = new Y.Doc();
  const board = root(doc, 'board');
  putRecord(board, { id: 'page:page', typeName: 'page', name: 'Diagram', index: 'a1', meta: {} });
  for (const record of [box, inside, outside, ...crossing]) putRecord(board, record);
  putEntry(root(doc, 'session'), 'session', { title: 'T', locked });
  return { doc, me: { id: 'u', name: 'U', role } };
}
const pages = ({ doc }: Desk) =>
  pagesOf(readRecords(root(doc, 'board')).values()).map(({ id, name }) => [id, name]);
const content = ({ doc }: Desk) => JSON.stringify(root(doc, 'board').toJSON());

describe('pages', () => {
  test('are added last, with a name of their own, and renamed', () => {
    const at = desk();
    const [second, third] = [addPage(at)!, addPage(at)!];
    renamePage(at, second, 'Detail');
    expect(pages(at)).toEqual([
      ['page:page', 'Diagram'],
      [second, 'Detail'],
      [third, 'Diagram 3'],
    ]);
    deletePage(at, second);
    expect(pages(at).map(([, name]) => name)).toEqual(['Diagram', 'Diagram 3']);
    const fourth = addPage(at)!;
    expect(pages(at).at(-1)).toEqual([fourth, 'Diagram 4']);
  });

  test('take what lies on them along, through every parent, and nothing else', () => {
    const at = desk();
    const second = addPage(at)!;
    const board = root(at.doc, 'board');
    putRecord(board, { ...outside, id: 'shape:there', parentId: second });
    expect([countOn(at, 'page:page'), countOn(at, second)]).toEqual([4, 1]);
    deletePage(at, 'page:page');
    expect([...board.keys()].sort()).toEqual([second, 'shape:there'].sort());
  });

  test('are never fewer than one', () => {
    const at = desk();
    const before = content(at);
    deletePage(at, 'page:page');
    expect(content(at)).toBe(before);
  });

  test('with something on them that a moderator locked are a moderator’s to delete', () => {
    for (const role of ['participant', 'moderator'] as const) {
      const at = desk(role);
      addPage(at);
      root(at.doc, 'board').get(inside.id)!.set('isLocked', true);
      expect(keepsPage(at, 'page:page')).toBe(role === 'participant');
      deletePage(at, 'page:page');
      expect(pages(at).length).toBe(role === 'participant' ? 2 : 1);
    }
  });

  test('that several deleted at once come back as one, which can be renamed and gets a sibling', () => {
    const at = desk();
    root(at.doc, 'board').delete('page:page');
    renamePage(at, 'page:page', 'Again');
    addPage(at);
    expect(pages(at).map(([, name]) => name)).toEqual(['Again', 'Diagram 2']);
    expect(readModel(readRecords(root(at.doc, 'board'))).elements.map(({ page }) => page)).toEqual(
      Array(2).fill('page:page'),
    );
  });

  test.each([
    ['observer', false],
    ['participant', true],
  ] as const)('stay as they are for an %s (board locked: %s)', (role, locked) => {
    const at = desk(role, locked);
    const before = content(at);
    expect(addPage(at)).toBeNull();
    renamePage(at, 'page:page', 'Mine');
    deletePage(at, 'page:page');
    expect(content(at)).toBe(before);
  });
});

test.each(['', 'a1', 'az', 'a1V', 'b0z', 'zzz', 'Z9', '\u{10ffff}'])('a key sorts after %j', last => {
  expect(indexAbove(last) > last).toBe(true);
});

test('keys after keys stay short', () => {
  let last = indexAt(0);
  for (let n = 0; n < 200; n++) last = indexAbove(last);
  expect(last.length).toBeLessThan(4);
});
