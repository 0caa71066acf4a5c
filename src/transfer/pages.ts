/** The whole PDF as blocks: page one, then the papers, then where it all comes from. */
import { fullName } from '../forms/resident/page-one.js';
import { isObject, type JsonObject, member } from '../mapping/json.js';
import { formatMoment } from '../print/format.js';
import type { Front, Pointer } from '../print/front-words.js';
import type { Block, PrintDocument } from '../print/press.js';
import { attachedPages, attachmentList } from './attachment-page.js';
import type { DocumentKind } from './document.js';
import { originBlocks } from './envelope-page.js';
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

/**
 * Papers that may stand on one page when they are short. The chart lies; the CPR page is looked for as a page of its
 * own; the belongings are signed and travel.
 */
const FOLLOWING: ReadonlySet<string> = new Set([
  'caresEscalation',
  'thisIsMe',
  'olderPersonsAssessment',
  'resident',
]);

/** Where a reader of page one turns to; its zones point to the other papers. */
const INDEX: readonly Pointer[] = [
  { text: 'About Me', to: 'thisIsMe' },
  { text: 'Belongings', to: 'belongings' },
  { text: 'This transfer', to: 'transfer' },
];

/** Lays out a version. Pure: the same input gives the same blocks. */
export function layOut(kind: DocumentKind, prepared: Prepared, about: PrintAbout): PrintDocument {
  const { shown, notUnderstood } = prepared;
  const created = String(shown['createdAt']);
  const header = pageHeader(shown);
  const resident = isObject(shown['resident']) ? shown['resident'] : {};
  const papers = ORDER.flatMap((member) => kind.papers.filter((form) => form.member === member));
  const blocks: Block[] = [
    marked(
      about,
      pageOne({
        shown,
        version: about.version,
        changes: about.changes,
        notUnderstood: notUnderstood.map((n) => ({
          place: placeWords(kind.schema, n.pointer),
          value: n.value,
        })),
        safeguardingOnPageOne: about.safeguardingOnPageOne === true,
        index: INDEX,
      }),
    ),
    ...papers
      .filter((form) => isObject(shown[form.member]))
      .flatMap((form, i, sent): Block[] => {
        const data = shown[form.member] as JsonObject;
        const follows = FOLLOWING.has(sent[i - 1]?.member ?? '') && FOLLOWING.has(form.member);
        return paperBlocks(form.title, form.member, form.page(data, { created, package: shown }), follows);
      }),
    // No paper of its own: nobody hands it on, so it follows what stands before it.
    { kind: 'heading', level: 1, text: 'This transfer', anchor: 'transfer' },
    ...kind.envelope.page(envelopeOf(kind, shown), { created, package: shown }),
    ...attachmentList(shown['attachments']),
    ...originBlocks(about, created),
    ...attachedPages(shown['attachments'], { header, ...sentBy(shown) }),
  ];
  return {
    furniture: {
      title: `${about.mark === undefined ? '' : `${about.mark}: `}Red Bag transfer: ${fullName(resident)}`,
      header,
      footer: `Red Bag, version ${about.version}, made ${formatMoment(created)}`,
      ...watermarkOf(about),
      ...addressOf(about),
      language: 'en-GB',
      created,
    },
    blocks,
  };
}

/** Page one says first, and to readers aloud too, that it must not be used. */
const marked = ({ mark }: PrintAbout, front: Front): Front =>
  mark === undefined ? front : { ...front, title: `${mark}. ${front.title}` };

/** A demonstration stays one when it is superseded. */
function watermarkOf({ mark, demonstration }: PrintAbout): { watermark?: string } {
  const words = [mark, demonstration ? 'DEMONSTRATION – NOT FOR CARE' : undefined].filter(
    (w) => w !== undefined,
  );
  return words.length === 0 ? {} : { watermark: words.join(' – ') };
}

/** Leads to the newest version, whichever of them is read; nothing clinical is in it. */
const addressOf = ({ publicUrl = '', bagId }: PrintAbout): { address?: string } =>
  publicUrl === '' ? {} : { address: `${publicUrl}/red-bags/${encodeURIComponent(bagId)}/pdf` };

/**
 * A paper on a page of its own, unless it may follow another and is short enough to stand whole below it; where its
 * blocks begin with a break, on a page of that kind.
 */
function paperBlocks(title: string, anchor: string, blocks: readonly Block[], follows: boolean): Block[] {
  const [first, ...rest] = blocks;
  const heading: Block = { kind: 'heading', level: 1, text: title, anchor };
  return first?.kind === 'page-break'
    ? [first, heading, ...rest]
    : [{ kind: 'page-break', ...(follows ? { unlessWhole: true } : {}) }, heading, ...blocks];
}

/** The envelope without the attachments, which have blocks of their own. */
const envelopeOf = (kind: DocumentKind, shown: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(shown).filter(
      ([k]) => k !== 'attachments' && !kind.papers.some((form) => form.member === k),
    ),
  );

/** Name of the sending organisation, where it may be told. */
function sentBy(shown: JsonObject): { sentBy?: string } {
  const name = member(shown, 'sender.organisation.name');
  return typeof name === 'string' ? { sentBy: name } : {};
}
