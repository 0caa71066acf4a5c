import type { AddressInfo } from 'node:net';
import { buildSandbox } from '../sandbox/app.js';
import { EXAMPLE_HOSPITALS } from '../sandbox/faults.js';
import { stopOnSignal } from '../stop.js';
import { read } from './arguments.js';
import { CannotBeDone, type Command, Usage } from './outcome.js';

export const sandbox: Command = {
  name: 'sandbox',
  purpose: 'run the pretend hospital',
  usage: `redbag sandbox [--port N]

Runs a pretend hospital on 127.0.0.1 until Ctrl-C: a FHIR endpoint for each example ODS code, each with a fault of
its own. Default port 8081, 0 for any free one.`,
  async run(args, { say, out }) {
    const { values, positionals } = read(args, { port: { type: 'string' } });
    if (positionals.length > 0) throw new Usage('sandbox takes no other arguments');
    const port = Number(values.port ?? 8081);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Usage('--port takes a number from 0 to 65535');
    const { app } = buildSandbox();
    stopOnSignal(
      () => app.close().then(() => undefined),
      10_000,
      () => say('stopping failed'),
    );
    try {
      await app.listen({ host: '127.0.0.1', port });
    } catch (error) {
      throw new CannotBeDone(`port ${port}: ${(error as NodeJS.ErrnoException).code ?? 'cannot listen'}`);
    }
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    for (const { odsCode, does } of EXAMPLE_HOSPITALS) out(`${url}/${odsCode}/fhir  ${does}\n`);
    say(`pretend hospital at ${url}/ (what has arrived); stop it with Ctrl-C`);
    return await new Promise(() => {});
  },
};
