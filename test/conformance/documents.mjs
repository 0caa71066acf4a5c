/**
 * Every fixture's Bundle, and both DocumentReferences as a hospital gets them, before the reference validator: no
 * error by our profiles, the UK Core profiles that each resource claims, and IHE MHD; each class of warning explained
 * in warnings.md (`--write` brings its counts up to date).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MHD, OURS, startValidator, UK_CORE, width } from './support/oracle.mjs';
import { together } from './support/programs.mjs';
import { sendAll, settled, startService, storedBags, withdraw } from './support/service.mjs';
import { check, end, part } from './support/tally.mjs';
import { classOf, unexplained, write } from './support/warnings.mjs';

const UK = (name) => `https://fhir.hl7.org.uk/StructureDefinition/UKCore-${name}`;
const OWN = 'https://w3id.org/redbag/StructureDefinition/RedBag-';
const IHE = (name) =>
  `https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.${name}.DocumentReference`;

const counts = new Map();

/** Profiles that the validator was given: one that it does not know it would pass over. */
const known = new Set(
  [OURS, join(UK_CORE, 'profiles')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
      .filter(({ resourceType }) => resourceType === 'StructureDefinition')
      .map(({ url }) => url),
  ),
);
/** Types that UK Core has a profile for, under that very name. */
const ukTypes = (type) => known.has(UK(type));

function judge(name, verdict) {
  const errors = verdict.issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  check(verdict.errors === 0, name, () =>
    errors
      .slice(0, 12)
      .map((e) => `${e.id} at ${e.path}: ${e.message}`)
      .join('\n'),
  );
  for (const issue of verdict.issues.filter(({ severity }) => severity === 'warning'))
    counts.set(classOf(issue), (counts.get(classOf(issue)) ?? 0) + 1);
}

/** Every resource claims a profile of ours and the UK Core one of its type, and all that are claimed were there. */
function claims(name, bundle) {
  const faults = [bundle, ...bundle.entry.map(({ resource }) => resource)].flatMap((resource) => {
    const claimed = resource.meta?.profile ?? [];
    const type = resource.resourceType;
    const wanted = [
      ...claimed.filter((url) => !known.has(url)).map((url) => `claims ${url}, which is not known`),
      ...(claimed.some((url) => url.startsWith(OWN)) ? [] : ['claims no profile of ours']),
      ...(!ukTypes(type) || claimed.some((url) => url.startsWith(UK('')))
        ? []
        : ['claims no UK Core profile']),
    ];
    return wanted.map((fault) => `${type} ${resource.id} ${fault}`);
  });
  check(faults.length === 0, `${name}: what each resource claims`, faults.join('\n'));
}

const validator = await startValidator([OURS, UK_CORE, MHD]);
const bags = storedBags();

await part(`Bundles of ${bags.length} fixtures`, async () => {
  const files = bags.flatMap(({ versions }) => versions.map(({ bundle }) => bundle));
  await together(files, width, async (file) => {
    const name = file.split('/').slice(-2).join('/');
    const text = readFileSync(file, 'utf8');
    const bundle = JSON.parse(text);
    judge(name, await validator.validate(text, [UK('Bundle')]));
    claims(name, bundle);
    // By themselves too, so that nothing hangs on what the Bundle's own profile asks of its entries.
    for (const type of ['Composition', 'Patient']) {
      for (const { resource } of bundle.entry.filter((e) => e.resource.resourceType === type)) {
        const alone = await validator.validate(JSON.stringify(resource), [UK(type)]);
        const errors = alone.issues.filter((i) => i.severity === 'error');
        check(alone.valid, `${name}: ${type} by UK Core`, () => errors);
      }
    }
  });
});

await part('DocumentReferences as the hospital gets them', async () => {
  const service = await startService();
  const at = `${service.sandboxUrl}/XRB01/fhir/DocumentReference`;
  const received = async () => (await (await fetch(at)).json()).entry.map(({ resource }) => resource);
  const sent = await together(bags, 4, (bag) => sendAll(service.url, bag, 'XRB01'));
  const delivered = sent.filter(({ deliveries }) => deliveries.length > 0);
  const versions = delivered.flatMap(({ deliveries }) => deliveries);
  const documents = await received();
  check(documents.length === 2 * versions.length, 'two for each version', `${documents.length}`);
  await withdraw(service.url, delivered[0].id, 'Sent for the wrong resident');
  await settled(service.url, delivered[0].id);
  const withdrawn = (await received()).filter(({ status }) => status === 'entered-in-error');
  check(withdrawn.length >= 2, 'a withdrawn bag is entered in error');
  await service.stop();
  console.log(
    `${documents.length} DocumentReferences of ${delivered.length} bags that are shared, ${withdrawn.length} withdrawn`,
  );
  const mhd = [IHE('Minimal'), IHE('UnContained.Comprehensive')];
  await together([...documents, ...withdrawn], width, async (document) => {
    const { contentType } = document.content[0].attachment;
    judge(
      `${document.status} DocumentReference ${document.id} (${contentType})`,
      // MHD has no withdrawn documents: its statuses are current and superseded.
      await validator.validate(JSON.stringify(document), [
        UK('DocumentReference'),
        ...(document.status === 'entered-in-error' ? [] : mhd),
      ]),
    );
  });
});
await validator.stop();

const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
console.log(`${total} warnings of ${counts.size} classes`);
if (process.argv.includes('--write')) write(counts);
const news = unexplained(counts);
check(news.length === 0, 'every class of warning is explained in warnings.md', news.join('\n'));
end();
