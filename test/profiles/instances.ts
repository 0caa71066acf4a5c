/** Valid instances of every profile: what the service makes of Betty's bag, of one that says what hers does not, and of a discharge summary. */
import { readFileSync } from 'node:fs';
import { dischargeSummaryForm } from '#src/forms/discharge-summary/form.js';
import type { JsonObject } from '#src/mapping/json.js';
import { assembleDocument, type DocumentKind } from '#src/transfer/document.js';
import { documentReferences } from '#src/transfer/document-references.js';
import { prepare } from '#src/transfer/prepared.js';
import { redBag } from '#src/transfer/red-bag.js';

// biome-ignore lint/suspicious/noExplicitAny: instances are broken on purpose, in places that their types forbid
export type Loose = any;

const BAG = '2f4b3a51-6f0e-4c55-9d4e-0d2f3a1b5c6d';
const betty: Loose = JSON.parse(
  readFileSync(new URL('../../fixtures/betty/red-bag.json', import.meta.url), 'utf8'),
);

const person = { name: 'Dr Ann Example', registration: { body: 'gmc', number: '9000001' } };

/** Lives at home, allergies not recorded, no CPR decision but plans of every kind. */
const other: Loose = {
  ...betty,
  packageId: 'other-1',
  resident: {
    ...betty.resident,
    residence: {
      kind: 'own-home',
      lines: ['1 Example Street'],
      careAgency: { name: 'Example Care', cqcLocationId: '1-1000000002' },
    },
    gpPractice: { state: 'registered', name: 'Example Surgery', odsCode: 'X99001' },
    professionalContacts: [
      {
        name: 'Jo Reed',
        role: 'Nurse',
        telephone: '01632 960001',
        registration: { body: 'nmc', number: '90A0001E' },
      },
    ],
  },
  thisIsMe: {
    myWellness: { freeText: 'Well.', media: { url: 'https://example.org/film', mimeType: 'video/mp4' } },
  },
  caresEscalation: {
    ...betty.caresEscalation,
    shared: { ...betty.caresEscalation.shared, allergies: { state: 'not-recorded' } },
  },
  cprDecision: {
    status: 'no-decision-recorded',
    otherSources: [{ status: 'not-for-cpr', source: 'universal-care-plan' }],
    respect: {
      summary: 'Frail.',
      recommendations: 'Comfort first.',
      signedBy: person,
      signedOn: '2025-03-10',
    },
    advanceDecision: { lifeSustaining: 'yes', refuses: 'Blood.', madeOn: '2001' },
    preferredPlaces: { ofDeath: [{ place: 'home', saidOn: '2025-03-09' }] },
    otherPlans: [{ kind: 'advance-care-plan', madeOn: '2020' }],
  },
};

const discharge: JsonObject = {
  format: 'redbag-discharge/1',
  packageId: 'stay-1',
  createdAt: '2026-11-27T15:00:00+00:00',
  sender: {
    organisation: { name: 'Example Hospital', odsCode: 'XRB01' },
    person: { name: 'Jo Price', role: 'Discharge nurse' },
  },
  resident: {
    name: { family: 'Hargreaves', given: ['Elizabeth'] },
    birthDate: '1939-04-17',
    nhsNumber: '9990000018',
    address: { lines: ['14 Orchard Rise'] },
  },
  stay: { admittedAt: '2026-11-22T04:10:00+00:00', leftAt: '2026-11-27T14:30:00+00:00', reason: 'Fall' },
  whatHappened: 'Chest infection. No fracture.',
  diagnoses: [{ text: 'Pneumonia', certainty: 'confirmed' }],
  treatments: [{ text: 'Antibiotics into a vein', on: '2026-11-22' }],
  medicines: [
    { name: 'Amoxicillin', change: 'started', reason: 'Chest infection' },
    { name: 'Ibuprofen', change: 'stopped', reason: 'Kidney function' },
  ],
  allergies: { state: 'found', entries: [{ agent: 'Trimethoprim', reaction: 'Rash' }] },
  cpr: { what: 'made', status: 'not-for-cpr', decidedOn: '2026-11-24', decidedBy: { name: 'Dr Sam Lee' } },
  followUp: [{ action: 'Repeat chest X-ray', by: 'GP', due: 'in six weeks' }],
  ward: { ward: 'Elm Ward', telephone: '01632 960002' },
};

const dischargeKind: DocumentKind = {
  schema: dischargeSummaryForm.schema,
  envelope: dischargeSummaryForm,
  papers: [],
  title: dischargeSummaryForm.title,
};

const documentOf = (kind: DocumentKind, sent: JsonObject): Loose => {
  const input = { prepared: prepare(sent, []), bagId: BAG, version: 1, demonstration: true };
  return JSON.parse(JSON.stringify(assembleDocument(kind, input).bundle));
};

const references = (): Loose[] =>
  documentReferences({
    bagId: BAG,
    version: 1,
    clean: prepare(betty, []).clean,
    sensitive: false,
    hidden: false,
    demonstration: true,
    pdf: new TextEncoder().encode('%PDF-1.7'),
  }).map(({ resource }) => JSON.parse(resource));

/** The documents, each whole. */
export const documents: readonly Loose[] = [
  documentOf(redBag, betty),
  documentOf(redBag, other),
  documentOf(dischargeKind, discharge),
];

const resources: readonly Loose[] = [
  ...documents,
  ...documents.flatMap((d) => d.entry.map((e: Loose) => e.resource)),
  ...references(),
];

const claims = (resource: Loose, profile: string): boolean =>
  resource.meta.profile.some((url: string) => url.endsWith(`/StructureDefinition/${profile}`));

/** The instances of a profile; of an extension those that carry it. */
export const instancesOf = (profile: string): readonly Loose[] =>
  resources.filter((r) =>
    profile === 'RedBag-AttachmentPages'
      ? r.resourceType !== 'Bundle' && JSON.stringify(r).includes(profile)
      : claims(r, profile),
  );
