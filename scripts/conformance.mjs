/**
 * `npm run conformance`: our validator beside the reference's stored verdicts on public cases, on the UK Core and
 * MHD examples, and our snapshots beside those that they publish. Reads its data from `../shared` in place and skips, saying so, what is not there. Arguments go to both.
 */
import { build } from './build.mjs';
import { run } from './lib.mjs';
import { setup } from './setup.mjs';

await setup();
await build();
const parts = ['validator-cases.mjs', 'uk-core.mjs', 'snapshots.mjs', 'growth.mjs'];
const codes = [];
for (const part of parts)
  codes.push(
    await run(process.execPath, [`test/conformance/${part}`, ...process.argv.slice(2)], {
      stdout: 'inherit',
    }),
  );
process.exitCode = Math.max(...codes);
