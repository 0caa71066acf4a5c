import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Usage } from './outcome.js';

/** Parses a command's arguments strictly. Throws Usage with a sentence that names the argument. */
export function read<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
): {
  values: ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>['values'];
  positionals: string[];
} {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Usage((error as Error).message.split('. ')[0] ?? 'unknown argument');
  }
}

/** The one file that a command takes. */
export function oneFile(positionals: readonly string[], what: string): string {
  const [file, ...more] = positionals;
  if (file === undefined) throw new Usage(`${what} is missing`);
  if (more.length > 0) throw new Usage(`one ${what} at a time, not ${positionals.length}`);
  return file;
}
