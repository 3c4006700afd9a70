import { expect, it } from 'vitest';
import { Ids } from './ids.ts';

it('ids in other scripts stay those of their things, in whatever order a file has them', () => {
  const idsOf = (...wanted: string[]) => {
    const ids = new Ids();
    return wanted.map(each => ids.take(each));
  };
  const [pump, store] = idsOf('泵', '库');
  expect(idsOf('库', '泵')).toEqual([store, pump]);
  expect(new Set([pump, store, ...idsOf('насос', 'склад', '💉')]).size).toBe(5);
  expect(idsOf('pump:1', 'pump 1', 'pump:1')).toEqual(['pump:1', 'pump-1', 'pump:1~2']);
});
