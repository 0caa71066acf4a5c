/** The resident's own pages: what must be seen first, then every element as it was sent. */
import type { JsonObject } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import type { Block } from '../../print/press.js';
import { everything, type Page } from '../page.js';
import { hasNhsNumber } from './names.js';
import { contactsToTell, IDENTITY_NOT_VERIFIED, legalLines, sharingLines } from './page-one.js';
import { resident } from './schema.js';

function banners(data: JsonObject): Block[] {
  const blocks: Block[] = [];
  if (!hasNhsNumber(data)) {
    const lines = [
      'There is no NHS number that could be checked. Match by name, birth date and address, never by name alone.',
    ];
    blocks.push({ kind: 'banner', tone: 'danger', title: IDENTITY_NOT_VERIFIED, lines });
  }
  if (data['similarNameInHome'] === 'yes') {
    const lines = ['Somebody else in this home has a similar name: check birth date and photograph.'];
    blocks.push({ kind: 'banner', tone: 'attention', title: 'SIMILAR NAME', lines });
  }
  if (data['sensitive'] === true) {
    const lines = [
      'Where this person lives is withheld. Tell nobody that they are here, or where they came from.',
    ];
    blocks.push({ kind: 'banner', tone: 'danger', title: 'SENSITIVE', lines });
  }
  const shared = sharingLines(data);
  if (shared.length > 0)
    blocks.push({ kind: 'banner', tone: 'attention', title: 'Agreement to share', lines: shared });
  const legal = legalLines(data);
  if (legal.length > 0) blocks.push({ kind: 'banner', tone: 'attention', title: 'Legal', lines: legal });
  return blocks;
}

export const residentPage: Page = (data) => {
  const contacts = contactsToTell(data);
  return [
    ...banners(data),
    ...(contacts.length > 0
      ? ([
          { kind: 'heading', level: 2, text: 'People to tell' },
          { kind: 'list', items: contacts },
        ] as const)
      : []),
    ...everything(resident as unknown as ObjectSchema, data),
  ];
};
