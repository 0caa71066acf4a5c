/** Addresses in a narrative: of links and images. https://www.rfc-editor.org/rfc/rfc3986, https://www.rfc-editor.org/rfc/rfc2397 */

/** Letters and digits of any script, and what else an address may hold. */
const CHARACTERS = /^[\p{Alphabetic}\p{Nd};?:@&=+$.,/%\-_~#[\]!'()*|]*$/u;
const PLAIN = /^[A-Za-z0-9;?:@&=+$.,/%\-_~#[\]!'()*|]*$/;
const MEDIA_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(?:\s*;\s*[^;]+)*$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const ACTIVE = /^\s*(?:javascript|vbscript):|^\s*data:text\/html/i;
/** Names that nothing can be fetched by. */
const UNLINKED = /^(?:urn|cid):/i;

/** Takes the attribute's name and its value as written; gives what is wrong with it. */
export function faultOfLink(name: 'href' | 'src', written: string): string | undefined {
  const address = plainText(written);
  if (address.trim() === '') return `an empty ${name} leads nowhere`;
  if (ACTIVE.test(address)) return `a script is not allowed in ${name}`;
  if (/^data:/i.test(address)) return faultOfData(address.slice(5));
  if (name === 'href' && UNLINKED.test(address)) return 'a link must lead to an address that can be followed';
  if (PLAIN.test(address) || CHARACTERS.test(address)) return undefined;
  return `${name} holds characters that no address has`;
}

function faultOfData(content: string): string | undefined {
  const [head = '', data, ...more] = content.split(',');
  if (data === undefined || data === '') return 'a data: address without data';
  if (more.length > 0) return 'a data: address with several commas';
  const isBase64 = head.endsWith(';base64');
  if (isBase64 && (data.length % 4 !== 0 || !BASE64.test(data)))
    return 'the data of a data: address are not base64';
  const type = (isBase64 ? head.slice(0, -7) : head).trim();
  return type === '' || MEDIA_TYPE.test(type) ? undefined : 'a data: address without a media type';
}

const NAMED: { readonly [entity: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The value that an attribute stands for. */
function plainText(written: string): string {
  if (!written.includes('&')) return written;
  return written.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));/g,
    (whole, name, dec, hex) => {
      if (name !== undefined) return NAMED[name as string] ?? whole;
      const point = dec === undefined ? Number.parseInt(hex as string, 16) : Number(dec);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
