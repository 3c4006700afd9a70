/** `strideboard <command>`: threat models from the command line, files and sessions alike. */
import { parseArgs } from 'node:util';
import { FormatError } from '#shared/formats/threat-model.ts';
import { check } from './check.ts';
import { convert } from './convert.ts';
import { diff } from './diff.ts';
import { UsageError } from './errors.ts';
import { exportSession, importFile } from './server.ts';

const HELP = `strideboard <command> [options]

  import <file>                   start a session from a file; prints its address
  import <file> --session <id>    bring a file, or a newer version of one, into a session; --preview only says what would change
  export <id> <format>            a session as a file
  convert <file> <format>         a file as another
  check <file or id>              exit code 1 when a flow across a trust boundary has no threat
  diff <file or id> <file or id>  what changed from the first to the second; exit code 1 when anything did

  --server <url>     of the sessions; or STRIDEBOARD_SERVER (http://127.0.0.1:3000)
  --token <token>    of POST /api/tokens; or STRIDEBOARD_TOKEN
  --out <file>       where to write, instead of the standard output
  --json             the answer as JSON, for other programs

A file is a threat model of any format the server reads. Exit code 2: the command could not be carried out.`;

export interface Options {
  server: string;
  token: string | undefined;
  out: string | undefined;
  session: string | undefined;
  preview: boolean;
  json: boolean;
}

const COMMANDS: Record<
  string,
  { arguments: number; run: (args: string[], options: Options) => Promise<number> }
> = {
  import: { arguments: 1, run: importFile },
  export: { arguments: 2, run: exportSession },
  convert: { arguments: 2, run: convert },
  check: { arguments: 1, run: check },
  diff: { arguments: 2, run: diff },
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      server: { type: 'string' },
      token: { type: 'string' },
      out: { type: 'string', short: 'o' },
      session: { type: 'string' },
      preview: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name = 'help', ...args] = positionals;
  if (values.help || name === 'help') {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
  if (!command) throw new UsageError(`There is no command ${name}; \`strideboard help\` lists them.`);
  if (args.length !== command.arguments) {
    throw new UsageError(
      `\`strideboard ${name}\` takes ${command.arguments} argument${command.arguments > 1 ? 's' : ''}; see \`strideboard help\`.`,
    );
  }
  const { preview, json, out, session } = values;
  const server = values.server ?? process.env.STRIDEBOARD_SERVER ?? 'http://127.0.0.1:3000';
  return command.run(args, {
    server,
    token: values.token ?? process.env.STRIDEBOARD_TOKEN,
    out,
    session,
    preview,
    json,
  });
}

main().then(
  code => {
    process.exitCode = code;
  },
  (error: Error & { code?: string }) => {
    const expected =
      error instanceof UsageError || error instanceof FormatError || error.code?.startsWith('ERR_PARSE_ARGS');
    const where = error instanceof FormatError && error.where ? ` (${error.where})` : '';
    process.stderr.write(`${expected ? `${error.message}${where}` : error.stack}\n`);
    process.exitCode = 2;
  },
);
