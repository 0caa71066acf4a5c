/**
 * Reads definitions from folders and from FHIR packages (.tgz).
 * https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
const MAX_UNPACKED = 512 * 1024 * 1024;

/**
 * Takes a folder (searched through), a .tgz or one JSON file; gives each JSON resource in it.
 * Throws when the path does not exist, and when a file that is named itself is not JSON.
 */
export function* readPackage(location: string): Generator<{ resourceType?: string; url?: string }> {
  if (statSync(location).isDirectory()) {
    for (const entry of readdirSync(location, { withFileTypes: true }).sort(byName)) {
      const inner = path.join(location, entry.name);
      if (entry.isDirectory()) yield* readPackage(inner);
      else if (entry.name.endsWith('.json')) yield* resourceIn(readFileSync(inner), inner);
    }
  } else if (/\.(tgz|tar\.gz)$/.test(location)) {
    for (const [name, bytes] of untar(
      gunzipSync(readFileSync(location), { maxOutputLength: MAX_UNPACKED }),
    )) {
      if (/^package\/(?!other\/|openapi\/)[^.].*\.json$/.test(name))
        yield* resourceIn(bytes, `${location}:${name}`);
    }
  } else yield* resourceIn(readFileSync(location), location);
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

function* resourceIn(bytes: Buffer, name: string): Generator<{ resourceType?: string; url?: string }> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new Error(`${name} is not JSON`, { cause });
  }
  if (typeof parsed === 'object' && parsed !== null && 'resourceType' in parsed) {
    yield parsed as { resourceType?: string; url?: string };
  }
}

/** The regular files of a tar archive (POSIX ustar; long names by pax or GNU headers). */
function* untar(archive: Buffer): Generator<[string, Buffer]> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header[0] === 0) return;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    const kind = String.fromCharCode(header[156] ?? 0);
    const body = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (kind === 'x') longName = /\d+ path=([^\n]*)\n/.exec(body.toString('utf8'))?.[1];
    else if (kind === 'L') longName = body.toString('utf8').replace(/\0+$/, '');
    else {
      const prefix = text(header, 345, 155);
      const name = longName ?? (prefix === '' ? '' : `${prefix}/`) + text(header, 0, 100);
      longName = undefined;
      if (kind === '0' || kind === '\0') yield [name, body];
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString('utf8');
}
