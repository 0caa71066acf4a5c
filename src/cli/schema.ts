import { dischargeSummaryForm } from '../forms/discharge-summary/form.js';
import { forms } from '../forms/index.js';
import { formats } from '../mapping/formats.js';
import { isObject } from '../mapping/json.js';
import { envelope, packageSchema } from '../transfer/red-bag.js';
import { read } from './arguments.js';
import { type Command, Usage } from './outcome.js';

const all = [envelope, ...forms, dischargeSummaryForm];
const names = all.map((f) => f.name).join(', ');

export const schema: Command = {
  name: 'schema',
  purpose: 'show the JSON Schema of the package or of one form',
  usage: `redbag schema [FORM]

Writes a JSON Schema (2020-12) to stdout: of the whole package, or of one FORM:
  ${names}
What each format of a text means stands in its description. Rules that a schema cannot say are in docs/issues.md; only
"redbag validate" checks them all.`,
  async run(args, { out }) {
    const { positionals } = read(args, {});
    const [name, ...more] = positionals;
    if (more.length > 0) throw new Usage('one FORM at a time');
    // `thisIsMe`, as it stands in the package, is understood as well as `this-is-me`.
    const form = all.find((f) => f.name === name || (f.member !== '' && f.member === name));
    if (name !== undefined && !form) throw new Usage(`there is no form ${name}; the forms are: ${names}`);
    const shown = explained(form?.schema ?? packageSchema) as object;
    out(
      `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...shown }, null, 2)}\n`,
    );
    return 0;
  },
};

/** The schema with what each leaf's format means added to its description. */
function explained(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(explained);
  if (!isObject(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, v]) => [key, explained(v)]));
  const { type, format, description } = copy;
  if (type !== 'string' || typeof format !== 'string' || !Object.hasOwn(formats, format)) return copy;
  const { says } = formats[format as keyof typeof formats];
  return { ...copy, description: [description, says].filter(Boolean).join(' ') };
}
