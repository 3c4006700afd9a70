import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT, SERVER } from '#infra/scripts/prepare.mjs';
import { readConfig } from '#server/config.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { services } = parse(read('compose.yaml'), { merge: true });
const nodes = Object.keys(services).filter(name => name.startsWith('node'));
const image = Object.fromEntries(
  [
    ...read('Dockerfile')
      .match(/^ENV (.*)$/m)![1]!
      .matchAll(/(\S+)=(\S+)/g),
  ].map(([, name, value]) => [name, value]),
);

/** The variables that the server asks for. */
const variables = new Set<string>();
readConfig(new Proxy({}, { get: (_, name) => void variables.add(String(name)) }));

describe('what is deployed is what the server knows', () => {
  it('the image runs the built server as npm start does', () => {
    const [, command] = read('Dockerfile').match(/^CMD (.*)$/m)!;
    expect(JSON.parse(command!)).toEqual(['node', ...SERVER.map(arg => arg.replace(ROOT, ''))]);
  });

  it.each(nodes)('%s gets variables that the server reads', name => {
    const set = [...Object.keys(services[name].environment), ...Object.keys(image)];
    expect(set.filter(variable => variable !== 'NODE_ENV' && !variables.has(variable))).toEqual([]);
  });

  it('the proxy hands requests to every node, at the port of the image', () => {
    const [, upstreams] = services.proxy.environment.NODES.match(/^\$\{NODES:-(.*)\}$/);
    expect(upstreams.split(' ').sort()).toEqual(nodes.map(name => `${name}:${image.PORT}`).sort());
  });

  it('the proxy gets every variable that its configuration names', () => {
    const named = [...read('Caddyfile').matchAll(/\{\$(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(services.proxy.environment).sort()).toEqual([...new Set(named)].sort());
  });

  it('addresses between services name services', () => {
    const addresses: string[] = nodes.flatMap(name => Object.values<string>(services[name].environment));
    const hosts = addresses.flatMap(
      text => text.match(/(?:postgres|redis):\/\/(?:[^@/]*@)?([a-z]\w*)/)?.[1] ?? [],
    );
    expect(new Set(hosts)).toEqual(new Set(['postgres', 'valkey']));
    expect(Object.keys(services)).toEqual(expect.arrayContaining(hosts));
  });

  it('the README lists the variables that the server reads', () => {
    const rows = read('../README.md').match(/^\| `[A-Z].*$/gm)!;
    const listed = rows.flatMap(row => row.split('|')[1]!.match(/[A-Z][A-Z_]+/g)!);
    expect(listed.sort()).toEqual([...variables].sort());
  });
});
