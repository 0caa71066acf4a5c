/**
 * Where a page ended, as the client carries it: the sort keys of the last row. Rows written meanwhile neither
 * repeat nor hide others, as they would with an offset.
 */
export type Key = number | string;

/** The cursor is not one of ours, or was given for another query. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** Makes the opaque text for the keys of a page's last row. `query` names the order they belong to. */
export const writeCursor = (query: string, keys: readonly Key[]): string =>
  Buffer.from(JSON.stringify([query, ...keys])).toString('base64url');

/**
 * Reads it back.
 *
 * @throws BadCursor when it was not made by `writeCursor` for the same order and number of keys
 */
export function readCursor(query: string, cursor: string, kinds: readonly ('number' | 'string')[]): Key[] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  if (!Array.isArray(value) || value.length !== kinds.length + 1 || value[0] !== query) {
    throw new BadCursor('the cursor does not belong to this query');
  }
  const keys: unknown[] = value.slice(1);
  if (!keys.every((key, i) => typeof key === kinds[i])) throw new BadCursor('the cursor is damaged');
  return keys as Key[];
}
