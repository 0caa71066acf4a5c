import { dischargeSummaryForm } from '../forms/discharge-summary/form.js';
import { forms } from '../forms/index.js';
import { envelope, packageSchema } from '../transfer/red-bag.js';
import { read } from './arguments.js';
import { type Command, Usage } from './outcome.js';

const all = [envelope, ...forms, dischargeSummaryForm];

export const schema: Command = {
  name: 'schema',
  purpose: 'show the JSON Schema of the package or of one form',
  usage: `redbag schema [FORM]

Writes a JSON Schema (2020-12) to stdout. FORM is one of:
  ${all.map((f) => f.name).join(', ')}
Without it: the whole package. Formats are explained in docs/forms.md.`,
  async run(args, { out }) {
    const { positionals } = read(args, {});
    const [name, ...more] = positionals;
    if (more.length > 0) throw new Usage('one FORM at a time');
    const found = name === undefined ? packageSchema : all.find((f) => f.name === name)?.schema;
    if (!found)
      throw new Usage(`there is no form ${name}; the forms are: ${all.map((f) => f.name).join(', ')}`);
    out(
      `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...found }, null, 2)}\n`,
    );
    return 0;
  },
};
