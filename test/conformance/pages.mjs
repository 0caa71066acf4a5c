/**
 * The two pages that a person looks at, in Chromium: the pretend hospital's list after Betty's bag and an amended and
 * a withdrawn one, and the interface's description. No console error, no request to anywhere but this service, and the
 * words that must be seen. Screenshots are kept where `--keep FOLDER` says.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrowser } from './support/browser.mjs';
import { until } from './support/programs.mjs';
import { sendAll, startService, storedBags, withdraw } from './support/service.mjs';
import { check, end, part } from './support/tally.mjs';

const keep = process.argv.indexOf('--keep');
const folder = keep > 0 ? process.argv[keep + 1] : undefined;

const service = await startService();
const bags = storedBags();
const named = (name) => bags.find((bag) => bag.name === name);
await sendAll(service.url, named('betty'), 'XRB01');
await sendAll(service.url, named('amended-twice'), 'XRB01');
const wrong = await sendAll(service.url, named('night-urgent'), 'XRB14');
await withdraw(service.url, wrong.id, 'Sent for the wrong resident');

const browser = await startBrowser();

async function look(name, address, words) {
  await part(name, async () => {
    const page = await browser.open(address);
    // A page is drawn when it is drawn: on a busy machine long after its last request.
    const said = () => page.evaluate('document.body.innerText');
    const all = async () => {
      const text = await said();
      return words.every((word) => text.includes(word)) ? text : undefined;
    };
    const text = await until(name, all, 60).catch(said);
    for (const word of words) check(text.includes(word), `${name} says "${word}"`, text.slice(0, 1500));
    check(page.errors.length === 0, `${name}: no console errors`, page.errors.join('\n'));
    const own = new URL(address).origin;
    const outside = page.requests.filter((url) => !url.startsWith(own) && !url.startsWith('data:'));
    check(page.requests.length > 0 && outside.length === 0, `${name}: no outside requests`, outside);
    const picture = await page.screenshot();
    check(picture.length > 10_000, `${name}: something is drawn`, `${picture.length} bytes`);
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${name.replaceAll(' ', '-')}.png`), picture);
    }
    await page.close();
  });
}

await look('pretend hospital', `${service.sandboxUrl}/`, [
  'DEMONSTRATION – NOT FOR CARE',
  'application/pdf',
  'SUPERSEDED',
  'Example Hospital: all is well',
]);
await look('description of the interface', `${service.url}/docs`, [
  '/red-bags',
  '/red-bags/{id}/withdrawal',
  '/health',
]);

await browser.stop();
check((await service.stop()) === 0, 'the service ends cleanly');
end();
