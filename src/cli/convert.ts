import { oneFile, read } from './arguments.js';
import { documentOf, readBag } from './bag.js';
import { writeOutput } from './files.js';
import type { Command } from './outcome.js';

export const convert: Command = {
  name: 'convert',
  purpose: 'make the FHIR document of a bag',
  usage: `redbag convert BAG.json [-o FILE]

Checks the bag and writes its FHIR R4 document Bundle, validated, to FILE or to stdout. What the checks say goes to
stderr; when the bag is invalid (exit code 1), nothing is written. BAG.json may be - for stdin.`,
  async run(args, streams) {
    const { values, positionals } = read(args, { output: { type: 'string', short: 'o' } });
    const file = oneFile(positionals, 'BAG.json');
    const inspected = await readBag(file, streams);
    if (!inspected) return 1;
    const text = `${JSON.stringify(documentOf(inspected).document.bundle, null, 2)}\n`;
    await writeOutput(values.output ?? '-', text, streams);
    return 0;
  },
};
