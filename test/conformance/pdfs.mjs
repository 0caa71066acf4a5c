/**
 * Every fixture's PDF, as it is and as a demonstration: PDF/UA-1 by veraPDF, whole by qpdf, and on each page the
 * resident's name and NHS number (or the words that there is none), read back with poppler. Needs qpdf and poppler.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oracle, width } from './support/oracle.mjs';
import { run, temporary, together } from './support/programs.mjs';
import { amend, post, sentTo, startService, storedBags } from './support/service.mjs';
import { check, end, part } from './support/tally.mjs';

const folder = temporary('pdfs');
const files = [];

/** The fixtures' bags as a service prints them, every version. */
async function printed(settings, mark) {
  const service = await startService(settings);
  await together(storedBags(), width, async ({ name, versions }) => {
    let id;
    for (const [i, { sent }] of versions.entries()) {
      const bag = sentTo(sent, 'XRB01');
      if (id === undefined) id = (await post(service.url, bag)).body.id;
      else await amend(service.url, id, i, bag);
      const answer = await fetch(`${service.url}/red-bags/${id}/pdf`);
      const file = join(folder, `${name}-${i + 1}-${mark}.pdf`);
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
      files.push({ file, name: `${name}, version ${i + 1}, ${mark}`, sent, mark });
    }
  });
  await service.stop();
}

await part('printed', async () => {
  const hospitals = join(folder, 'hospitals.json');
  writeFileSync(hospitals, '{"hospitals":{}}');
  await printed({}, 'demonstration');
  await printed({ REDBAG_HOSPITALS: hospitals, REDBAG_LOG_LEVEL: 'error' }, 'real');
  console.log(`${files.length} PDFs`);
});

await part('PDF/UA-1', async () => {
  const { all } = await run(oracle, ['pdf', ...files.map(({ file }) => file)]);
  for (const { file, name } of files) check(all.includes(`PASS ${file}`), `${name}: PDF/UA-1`, () => all);
});

const bare = (text) =>
  text
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, '')
    .toLowerCase();

/** What must stand on each page of this resident's papers. */
function onEachPage({ resident }, mark) {
  const { name, nhsNumber } = resident;
  const family = typeof name.family === 'string' ? name.family : name.full;
  return [
    ['the name', bare(family ?? '')],
    ['the NHS number', nhsNumber === undefined ? 'nhsnumber' : bare(nhsNumber)],
    ...(mark === 'demonstration' ? [['its mark', bare('NOT FOR CARE')]] : []),
  ];
}

await part('whole, and each page names the resident', async () => {
  await together(files, width, async ({ file, name, sent, mark }) => {
    const whole = await run('qpdf', ['--check', file]);
    check(whole.code === 0 && !/WARNING/.test(whole.all), `${name}: qpdf`, whole.all);
    const { out } = await run('pdftotext', ['-enc', 'UTF-8', file, '-']);
    // Each page ends with a form feed.
    const pages = out.split('\f').slice(0, -1).map(bare);
    check(pages.length > 0, `${name}: pages`);
    for (const [what, text] of onEachPage(sent, mark)) {
      const without = pages.flatMap((page, i) => (page.includes(text) ? [] : [i + 1]));
      check(without.length === 0, `${name}: ${what} on each page`, `not on ${without.join(', ')}`);
    }
  });
});
end();
