#!/usr/bin/env node
/** The `redbag` command. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CannotBeDone, type Command, type ExitCode, type Streams, Usage } from './cli/outcome.js';
import { VERSION } from './version.js';

/** Loaded when called: the help of one command does not wait for the fonts of another. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./cli/serve.js')).serve,
  sandbox: async () => (await import('./cli/sandbox.js')).sandbox,
  convert: async () => (await import('./cli/convert.js')).convert,
  print: async () => (await import('./cli/print.js')).print,
  validate: async () => (await import('./cli/validate.js')).validate,
  send: async () => (await import('./cli/send.js')).send,
  schema: async () => (await import('./cli/schema.js')).schema,
};

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return `redbag ${VERSION}: a care home's Red Bag as a FHIR document and a PDF

${commands.map((c) => `  redbag ${c.name.padEnd(10)}${c.purpose}`).join('\n')}

redbag COMMAND --help tells more. Data goes to stdout, words to stderr.
Exit codes: 0 good (warnings included), 1 an input is invalid, 2 the call is not understood, 3 it could not be done.
`;
}

/** Runs one call; gives its exit code. `args` as after the program's name. */
export async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  // `redbag help print` is `redbag print --help`.
  const [name, ...rest] = args[0] === 'help' && args.length > 1 ? [...args.slice(1, 2), '--help'] : args;
  if (name === '--version') {
    streams.out(`${VERSION}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name === undefined) streams.say(await help());
    else streams.out(await help());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    streams.say(`redbag: there is no command ${name}; the commands are: ${Object.keys(COMMANDS).join(', ')}`);
    return 2;
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    streams.out(`${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest, streams);
  } catch (error) {
    if (error instanceof Usage) {
      streams.say(`redbag ${name}: ${error.message}\n\n${command.usage}`);
      return 2;
    }
    streams.say(
      `redbag ${name}: ${error instanceof CannotBeDone ? error.message : `failed: ${(error as Error).message}`}`,
    );
    return 3;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  // A reader that has seen enough (`redbag schema | head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(`${text}\n`),
    environment: process.env,
  });
}
