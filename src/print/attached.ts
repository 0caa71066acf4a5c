/** A file carried inside, as PDF/A-3 wants it (ISO 19005-3, 6.8; ISO 32000-1, 7.11). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { colourProfile } from './colour-profile.js';
import { dateString, type PdfFile, textString } from './file.js';
import type { Attached } from './press.js';

/** Writes the file and the meaning of its colours. @returns entries for the catalogue */
export function writeAttached(file: PdfFile, attached: Attached, created: Date): string {
  const { bytes, name, contentType, description } = attached;
  const date = dateString(created);
  // Of 1992 and no proof against anybody; the standard knows no other.
  const sum = createHash('md5').update(bytes).digest('hex');
  const content = file.addStream(
    `/Type/EmbeddedFile/Subtype/${nameOf(contentType)}/Filter/FlateDecode` +
      `/Params<</Size ${bytes.length}/CreationDate${date}/ModDate${date}/CheckSum<${sum}>>>`,
    deflateSync(bytes),
  );
  const text = textString(name);
  const specification = file.add(
    `<</Type/Filespec/F${text}/UF${text}/Desc${textString(description)}/AFRelationship/Alternative` +
      `/EF<</F ${content} 0 R/UF ${content} 0 R>>>>`,
  );
  const profile = colourProfile();
  const colours = file.addStream('/N 3/Filter/FlateDecode', deflateSync(profile));
  return (
    `/AF[${specification} 0 R]/Names<</EmbeddedFiles<</Names[${text} ${specification} 0 R]>>>>` +
    `/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)` +
    `/DestOutputProfile ${colours} 0 R>>]`
  );
}

/** A text as a name (ISO 32000-1, 7.3.5). */
function nameOf(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^!-~]|[#()<>[\]{}/%]/g, (byte) => `#${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
