/**
 * Makes of each attached PDF what the press can lay out: a page of ours for each of its pages, or a sentence that says
 * why one is not there.
 */
import type { Block, LeftOut } from '../press.js';
import { Budget, NotDrawable } from './budget.js';
import type { Sink } from './copy.js';
import { ForeignFile } from './file.js';
import { type Form, FormMaker, type Ways } from './form.js';
import { listPages, MOST_COUNTED } from './pages.js';

type Attached = Extract<Block, { kind: 'foreign-pages' }>;

/** One page of an attached PDF, to be drawn into a frame. */
export interface ForeignPageBlock {
  readonly kind: 'foreign-page';
  readonly form: Form;
  /** Stands above the frame, and above its first page the heading too. */
  readonly above: readonly Exclude<Block, { kind: 'foreign-pages' | 'page-break' | 'front' }>[];
  readonly strip: string;
  /** For those who cannot see it. */
  readonly alt: string;
}

export type Unfolded = Exclude<Block, { kind: 'foreign-pages' }> | ForeignPageBlock;

/** All attachments together may cost what so many may cost alone. */
const FILES_WORTH = 3;
/** No ward reads more on paper; the file itself is in the FHIR document. */
export const MOST_PAGES = { each: 100, together: 200 } as const;

/**
 * Replaces attached PDFs by their pages.
 * @param sink where their pages are copied to
 * @param leftOut is told what could not be drawn
 */
export function unfoldAttachments(
  blocks: readonly Block[],
  sink: Sink,
  leftOut: LeftOut[],
  ways: Ways,
): Unfolded[] {
  let left: number = MOST_PAGES.together;
  const total = new Budget(undefined, FILES_WORTH);
  const unfolded: Unfolded[] = [];
  for (const block of blocks) {
    if (block.kind !== 'foreign-pages') {
      unfolded.push(block);
      continue;
    }
    const pages = pagesOf(block, sink, Math.min(MOST_PAGES.each, left), ways, total);
    left -= pages.drawn;
    leftOut.push(...pages.reasons.map((reason) => ({ attachment: block.attachment, reason })));
    unfolded.push(...pages.blocks);
  }
  return unfolded;
}

interface Pages {
  readonly blocks: readonly Unfolded[];
  readonly reasons: readonly string[];
  readonly drawn: number;
}

function pagesOf(block: Attached, sink: Sink, most: number, ways: Ways, total: Budget): Pages {
  const blocks: Unfolded[] = [];
  const reasons: string[] = [];
  let above: ForeignPageBlock['above'] = [
    { kind: 'heading', level: 2, text: block.title },
    ...block.lines.map((text) => ({ kind: 'paragraph' as const, text })),
  ];
  let drawn = 0;
  const begin = (lying: boolean): void => {
    blocks.push({ kind: 'page-break', head: block.head, ...(lying ? { lying: true as const } : {}) });
  };
  const refuse = (reason: string): void => {
    if (above.length > 0) {
      begin(false);
      blocks.push(...above);
      above = [];
    }
    blocks.push({ kind: 'paragraph', tone: 'attention', text: notPrinted(reason) });
    reasons.push(reason);
  };
  try {
    const file = new ForeignFile(block.bytes, new Budget(total));
    const maker = new FormMaker(file, sink, ways);
    const { pages, count } = listPages(file, most);
    const all = countWords(count);
    let run: { readonly first: number; last: number; readonly why: string } | undefined;
    // Pages that follow one another and lack for the same reason are one sentence.
    const endRun = (): void => {
      if (run === undefined) return;
      const { first, last, why } = run;
      refuse(`${first === last ? `page ${first}` : `pages ${first} to ${last}`} of ${all}: ${why}`);
      run = undefined;
    };
    for (const [index, page] of pages.entries()) {
      const number = `page ${index + 1} of ${all}`;
      const form = typeof page === 'string' ? page : formOf(maker, page);
      if (typeof form === 'string') {
        if (run?.why === form) run.last = index + 1;
        else {
          endRun();
          run = { first: index + 1, last: index + 1, why: form };
        }
        continue;
      }
      endRun();
      begin(form.width > form.height);
      blocks.push({
        kind: 'foreign-page',
        form,
        above: [...above, ...unseen(form, reasons, number)],
        strip: `${block.strip} Attachment ${number}.`,
        alt: `Attachment ${number} of “${block.title}”, as a picture: it was not made by this service and cannot be read aloud.`,
      });
      above = [];
      drawn++;
    }
    endRun();
    if (count > pages.length) {
      const which = pages.length === 0 ? 'all its pages' : `pages ${pages.length + 1} to ${all}`;
      refuse(
        `${which}: no more than ${MOST_PAGES.each} pages of a file and ${MOST_PAGES.together} of all are printed`,
      );
    }
  } catch (error) {
    if (!(error instanceof NotDrawable)) throw error;
    refuse(`all its pages: ${error.message}`);
  }
  return { blocks, reasons, drawn };
}

function formOf(maker: FormMaker, page: Parameters<FormMaker['make']>[0]): Form | string {
  try {
    return maker.make(page);
  } catch (error) {
    if (error instanceof NotDrawable) return error.message;
    throw error;
  }
}

function unseen({ unseenEntries }: Form, reasons: string[], number: string): ForeignPageBlock['above'] {
  if (unseenEntries === 0) return [];
  const reason = `${number}: what was typed into ${unseenEntries === 1 ? 'a field' : `${unseenEntries} fields`} of this form cannot be seen here`;
  reasons.push(reason);
  return [{ kind: 'paragraph', tone: 'attention', text: notPrinted(reason) }];
}

const countWords = (count: number): string =>
  count >= MOST_COUNTED ? `${MOST_COUNTED} or more` : String(count);

/** On paper, in the place of what is missing. */
export const notPrinted = (reason: string): string =>
  `NOT PRINTED: ${reason}. The whole file is in the FHIR document of this bag, as it was sent.`;
