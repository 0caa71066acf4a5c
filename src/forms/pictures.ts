/** Pictures that travel with a bag, as a page shows them: where they belong, small, and described. */
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import type { Block } from '../print/press.js';

/** Enough to know a face by. */
const HEIGHT = 130;

/** The attachment with an id; undefined where the bag has none, or no list of them. */
export function attachmentOf(bag: JsonObject, id: Json | undefined): JsonObject | undefined {
  const attachments = bag['attachments'];
  if (id === undefined || !Array.isArray(attachments)) return undefined;
  const found = (attachments as readonly Json[]).find((a) => isObject(a) && a['id'] === id);
  return isObject(found) ? found : undefined;
}

/** " (title)" of an attachment, or that it is not there. */
export function attachmentTitle(bag: JsonObject, id: Json): string {
  const found = attachmentOf(bag, id);
  return found === undefined ? ' (not in this bag)' : ` (${String(found['title'] ?? 'no title')})`;
}

/** The picture of an attachment; nothing where it is none that the press can draw. */
export function pictureBlock(attachment: JsonObject | undefined, alt: string): Block[] {
  if (attachment === undefined) return [];
  const { contentType, data } = attachment;
  if ((contentType !== 'image/png' && contentType !== 'image/jpeg') || typeof data !== 'string') return [];
  const bytes = new Uint8Array(Buffer.from(data, 'base64'));
  return [{ kind: 'image', bytes, contentType, alt, height: HEIGHT }];
}
