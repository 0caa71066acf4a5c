/** The photograph of the resident for page one, with its date: an old one says so. */
import { isObject, type JsonObject, member } from '../mapping/json.js';
import { formatDay } from '../print/format.js';
import type { Beside } from '../print/front-words.js';

/** Undefined where none was sent, or where it is no picture that paper can show. */
export function photographOf(shown: JsonObject): Extract<Beside, { kind: 'image' }> | undefined {
  const id = member(shown, 'resident.photograph.attachmentId');
  const sent = shown['attachments'];
  if (id === undefined || !Array.isArray(sent)) return undefined;
  const found = sent.find((one): one is JsonObject => isObject(one) && one['id'] === id);
  const { contentType, data } = found ?? {};
  if ((contentType !== 'image/jpeg' && contentType !== 'image/png') || typeof data !== 'string')
    return undefined;
  const taken = member(shown, 'resident.photograph.takenOn');
  return {
    kind: 'image',
    bytes: new Uint8Array(Buffer.from(data, 'base64')),
    contentType,
    alt: 'Photograph of the resident, as the home sent it',
    caption: taken === undefined ? 'date not recorded' : formatDay(String(taken)),
  };
}
