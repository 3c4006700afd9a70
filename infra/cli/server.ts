/** The commands that talk to a server, by the routes anybody may call. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { put, say } from './convert.ts';
import { UsageError } from './errors.ts';
import type { Options } from './main.ts';

/** @throws {UsageError} with the server's words for what it refuses, and when it can't be reached */
export async function call(
  { server, token }: Options,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...init.headers };
  const response = await fetch(new URL(`/api/v1${path}`, server), { ...init, headers }).catch(error => {
    throw new UsageError(`${server} can’t be reached: ${error.cause?.message ?? error.message}`);
  });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new UsageError(answer?.error?.message ?? `${server} answers ${response.status} to ${path}.`);
}

export async function importFile([file]: string[], options: Options): Promise<number> {
  const { session, preview, json, server } = options;
  if (preview && !session) throw new UsageError('--preview needs the --session that the file would go into.');
  const target = session ? `/sessions/${encodeURIComponent(session)}/import` : '/sessions/import';
  const query = new URLSearchParams({ name: basename(file!), ...(preview && { preview: 'true' }) });
  const answer = await call(options, `${target}?${query}`, {
    method: 'POST',
    body: await readFile(file!).catch(error => {
      throw new UsageError(`${file} can’t be read: ${error.message}`);
    }),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const outcome = await answer.json();
  if (json) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  else {
    say(outcome.skipped);
    const { elements, flows, boundaries, threats } = outcome.counts;
    process.stdout.write(
      `${outcome.format}: ${elements} elements, ${flows} flows, ${boundaries} boundaries, ${threats} threats\n`,
    );
    if (outcome.changes) {
      const { added, changed, missing } = outcome.changes;
      const verb = preview ? 'would be' : '';
      process.stdout.write(
        `${added.length} ${verb} added, ${changed.length} ${verb} changed, ${missing.length} not in the file\n`.replaceAll(
          '  ',
          ' ',
        ),
      );
    } else process.stdout.write(`${new URL(`/s/${outcome.id}`, server)}\n`);
  }
  return 0;
}

export async function exportSession([id, format]: string[], options: Options): Promise<number> {
  const path = `/sessions/${encodeURIComponent(id!)}/export/${encodeURIComponent(format!)}`;
  const file = await call(options, path);
  await put(new Uint8Array(await file.arrayBuffer()), options.out);
  const report = await (await call(options, `${path}?report=true`)).json();
  say(report.skipped);
  return 0;
}
