import { render } from '../print/render.js';
import { attachedBundle } from '../transfer/copies.js';
import { bagIdOf } from '../transfer/identity.js';
import { layOut } from '../transfer/pages.js';
import { redBag } from '../transfer/red-bag.js';
import { oneFile, read } from './arguments.js';
import { documentOf, readBag } from './bag.js';
import { writeOutput } from './files.js';
import { type Command, Usage } from './outcome.js';

export const print: Command = {
  name: 'print',
  purpose: 'make the PDF of a bag',
  usage: `redbag print BAG.json -o FILE.pdf [--large] [--pdf-a3]

Checks the bag and writes the PDF that a ward reads. What the checks say goes to stderr; when the bag is invalid (exit
code 1), nothing is written. BAG.json may be - for stdin, FILE.pdf - for stdout.

  --large   nothing smaller than 18 points, for the resident and the family
  --pdf-a3  for archives: PDF/A-3a with the FHIR document in it`,
  async run(args, streams) {
    const { values, positionals } = read(args, {
      output: { type: 'string', short: 'o' },
      large: { type: 'boolean' },
      'pdf-a3': { type: 'boolean' },
    });
    const file = oneFile(positionals, 'BAG.json');
    if (values.output === undefined) throw new Usage('-o FILE.pdf is missing');
    const inspected = await readBag(file, streams);
    if (!inspected) return 1;
    const { prepared, document } = documentOf(inspected);
    const about = { bagId: bagIdOf(inspected.sent), version: 1, demonstration: false, changes: [] };
    const printed = await render(layOut(redBag, prepared, about), {
      ...(values.large === true ? { largePrint: true } : {}),
      ...(values['pdf-a3'] === true ? { attached: attachedBundle(JSON.stringify(document.bundle)) } : {}),
    });
    if (printed.missingCharacters.length > 0) {
      streams.say(
        `${file}: no font here has these characters, they are printed by their numbers: ${printed.missingCharacters.join(' ')}`,
      );
    }
    for (const { attachment, reason } of printed.leftOut ?? [])
      streams.say(`${file}: the PDF does not show all of attachments[${attachment}]: ${reason}`);
    await writeOutput(values.output, printed.pdf, streams);
    streams.say(`${values.output}: ${printed.pages} ${printed.pages === 1 ? 'page' : 'pages'}`);
    return 0;
  },
};
