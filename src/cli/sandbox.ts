import type { AddressInfo } from 'node:net';
import { buildSandbox } from '../sandbox/app.js';
import { EXAMPLE_HOSPITALS } from '../sandbox/faults.js';
import { stopOnSignal } from '../stop.js';
import { read } from './arguments.js';
import { CannotBeDone, type Command, Usage } from './outcome.js';

export const sandbox: Command = {
  name: 'sandbox',
  purpose: 'run pretend hospitals, one for each fault',
  usage: `redbag sandbox [--port N]

Runs pretend hospitals on 127.0.0.1 until Ctrl-C or SIGTERM: a FHIR endpoint for each example ODS code, each with a
fault of its own. They keep what they get in memory, and a page at / shows it. "redbag serve" brings its own.

  --port N  default 8081, 0 for any free one`,
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
      const { code } = error as NodeJS.ErrnoException;
      throw new CannotBeDone(
        code === 'EADDRINUSE'
          ? `port ${port} is taken: choose another one with --port, or 0 for any free one`
          : `port ${port} cannot be listened on (${code ?? 'unknown error'})`,
      );
    }
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    for (const { odsCode, does } of EXAMPLE_HOSPITALS) out(`${url}/${odsCode}/fhir  ${does}\n`);
    say(`pretend hospital at ${url}/ (what has arrived); stop it with Ctrl-C`);
    return await new Promise(() => {});
  },
};
