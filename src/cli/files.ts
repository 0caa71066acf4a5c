/** Files of the command line: `-` is stdin or stdout, and a file is written whole or not at all. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { CannotBeDone, type Streams } from './outcome.js';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  ENOSPC: 'the disk is full',
};
const why = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return WHY[code] ?? code;
};

/** Reads a file, or stdin. Throws CannotBeDone. */
export async function readInput(name: string): Promise<Uint8Array> {
  try {
    if (name !== '-') return await readFile(name);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    throw new CannotBeDone(`${name}: cannot be read: ${why(error)}`);
  }
}

/** Writes beside the target and renames, so that nobody ever reads half of it. Throws CannotBeDone. */
export async function writeOutput(
  name: string,
  content: string | Uint8Array,
  streams: Streams,
): Promise<void> {
  if (name === '-') return streams.out(content);
  const draft = `${name}.${randomUUID()}.part`;
  try {
    await writeFile(draft, content);
    await rename(draft, name);
  } catch (error) {
    await rm(draft, { force: true });
    throw new CannotBeDone(`${name}: cannot be written: ${why(error)}`);
  }
}
