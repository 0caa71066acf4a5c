/**
 * A regular expression that came with a definition, run for a bounded time: its author may be as hostile as the
 * resource's, and back-tracking can take longer than the universe has.
 */
import { createContext, Script } from 'node:vm';

const TIME_LIMIT_MS = 50;
const sandbox = createContext(Object.create(null) as object, {
  codeGeneration: { strings: false, wasm: false },
});
const script = new Script('new RegExp(pattern, "u").test(text)');

/**
 * Takes a pattern that the whole text must match; gives whether it does, or `undefined` when the pattern cannot be
 * read or takes too long.
 */
export function matchesWhole(pattern: string, text: string): boolean | undefined {
  Object.assign(sandbox, { pattern: `^(?:${pattern})$`, text });
  try {
    return script.runInContext(sandbox, { timeout: TIME_LIMIT_MS }) === true;
  } catch {
    return undefined;
  }
}
