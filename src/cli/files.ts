/** Files of the command line: `-` is stdin, and a result is written whole or not at all. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { CannotBeDone } from './outcome.js';

/** Reads a file, or stdin. Throws CannotBeDone. */
export async function readInput(name: string): Promise<Uint8Array> {
  try {
    if (name !== '-') return await readFile(name);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    throw new CannotBeDone(
      `${name}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
    );
  }
}

/** Writes beside the target and renames, so that nobody ever reads half of it. Throws CannotBeDone. */
export async function writeOutput(name: string, content: string | Uint8Array): Promise<void> {
  const draft = `${name}.${randomUUID()}.part`;
  try {
    await writeFile(draft, content);
    await rename(draft, name);
  } catch (error) {
    await rm(draft, { force: true });
    throw new CannotBeDone(
      `${name}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`,
    );
  }
}
