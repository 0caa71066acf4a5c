/**
 * What a file that claims PDF/A-3a (ISO 19005-3) may take over of others: pages that are pictures and nothing else, as
 * scanners make them, with colours that the file explains. Fonts, layers and all that would have to be proven to keep
 * to the standard are refused: the claim is worth nothing where it is not checked.
 */
import { NotDrawable } from './budget.js';
import type { ForeignFile } from './file.js';
import { filtersOf } from './filters.js';
import { Tokens } from './tokens.js';
import { type Dictionary, isDictionary, isList, Name, nameOf, Stream, type Value } from './values.js';

/** State, paths, grey and red-green-blue, pictures (annex A of ISO 32000-1). */
const OPERATORS = new Set(
  'q Q cm w J j M d i m l c v y h re S s f F f* B B* b b* n W W* g G rg RG Do'.split(' '),
);
const DEEPEST = 28;
const FILTERS = new Set([
  'FlateDecode',
  'DCTDecode',
  'CCITTFaxDecode',
  'JBIG2Decode',
  'RunLengthDecode',
  'ASCII85Decode',
  'ASCIIHexDecode',
]);
const KEPT = [
  'Type',
  'Subtype',
  'Width',
  'Height',
  'BitsPerComponent',
  'ImageMask',
  'Decode',
  'DecodeParms',
  'Filter',
] as const;

const notForArchives = (): NotDrawable =>
  new NotDrawable('a copy for archives (PDF/A) takes over scanned pages only');

/**
 * The resources of a page that is nothing but pictures, cleaned of all that the standard forbids.
 * @throws NotDrawable for any other page
 */
export function archivable(
  file: ForeignFile,
  content: Uint8Array,
  page: Dictionary,
  resources: Dictionary,
): Dictionary {
  if (isList(file.resolve(page.get('Annots'))) && (file.resolve(page.get('Annots')) as Value[]).length > 0)
    throw notForArchives();
  const named = file.resolve(resources.get('XObject'));
  const pictures = new Map<string, Value>();
  for (const name of namesDrawn(file, content)) {
    const picture = isDictionary(named) ? file.resolve(named.get(name)) : null;
    if (!(picture instanceof Stream)) throw notForArchives();
    pictures.set(name, cleaned(file, picture));
  }
  return new Map([['XObject', pictures]]);
}

function namesDrawn(file: ForeignFile, content: Uint8Array): Set<string> {
  const tokens = new Tokens(content, 0, file.budget);
  const names = new Set<string>();
  let last: Value = null;
  let depth = 0;
  for (;;) {
    tokens.skipSpace();
    const byte = content[tokens.at];
    if (byte === undefined) break;
    if (!isLetter(byte)) {
      last = tokens.value();
      continue;
    }
    const operator = tokens.word();
    if (!OPERATORS.has(operator)) throw notForArchives();
    if (operator === 'q') depth++;
    if (operator === 'Q') depth--;
    if (depth < 0 || depth > DEEPEST) throw notForArchives();
    if (operator === 'Do') names.add(nameOf(last) ?? '');
  }
  if (depth !== 0) throw notForArchives();
  return names;
}

const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

function cleaned(file: ForeignFile, picture: Stream): Stream {
  const { dictionary } = picture;
  const get = (key: string): Value => file.resolve(dictionary.get(key));
  if (nameOf(get('Subtype')) !== 'Image') throw notForArchives();
  const filters = filtersOf(dictionary, file.resolve);
  if (filters.some((filter) => !FILTERS.has(filter))) throw notForArchives();
  const kept = new Map<string, Value>();
  for (const key of KEPT) if (dictionary.has(key)) kept.set(key, dictionary.get(key) ?? null);
  if (get('ImageMask') !== true) kept.set('ColorSpace', colours(file, dictionary.get('ColorSpace')));
  for (const key of ['SMask', 'Mask']) {
    const mask = get(key);
    if (mask instanceof Stream) kept.set(key, cleaned(file, mask));
    else if (isList(mask)) kept.set(key, mask);
  }
  return new Stream(kept, picture.bytes);
}

/** Grey and red-green-blue as the file itself explains them; a scanner's own profile of them gives way to that. */
function colours(file: ForeignFile, value: Value | undefined): Value {
  const space = file.resolve(value);
  const name = nameOf(space);
  if (name === 'DeviceGray' || name === 'DeviceRGB') return space;
  if (!isList(space)) throw notForArchives();
  const [kind, base, ...rest] = space;
  if (nameOf(file.resolve(kind)) === 'ICCBased') {
    const count = file.resolve(file.dictionary(base)?.get('N'));
    if (count === 1) return new Name('DeviceGray');
    if (count === 3) return new Name('DeviceRGB');
  }
  if (nameOf(file.resolve(kind)) === 'Indexed') return [new Name('Indexed'), colours(file, base), ...rest];
  throw notForArchives();
}
