/**
 * The documents that the validator is measured on, cut from and grown out of Betty's bag (`fixtures/betty`): real
 * papers with their profiles, no clinical text beyond what the fixture holds.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const BETTY = new URL('../../fixtures/betty/bundle.json', import.meta.url);

/** What the 61 entries are, besides what they refer to: the mix of one night's bag. */
const MIX = {
  AllergyIntolerance: 3,
  Condition: 5,
  MedicationStatement: 1,
  MedicationAdministration: 2,
  Observation: 17,
  QuestionnaireResponse: 1,
  Consent: 1,
  Flag: 6,
  Device: 9,
  Encounter: 1,
  RelatedPerson: 3,
  Communication: 3,
};
/** The sections that stay, besides those within others. */
const SECTIONS = [
  'Resident',
  'Problems and diagnoses',
  'Risks',
  'Concerns: reason for transfer',
  'Allergies and adverse reactions',
  'Examination and observations',
  'Medicines administration record',
  'CPR decision',
];
/** Members that no profile demands, and that a smaller home would leave empty. */
const SPARE = ['note', 'method'];
const NARRATIVE = 12;
const XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">';

/** The 61-entry document of about 55 KB. */
export function nightBag() {
  const bundle = JSON.parse(readFileSync(BETTY, 'utf8'));
  const wanted = new Set();
  const left = { ...MIX };
  const byUrl = new Map(bundle.entry.map((entry) => [entry.fullUrl, entry]));
  const want = (entry) => {
    if (entry === undefined || wanted.has(entry)) return;
    wanted.add(entry);
    if (entry.resource.resourceType !== 'Composition') {
      for (const url of single(entry.resource)) want(byUrl.get(url));
    }
  };
  want(bundle.entry[0]);
  const { section: _, ...head } = bundle.entry[0].resource;
  for (const url of single(head)) want(byUrl.get(url));
  for (const entry of smallestFirst(bundle.entry)) {
    const { resourceType: type } = entry.resource;
    // Betty's status of resuscitation must stay: the profile asks for it.
    const isCpr = type === 'Flag' && JSON.stringify(entry.resource.code).includes('cpr-status');
    if (!wanted.has(entry) && (isCpr || (left[type] ?? 0) > 0)) {
      left[type] -= 1;
      want(entry);
    }
  }
  bundle.entry = bundle.entry.filter((entry) => wanted.has(entry));
  for (let place = bundle.entry.length - 1; bundle.entry.length > 61; place--) {
    if (isSpare(bundle, bundle.entry[place])) bundle.entry.splice(place, 1);
  }
  const kept = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
  const composition = bundle.entry[0].resource;
  composition.section = composition.section.filter(({ title }) => SECTIONS.includes(title));
  for (const { resource } of bundle.entry) {
    prune(resource, kept);
    delete resource.meta.source;
    if (resource !== composition) for (const name of SPARE) delete resource[name];
  }
  return bundle;
}

/** A document of so many entries: the night bag cut down, or with more observations and doses in its sections. */
export function documentOf(count) {
  const bundle = nightBag();
  const composition = bundle.entry[0].resource;
  if (count < bundle.entry.length) return few(bundle, count);
  const models = bundle.entry.filter(({ resource }) =>
    ['Observation', 'MedicationAdministration', 'Condition', 'MedicationStatement'].includes(
      resource.resourceType,
    ),
  );
  const section = composition.section.find(({ entry }) => entry !== undefined) ?? composition.section[0];
  section.entry ??= [];
  for (let place = bundle.entry.length; place < count; place++) {
    const copy = structuredClone(models[place % models.length]);
    copy.resource.id = uuidOf(place);
    copy.fullUrl = `urn:uuid:${copy.resource.id}`;
    bundle.entry.push(copy);
    section.entry.push({ reference: copy.fullUrl });
  }
  return bundle;
}

function few(bundle, count) {
  const composition = bundle.entry[0].resource;
  const kept = new Set([bundle.entry[0]]);
  const byUrl = new Map(bundle.entry.map((entry) => [entry.fullUrl, entry]));
  const want = (entry) => {
    if (entry === undefined || kept.has(entry)) return;
    kept.add(entry);
    for (const url of single(entry.resource)) want(byUrl.get(url));
  };
  const { section: _, ...head } = composition;
  for (const url of single(head)) want(byUrl.get(url));
  // What the profile asks of every bag.
  want(bundle.entry.find(({ resource }) => JSON.stringify(resource.code ?? '').includes('cpr-status')));
  want(bundle.entry.find(({ resource }) => resource.resourceType === 'AllergyIntolerance'));
  for (const entry of bundle.entry) if (kept.size < count) want(entry);
  bundle.entry = bundle.entry.filter((entry) => kept.has(entry));
  const urls = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
  for (const { resource } of bundle.entry) prune(resource, urls);
  return bundle;
}

/** The references that stand alone, so cannot be left out without their target. */
function single(value, found = []) {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item?.reference !== 'string') single(item, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (
        Array.isArray(inner) &&
        inner.length > 0 &&
        inner.every((item) => typeof item?.reference === 'string')
      )
        found.push(inner[0].reference);
      else if (key === 'reference' && typeof inner === 'string') found.push(inner);
      else single(inner, found);
    }
  }
  return found;
}

/** Takes out of arrays the references to what is not kept, the test labels, and most words of narratives. */
function prune(value, kept) {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (Array.isArray(inner) && inner.some((item) => typeof item?.reference === 'string')) {
      const rest = inner.filter(({ reference }) => reference === undefined || kept.has(reference));
      if (rest.length > 0) value[key] = rest;
      else delete value[key];
    } else if (key === 'security' && inner[0]?.code === 'HTEST') delete value[key];
    else if (key === 'div' && inner.length > NARRATIVE + 60) value[key] = shortened(inner);
    prune(value[key], kept);
  }
}

/** The same words, as many as fit, in one paragraph. */
function shortened(div) {
  const words = div
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[^;]*;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${XHTML}<p>${words.slice(0, NARRATIVE)}</p></div>`;
}

function smallestFirst(entries) {
  return [...entries].sort((left, right) => JSON.stringify(left).length - JSON.stringify(right).length);
}

/** An observation or dose that nothing but the Composition refers to. */
function isSpare(bundle, { fullUrl, resource }) {
  if (!['Observation', 'MedicationAdministration'].includes(resource.resourceType)) return false;
  const others = bundle.entry.slice(1).filter((entry) => entry.resource !== resource);
  return !others.some((entry) => JSON.stringify(entry.resource).includes(fullUrl));
}

function uuidOf(place) {
  const hex = createHash('sha256').update(`bench ${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
