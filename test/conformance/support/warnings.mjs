/**
 * The reference validator's warnings by class. A class is what one sentence explains: the value set or code system
 * that a warning is about. Every class that occurs stands explained in warnings.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../warnings.md', import.meta.url));
const NOT_YET = '**not explained**';

const HEAD = `# Warnings of the reference validator

Every fixture's Bundle and DocumentReferences pass HAPI FHIR's validator without an error. What it warns of, how often over all fixtures, and why each stays. \`node test/conformance/documents.mjs --write\` brings the counts up to date; a warning that is not here fails.
`;

const canonical = (text) => /\((https?:\/\/[^\s)|]+)/.exec(text)?.[1] ?? '';

/** The class of an issue. */
export function classOf({ id, message }) {
  const system =
    /CodeSystem is unknown and can't be validated: (\S+)/.exec(message)?.[1] ??
    /because CodeSystem '([^']+)' is ignored/.exec(message)?.[1] ??
    /codeSystem '([^']+)' version '[^']*' is not supported/.exec(message)?.[1];
  if (system !== undefined) return `codes of ${system} cannot be checked here`;
  if (id === 'Terminology_TX_Code_ValueSet_Ext')
    return `text without a code where one of ${canonical(message)} is asked for`;
  if (id === 'Terminology_TX_NoValid_2_CC') {
    const codes = /\(codes = ([^)]*)\)/.exec(message)?.[1] ?? '';
    const systems = [...new Set(codes.split(', ').map((code) => code.split('#')[0]))];
    return `codes of ${systems.join(' and ')} where one of ${canonical(message)} is asked for`;
  }
  const plain = message
    .replace(/[[{(]?\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, '…')
    .replace(/'(?!http)[^']*'/g, "'…'")
    .replace(/\s+/g, ' ');
  return `${id}: ${plain.slice(0, 160)}`;
}

function read() {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const found = text.matchAll(/^## (.+)\n\n\d+ ×: (.+)$/gm);
  return new Map([...found].map(([, name, why]) => [name, why]));
}

/** Classes that occur and are not explained. */
export function unexplained(counts) {
  const known = read();
  return [...counts.keys()].filter((name) => (known.get(name) ?? NOT_YET) === NOT_YET);
}

/** Writes the file: counts anew, explanations kept. */
export function write(counts) {
  const known = read();
  const parts = [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, n]) => `\n## ${name}\n\n${n} ×: ${known.get(name) ?? NOT_YET}\n`);
  writeFileSync(FILE, `${HEAD}${parts.join('')}`);
}
