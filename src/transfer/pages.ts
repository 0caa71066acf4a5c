/** The whole PDF as blocks: page one, then the papers, then where it all comes from. */
import { fullName } from '../forms/resident/page-one.js';
import { isObject, type JsonObject } from '../mapping/json.js';
import { formatMoment } from '../print/format.js';
import type { Block, PrintDocument } from '../print/press.js';
import { attachmentBlocks } from './attachment-page.js';
import { bundleId, type DocumentKind } from './document.js';
import type { PrintAbout } from './making.js';
import { pageHeader, pageOne } from './page-one.js';
import { placeWords } from './place-words.js';
import type { Prepared } from './prepared.js';

/** Papers after page one, in the order in which a ward reads on. */
const ORDER = [
  'caresEscalation',
  'thisIsMe',
  'mar',
  'olderPersonsAssessment',
  'cprDecision',
  'belongings',
  'resident',
];

/** Lays out a version. Pure: the same input gives the same blocks. */
export function layOut(kind: DocumentKind, prepared: Prepared, about: PrintAbout): PrintDocument {
  const { shown, notUnderstood } = prepared;
  const created = String(shown['createdAt']);
  const resident = isObject(shown['resident']) ? shown['resident'] : {};
  const papers = ORDER.flatMap((member) => kind.papers.filter((form) => form.member === member));
  const blocks: Block[] = [
    ...pageOne({
      shown,
      version: about.version,
      changes: about.changes,
      notUnderstood: notUnderstood.map((n) => ({
        place: placeWords(kind.schema, n.pointer),
        value: n.value,
      })),
      safeguardingOnPageOne: about.safeguardingOnPageOne === true,
    }),
    ...papers.flatMap((form): Block[] => {
      const data = shown[form.member];
      if (!isObject(data)) return [];
      return [
        { kind: 'page-break' },
        { kind: 'heading', level: 1, text: form.title },
        ...form.page(data, { created, package: shown }),
      ];
    }),
    { kind: 'page-break' },
    { kind: 'heading', level: 1, text: 'This transfer' },
    ...kind.envelope.page(envelopeOf(kind, shown), { created, package: shown }),
    ...attachmentBlocks(shown['attachments']),
    ...origin(about, created),
  ];
  return {
    furniture: {
      title: `Red Bag transfer: ${fullName(resident)}`,
      header: pageHeader(shown),
      footer: `Red Bag, version ${about.version}, made ${formatMoment(created)}`,
      ...(about.demonstration ? { watermark: 'DEMONSTRATION – NOT FOR CARE' } : {}),
      language: 'en-GB',
      created,
    },
    blocks,
  };
}

/** The envelope without the attachments, which have blocks of their own. */
const envelopeOf = (kind: DocumentKind, shown: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(shown).filter(
      ([k]) => k !== 'attachments' && !kind.papers.some((form) => form.member === k),
    ),
  );

function origin({ bagId, version }: PrintAbout, created: string): Block[] {
  return [
    { kind: 'heading', level: 2, text: 'Where this comes from' },
    {
      kind: 'fields',
      fields: [
        { label: 'Bag', value: bagId },
        { label: 'Document', value: bundleId(bagId, version) },
        { label: 'Version', value: String(version) },
        { label: 'Ages and "days ago" reckoned from', value: formatMoment(created) },
      ],
    },
    {
      kind: 'paragraph',
      text: 'An information copy made from what the care home sent. The same content lies beside it as a FHIR document.',
    },
  ];
}
