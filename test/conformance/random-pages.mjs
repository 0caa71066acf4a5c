/**
 * Random packages on paper: every line that the press says it drew is read back, on its page, by another program; each
 * file is PDF/UA-1 by veraPDF and whole by qpdf. Needs qpdf and poppler.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oracle, width } from './support/oracle.mjs';
import { run, temporary, together } from './support/programs.mjs';
import { check, end, part } from './support/tally.mjs';

const PACKAGES = 25;
/** Letters drawn in another order than typed, or several as one: programs give them back in ways of their own. */
const REORDERED =
  /[\u0590-\u08ff\u0980-\u09ff\u0a80-\u0aff\ufb1d-\ufdff\ufe70-\ufefc]|\p{Extended_Pictographic}/u;
const bare = (text) => text.normalize('NFC').replace(/[\s\u00a0]+/g, '');

const folder = join(temporary('random-pages'), 'pages');
let files = [];

await part('made', async () => {
  const env = {
    REDBAG_TEST_PROPERTY_RUNS: String(PACKAGES),
    REDBAG_TEST_PROPERTY_SAVE: folder,
    TAP_TIMEOUT: '600',
  };
  const { code, all } = await run(process.execPath, ['dist-test/print/packages.test.js'], {
    env: { ...process.env, ...env },
  });
  check(code === 0, 'random packages keep the laws of pages', () => all);
  files = readdirSync(folder).filter((file) => file.endsWith('.pdf'));
  check(files.length >= PACKAGES, `${files.length} of ${PACKAGES} packages`);
});

await part('read back by poppler', async () => {
  let count = 0;
  await together(files, width, async (file) => {
    const whole = await run('qpdf', ['--check', join(folder, file)]);
    check(whole.code === 0 && !/WARNING/.test(whole.all), `${file}: qpdf`, whole.all);
    const { out } = await run('pdftotext', ['-raw', '-enc', 'UTF-8', join(folder, file), '-']);
    const pages = out.split('\f').map(bare);
    const drawn = JSON.parse(readFileSync(join(folder, file.replace(/pdf$/, 'json')), 'utf8'));
    const lines = drawn.filter(([, text]) => !REORDERED.test(text));
    count += lines.length;
    const lost = lines.filter(([page, text]) => !pages[page]?.includes(bare(text)));
    check(lost.length === 0, `${file}: every line`, () => JSON.stringify(lost.slice(0, 10)));
  });
  console.log(`${count} lines`);
});

await part('PDF/UA-1', async () => {
  const { all } = await run(oracle, ['pdf', ...files.map((file) => join(folder, file))]);
  for (const file of files) check(all.includes(`PASS ${join(folder, file)}`), `${file}: PDF/UA-1`, () => all);
});
end();
