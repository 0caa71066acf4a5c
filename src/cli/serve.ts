import { VARIABLES } from '../config.js';
import { main } from '../main.js';
import { read } from './arguments.js';
import { type Command, Usage } from './outcome.js';

export const serve: Command = {
  name: 'serve',
  purpose: 'run the service',
  usage: `redbag serve

Runs until Ctrl-C or SIGTERM. Settings are environment variables:
${Object.entries(VARIABLES)
  .map(([name, says]) => `  ${name.padEnd(22)}${says}`)
  .join('\n')}`,
  async run(args) {
    if (read(args, {}).positionals.length > 0) throw new Usage('serve takes no arguments');
    await main();
    return await new Promise(() => {});
  },
};
