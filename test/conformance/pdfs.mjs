/**
 * Every fixture's PDF, as it is and as a demonstration: PDF/UA-1 by veraPDF, whole by qpdf, and on each page the
 * resident's name and NHS number (or the words that there is none), read back with poppler; copies of superseded
 * versions and large print likewise; PDF/A-3a of each. Where pages of others are appended the file makes no claim, and
 * the part before them is checked. Needs qpdf and poppler.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from '../../dist/print/render.js';
import { layOut } from '../../dist/transfer/pages.js';
import { prepare } from '../../dist/transfer/prepared.js';
import { redBag } from '../../dist/transfer/red-bag.js';
import { oracle, pdfChecker, width } from './support/oracle.mjs';
import { root, run, temporary, together } from './support/programs.mjs';
import { amend, post, sentTo, startService, storedBags } from './support/service.mjs';
import { check, end, part } from './support/tally.mjs';

const folder = temporary('pdfs');
const files = [];

async function keep(address, name, more) {
  const answer = await fetch(address);
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  files.push({ file, ...more });
}

const hasForeignPages = ({ attachments = [] }) =>
  attachments.some(({ contentType }) => contentType === 'application/pdf');

/** What the service made of a bag itself. */
async function ownPart({ sent, name, file }) {
  const about = {
    bagId: '00000000-0000-4000-8000-000000000000',
    version: 1,
    demonstration: false,
    changes: [],
  };
  const { furniture, blocks } = layOut(redBag, prepare(sent, []), about);
  const own = blocks.filter(({ kind }) => kind !== 'foreign-pages');
  const path = file.replace('.pdf', '-own.pdf');
  writeFileSync(path, (await render({ furniture, blocks: own })).pdf);
  return { file: path, name: `${name}, without pages of others` };
}

/** The fixtures' bags as a service prints them, every version. */
async function printed(settings, mark) {
  const service = await startService(settings);
  await together(storedBags(), width, async ({ name, versions }) => {
    let id;
    for (const [i, { sent }] of versions.entries()) {
      const bag = sentTo(sent, 'XRB01');
      if (id === undefined) id = (await post(service.url, bag)).body.id;
      else await amend(service.url, id, i, bag);
      const say = { name: `${name}, version ${i + 1}, ${mark}`, sent, mark };
      await keep(`${service.url}/red-bags/${id}/pdf`, `${name}-${i + 1}-${mark}`, say);
      if (i === 0 && mark === 'real') {
        const large = { ...say, name: `${say.name}, large print` };
        await keep(`${service.url}/red-bags/${id}/pdf?print=large`, `${name}-large`, large);
      }
    }
    for (const [i, { sent }] of versions.slice(0, -1).entries()) {
      const say = {
        name: `${name}, version ${i + 1}, ${mark}, superseded`,
        sent,
        mark,
        lapsed: 'SUPERSEDED',
      };
      await keep(`${service.url}/red-bags/${id}/versions/${i + 1}/pdf`, `${name}-${i + 1}-${mark}-old`, say);
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
  const whole = files.filter(({ sent }) => !hasForeignPages(sent));
  const parted = files.filter(({ sent }) => hasForeignPages(sent));
  for (const { file, name } of parted)
    check(!readFileSync(file).includes('<pdfuaid:part>'), `${name}: claims nothing of pages of others`);
  const checked = [...whole];
  for (const one of parted) if (!one.lapsed) checked.push(await ownPart(one));
  const { all } = await run(oracle, ['pdf', ...checked.map(({ file }) => file)]);
  for (const { file, name } of checked) check(all.includes(`PASS ${file}`), `${name}: PDF/UA-1`, () => all);
});

await part('PDF/A-3a, as an archive gets it', async () => {
  const archives = await together(storedBags(), width, async ({ name, versions }) => {
    const file = join(folder, `${name}-archive.pdf`);
    const args = [join(root, 'dist', 'cli.js'), 'print', versions[0].bag, '--pdf-a3', '-o', file];
    const { code, all } = await run(process.execPath, args);
    check(code === 0, `${name}: printed for an archive`, all);
    return { name, file };
  });
  const [program, args] = pdfChecker('3a');
  const { all } = await run(program, [...args, ...archives.map(({ file }) => file)]);
  for (const { file, name } of archives) check(all.includes(`PASS ${file}`), `${name}: PDF/A-3a`, () => all);
});

const bare = (text) =>
  text
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, '')
    .toLowerCase();

/** What must stand on each page of this resident's papers. */
function onEachPage({ resident }, mark, lapsed) {
  const { name, nhsNumber } = resident;
  const family = typeof name.family === 'string' ? name.family : name.full;
  return [
    ['the name', bare(family ?? '')],
    ['the NHS number', nhsNumber === undefined ? 'nhsnumber' : bare(nhsNumber)],
    ...(lapsed === undefined ? [] : [['that it is superseded', bare(lapsed)]]),
    ...(mark === 'demonstration' ? [['its mark', bare('NOT FOR CARE')]] : []),
  ];
}

await part('whole, and each page names the resident', async () => {
  await together(files, width, async ({ file, name, sent, mark, lapsed }) => {
    const whole = await run('qpdf', ['--check', file]);
    check(whole.code === 0 && !/WARNING/.test(whole.all), `${name}: qpdf`, whole.all);
    const { out } = await run('pdftotext', ['-enc', 'UTF-8', file, '-']);
    // Each page ends with a form feed.
    const pages = out.split('\f').slice(0, -1).map(bare);
    check(pages.length > 0, `${name}: pages`);
    for (const [what, text] of onEachPage(sent, mark, lapsed)) {
      const without = pages.flatMap((page, i) => (page.includes(text) ? [] : [i + 1]));
      check(without.length === 0, `${name}: ${what} on each page`, `not on ${without.join(', ')}`);
    }
  });
});
end();
