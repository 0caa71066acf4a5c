/** A folder of compiled definitions while it is written: beside the one it replaces, put in its place when whole. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type DefinitionsIndex, FORMAT } from '../definitions/registry.js';

const KINDS = ['structures', 'valueSets', 'codeSystems', 'questionnaires'] as const;
type Kind = (typeof KINDS)[number];

/** Where the parts of a folder are put. */
export class Written {
  readonly folder: string;
  readonly #index: { [K in Kind]: { [url: string]: string } } = {
    structures: {},
    valueSets: {},
    codeSystems: {},
    questionnaires: {},
  };

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(path.join(folder, 'data'), { recursive: true });
  }

  /** Takes what is known under a canonical; nothing where nothing is known. */
  put(kind: Kind, url: string, value: unknown): void {
    if (value === undefined) return;
    const file = `data/${kind}-${Object.keys(this.#index[kind]).length}.json`;
    this.#index[kind][url] = file;
    this.file(file, value);
  }

  file(name: string, value: unknown): void {
    writeFileSync(path.join(this.folder, name), JSON.stringify(value));
  }

  /** Writes the table of contents. */
  end(more: Pick<DefinitionsIndex, 'resourceTypes' | 'choosing'>): void {
    this.file('index.json', { format: FORMAT, ...this.#index, ...more } satisfies DefinitionsIndex);
  }
}

/**
 * Has a folder written unless its stamp says that the inputs are what they were. Gives true when it was written.
 * Throws what the writing throws, leaving the last result in place.
 */
export function writeFolder(out: string, stamp: string, write: (written: Written) => void): boolean {
  const stampFile = path.join(out, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  const work = `${out}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  write(new Written(work));
  writeFileSync(path.join(work, 'stamp'), stamp);
  replace(out, work);
  return true;
}

/** Puts the new folder in the old one's place; two builds at once leave one whole result. */
function replace(out: string, work: string): void {
  const old = `${out}.${process.pid}.old`;
  if (existsSync(out)) renameSync(out, old);
  renameSync(work, out);
  rmSync(old, { recursive: true, force: true });
}

/** A hash over the names and contents of files, of whole ones and of all in folders; `except` begins what is left out. */
export function stampOf(whole: readonly string[], folders: readonly string[], except: string): string {
  const hash = createHash('sha256');
  for (const file of whole) hash.update(readFileSync(file));
  for (const folder of folders) {
    for (const file of filesUnder(folder, /\.(json|js)$/)) {
      if (!file.startsWith(except)) hash.update(file.slice(folder.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function filesUnder(folder: string, wanted: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
