/**
 * What attachments really are, told from their bytes; nothing in them is ever run or rendered here.
 * Signatures: https://github.com/sindresorhus/file-type. Markup (SVG, HTML) has none, so it is looked for in the text.
 */
import { inflateSync } from 'node:zlib';
import { fileTypeFromBuffer } from 'file-type';
import { hasExtension } from '../forms/file-name.js';
import type { Finding } from '../forms/finding.js';
import type { Form } from '../forms/form.js';
import { isObject, type Json, type JsonObject, step } from '../mapping/json.js';
import { type FormSchema, isArraySchema, isObjectSchema } from '../mapping/schema.js';

/** What bytes are: a media type as `MEDIA_TYPES` has it, another one, active content, or nothing known. */
export interface Content {
  readonly type?: string;
  /** Content that can act (markup with scripts, programs): never carried under any name. */
  readonly active?: true;
}

/** Names that file-type gives to what `MEDIA_TYPES` calls otherwise. */
const SAME: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
};
/** An MP4 file does not say in its first bytes whether it holds a film or sound alone. */
const MP4 = new Set(['video/mp4', 'audio/mp4']);

const PROGRAMS = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/java-vm',
  'application/wasm',
  'application/x-sh',
  'application/x-shockwave-flash',
  'application/vnd.ms-htmlhelp',
  'application/x.ms.shortcut',
]);

const MARKUP =
  /<\s*(!doctype|html|head|body|script|iframe|svg|[a-z0-9]+:svg|\?xml|\?xml-stylesheet|!--|meta|link|object|embed)/i;
const LOOKED_AT = 4096;

/** Tells what bytes are. */
export async function contentOf(bytes: Uint8Array): Promise<Content> {
  // First: a byte order mark before markup looks like a frame of MP3.
  if (isMarkup(bytes) || isScript(bytes)) return { active: true };
  const found = await typed(bytes);
  if (found === undefined) return {};
  return PROGRAMS.has(found) ? { type: found, active: true } : { type: SAME[found] ?? found };
}

async function typed(bytes: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    return undefined; // cut short in the middle of what the signature announces
  }
}

/** Text that starts as markup does, in UTF-8, Latin-1 or UTF-16. */
function isMarkup(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
  // In UTF-16 every other byte of such text is zero.
  const plain = head.replaceAll('\0', '').replace(/^(ÿþ|þÿ|ï»¿)/u, '');
  return /^\s*</.test(plain) && MARKUP.test(plain);
}

const isScript = (bytes: Uint8Array): boolean => bytes[0] === 0x23 && bytes[1] === 0x21;

const fits = (said: string, is: string): boolean => said === is || (MP4.has(said) && MP4.has(is));

/**
 * Findings of a package's attachments: of their bytes, their names, and of the papers that refer to them.
 * @param bag a package that its schema accepts
 * @param papers the forms in which attachments are referred to
 */
export async function attachmentFindings(
  bag: JsonObject,
  papers: readonly Pick<Form, 'member' | 'schema'>[],
): Promise<Finding[]> {
  const items = Array.isArray(bag['attachments']) ? (bag['attachments'] as readonly Json[]) : [];
  const findings: Finding[] = [];
  const first = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    if (!isObject(item)) continue;
    const at = `/attachments${step(i)}`;
    findings.push(...named(item, at, first, i), ...(await content(item, at)));
  }
  return [...findings, ...dangling(bag, papers, new Set(first.keys()))];
}

function named(item: JsonObject, at: string, first: Map<string, number>, index: number): Finding[] {
  const { id, title } = item;
  const findings: Finding[] = [];
  if (typeof id === 'string') {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else findings.push({ code: 'attachment-id-twice', pointer: `${at}/id`, values: { first: before } });
  }
  if (typeof title === 'string' && hasExtension(title)) {
    findings.push({ code: 'filename-with-extension', pointer: `${at}/title` });
  }
  return findings;
}

