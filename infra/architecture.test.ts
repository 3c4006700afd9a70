import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each folder may import from, besides itself and packages. */
const ALLOWED: Record<string, string[]> = {
  shared: [],
  db: ['shared'],
  server: ['db', 'shared'],
  client: ['shared'],
};
/** What files of other tools are made of. */
const PARSERS = [
  'elkjs/lib/elk-api',
  'elkjs/lib/elk.bundled.js',
  'yaml',
  'fast-xml-parser',
  'fflate',
  'write-excel-file/universal',
];
/** The one exception: the client knows the *type* of the server's app, for its typed requests. */
const TYPE_ONLY = { from: 'client', to: 'server/app.ts' };

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter(file => /^(shared|db|server|client)\//.test(file));
const isTest = (file: string) => /\.test\.tsx?$|\/(testing|fuzz)(\.ts|\/)/.test(file);

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map(([, type, from, dynamic]) => {
    const name = (from ?? dynamic)!;
    const target = name.startsWith('.') ? normalize(join(dirname(file), name)) : name.replace(/^#/, '');
    return { file, target, typeOnly: Boolean(type) };
  });
}

const imports = files.filter(file => !isTest(file)).flatMap(importsOf);
const folderOf = (path: string) => path.split('/')[0]!;

describe('dependencies point one way', () => {
  it.each(Object.entries(ALLOWED))('%s imports from %j and itself alone', (folder, allowed) => {
    const wrong = imports.filter(({ file, target, typeOnly }) => {
      const to = folderOf(target);
      if (
        folderOf(file) !== folder ||
        !(to in ALLOWED || to === 'infra') ||
        to === folder ||
        allowed.includes(to)
      )
        return false;
      return !(typeOnly && folder === TYPE_ONLY.from && target === TYPE_ONLY.to);
    });
    expect(wrong).toEqual([]);
  });

  it('shared is pure: no Node, no DOM library, no framework; only what reads and writes files uses more than Yjs, its lib0 and zod', () => {
    const outside = imports.filter(
      ({ file, target }) => folderOf(file) === 'shared' && !target.startsWith('shared/'),
    );
    const nodes = ({ target }: Import) => target.startsWith('node:') || builtinModules.includes(target);
    expect(outside.filter(nodes)).toEqual([]);
    const allowed = (file: string) => [
      'yjs',
      'lib0/function.js',
      'zod',
      ...(file.startsWith('shared/formats/') ? PARSERS : []),
      ...(file === 'shared/stride/rules-file.ts' ? ['yaml'] : []),
    ];
    expect(outside.filter(({ file, target }) => !allowed(file).includes(target))).toEqual([]);
  });

  it('React and tldraw stay on the board', () => {
    const strangers = imports.filter(
      ({ file, target }) =>
        /^(react|react-dom|tldraw|@tldraw\/.*)($|\/)/.test(target) && !file.startsWith('client/board/'),
    );
    expect(strangers).toEqual([]);
  });
});
