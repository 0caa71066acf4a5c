/** The same document without what others made: for a second try where that brought the first one down. */
import type { Block, LeftOut, PrintDocument } from '../press.js';
import { notPrinted } from './unfold.js';

const REASON = 'drawing it took too much time or memory';

/** The attachments of a document that are drawn from bytes of others. */
export const attachmentsIn = ({ blocks }: PrintDocument): readonly number[] => [
  ...new Set(
    blocks.flatMap((block) =>
      block.kind === 'foreign-pages' || block.kind === 'attached-picture' ? [block.attachment] : [],
    ),
  ),
];

/** Replaces attachments, and all pictures, by words. */
export function leaveOut(document: PrintDocument): { document: PrintDocument; leftOut: LeftOut[] } {
  const blocks = document.blocks.flatMap((block): Block[] => {
    switch (block.kind) {
      case 'foreign-pages':
      case 'attached-picture':
        return [
          { kind: 'heading', level: 2, text: block.title },
          ...block.lines.map((text) => ({ kind: 'paragraph' as const, text })),
          { kind: 'paragraph', tone: 'attention', text: notPrinted(REASON) },
        ];
      case 'image':
        return [{ kind: 'paragraph', text: `PICTURE NOT PRINTED (${REASON}): ${block.alt}` }];
      case 'front':
        return [{ ...block, zones: block.zones.map((zone) => withoutPictures(zone)) }];
      default:
        return [block];
    }
  });
  return {
    document: { ...document, blocks },
    leftOut: attachmentsIn(document).map((attachment) => ({ attachment, reason: REASON })),
  };
}

type Zone = Extract<Block, { kind: 'front' }>['zones'][number];

function withoutPictures(zone: Zone): Zone {
  const { beside, ...rest } = zone;
  if (beside === undefined) return zone;
  return { ...rest, beside: beside.filter(({ kind }) => kind !== 'image') };
}
