/** The store's contract and the crash tests, on PostgreSQL too. Needs PostgreSQL and the compiled tests. */
import { startPostgres } from './support/postgres.mjs';
import { run } from './support/programs.mjs';
import { check, end, part } from './support/tally.mjs';

const postgres = await startPostgres();
for (const test of ['store/store', 'faults/crash']) {
  await part(`${test} on PostgreSQL`, async () => {
    const env = { ...process.env, REDBAG_TEST_POSTGRES: postgres.url, TAP_FORMAT: 'tap', TAP_TIMEOUT: '600' };
    const { code, all } = await run(process.execPath, [`dist-test/${test}.test.js`], { env });
    const [, ran] = /^# \{ total: \d+, pass: (\d+)/m.exec(all) ?? [];
    check(code === 0, test, () =>
      all
        .split('\n')
        .filter((line) => !/^\s*ok /.test(line))
        .slice(-150)
        .join('\n'),
    );
    check(/postgres/.test(all) && !/REDBAG_TEST_POSTGRES is not set/.test(all), `${test} ran on PostgreSQL`);
    console.log(`${test}: ${ran ?? 'an unknown number of'} checks`);
  });
}
await postgres.stop();
end();