async function content(item: JsonObject, at: string): Promise<Finding[]> {
  const { contentType: said, data } = item;
  if (typeof data !== 'string') return [];
  const bytes = Buffer.from(data, 'base64');
  const { type, active } = await contentOf(bytes);
  if (active) return [{ code: 'attachment-type-refused', pointer: `${at}/data` }];
  if (typeof said === 'string' && (type === undefined || !fits(said, type))) {
    return [
      {
        code: 'attachment-not-what-it-says',
        pointer: `${at}/contentType`,
        values: { found: type ?? 'of no type known here' },
      },
    ];
  }
  return type === 'application/pdf' ? pdfFindings(bytes, at) : [];
}

const ACTS =
  /\/(JavaScript|JS|Launch|SubmitForm|ImportData|EmbeddedFile|EmbeddedFiles|RichMedia|XFA)(?![A-Za-z0-9])/;

/** A PDF that can act is carried, because a scan may be the only copy; the reader is warned. */
function pdfFindings(bytes: Buffer, at: string): Finding[] {
  const text = bytes.toString('latin1');
  const objects = withoutStreams(text);
  const findings: Finding[] = [];
  if (/\/Encrypt(?![A-Za-z0-9])/.test(objects))
    findings.push({ code: 'attachment-pdf-locked', pointer: `${at}/data` });
  if ([objects, ...compressedObjects(text)].some((part) => ACTS.test(names(part)))) {
    findings.push({ code: 'attachment-pdf-acts', pointer: `${at}/data` });
  }
  return findings;
}

/** PDF names may be written with #xx for any character (ISO 32000-1, 7.3.5). */
const names = (text: string): string =>
  text.replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The objects of a PDF without the bytes of its pictures, in which any letters may stand by chance. */
function withoutStreams(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('stream', at);
    const end = start < 0 ? -1 : text.indexOf('endstream', start);
    if (end < 0) return parts.join('') + text.slice(at);
    parts.push(text.slice(at, start));
    at = end + 'endstream'.length;
  }
}

const STREAMS_LOOKED_AT = 500;
const STREAM_LIMIT = 2_000_000;
const INFLATED_LIMIT = 8_000_000;

/** Objects that a PDF keeps in compressed streams (ISO 32000-1, 7.5.7), up to limits. */
function compressedObjects(text: string): string[] {
  const found: string[] = [];
  let left = INFLATED_LIMIT;
  let at = 0;
  for (let n = 0; n < STREAMS_LOOKED_AT && left > 0; n++) {
    const type = text.indexOf('/ObjStm', at);
    const keyword = type < 0 ? -1 : text.indexOf('stream', type);
    const end = keyword < 0 ? -1 : text.indexOf('endstream', keyword);
    if (end < 0) return found;
    at = end;
    const start = keyword + (text[keyword + 6] === '\r' ? 8 : 7);
    const objects = end - start > STREAM_LIMIT ? undefined : inflated(text.slice(start, end), left);
    if (objects === undefined) continue;
    left -= objects.length;
    found.push(objects);
  }
  return found;
}

/** What is damaged, or larger than any page of text, tells nothing. */
function inflated(stream: string, limit: number): string | undefined {
  try {
    return inflateSync(Buffer.from(stream, 'latin1'), { maxOutputLength: limit }).toString('latin1');
  } catch {
    return undefined;
  }
}

/** Leaves of the papers that name an attachment which is not in the package. */
function dangling(
  bag: JsonObject,
  papers: readonly Pick<Form, 'member' | 'schema'>[],
  known: ReadonlySet<string>,
): Finding[] {
  return papers.flatMap(({ member, schema }) =>
    [...references(schema, bag[member], `/${member}`)]
      .filter(([id]) => !known.has(id))
      .map(([, pointer]) => ({ code: 'attachment-missing', pointer })),
  );
}

function* references(
  schema: FormSchema,
  value: Json | undefined,
  pointer: string,
): Generator<[id: string, pointer: string]> {
  if (isObjectSchema(schema)) {
    if (!isObject(value)) return;
    for (const [name, inner] of Object.entries(schema.properties)) {
      yield* references(inner, value[name], pointer + step(name));
    }
  } else if (isArraySchema(schema)) {
    if (!Array.isArray(value)) return;
    for (const [i, item] of (value as readonly Json[]).entries()) {
      yield* references(schema.items, item, pointer + step(i));
    }
  } else if (schema.format === 'attachment-id' && typeof value === 'string') yield [value, pointer];
}
