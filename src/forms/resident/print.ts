/** The resident on paper: warnings of identity first, the people around them, then who they are and the law. */
import type { JsonObject } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { everything, type Page } from '../page.js';
import { joined, notRecorded, prefixed, recordedRow, row, rowsBlock } from '../paper.js';
import { attachmentTitle } from '../pictures.js';
import { hasNhsNumber } from './names.js';
import { IDENTITY_NOT_VERIFIED, sharingLines } from './page-one.js';
import { legalRows } from './print-legal.js';
import { personalContacts, professionalContacts } from './print-people.js';
import { resident } from './schema.js';

const schema = resident as unknown as ObjectSchema;

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
  return blocks;
}

function nameRow(who: Answers): FactRow[] {
  const name = who.part('name');
  const former = who
    .list('formerNames')
    .map((one) => joined([one.say('name'), prefixed('until', one.say('until'))]));
  return row(
    'Name',
    name.fields('title', 'given', 'family', 'suffix'),
    who.fields('preferredName'),
    former.length === 0 ? [] : [{ label: who.title('formerNames'), value: joined(former, '; ') }],
  );
}

function identityRow(who: Answers): FactRow[] {
  const others = who.list('otherIdentifiers').map((one): Field => {
    const label = one.say('issuer') ?? '';
    return { label, value: one.say('value') ?? '' };
  });
  return row(
    'Identity',
    who.fields('birthDate', 'nhsNumber', 'nhsNumberStatus', 'sex', 'gender', 'genderIdentity'),
    others,
    who.fields('similarNameInHome', 'sensitive'),
  );
}

function checkedRow(who: Answers, bag: JsonObject): FactRow[] {
  const photograph = who.part('photograph');
  const id = photograph.say('attachmentId');
  const facts = id === undefined ? [] : [{ label: 'Attachment', value: `${id}${attachmentTitle(bag, id)}` }];
  return [
    ...row('Identity check', who.part('identityChecked').others()),
    ...row('Photograph', facts, photograph.others()),
  ];
}

function homeRow(who: Answers): FactRow[] {
  const residence = who.part('residence');
  const address = residence.joined(['homeName', 'room', 'lines', 'postcode']);
  const numbers = who.list('telephones').map((one) => one.joined(['number', 'kind'], ' '));
  return row(
    'Address',
    residence.field('kind', residence.title('kind')),
    address === '' ? [] : [{ label: 'Address', value: address }],
    residence.others(),
    who.fields('inThisHomeSince'),
    numbers.length === 0 ? [] : [{ label: who.title('telephones'), value: joined(numbers, '; ') }],
    who.fields('email'),
  );
}

function languageRow(who: Answers): FactRow[] {
  const languages = who.list('languages').map((one): Field => {
    const label = one.joined(['language', 'name']);
    const more = one
      .others()
      .map(({ label: of, value }) =>
        of === 'How well, and for what' ? value : `${of.toLowerCase()}: ${value}`,
      );
    return more.length === 0 ? { label: '', value: label } : { label, value: joined(more, '; ') };
  });
  return row(
    'Language and faith',
    languages,
    who.part('interpreter').others(),
    who.fields('religion', 'religiousNeeds'),
  );
}

/** The resident on paper. */
export const residentPage: Page = (data, { package: bag }) => {
  const who = new Answers(schema, data);
  const people = personalContacts(who);
  return [
    ...banners(data),
    ...people,
    ...rowsBlock(
      professionalContacts(who),
      row('GP practice', who.part('gpPractice').others()),
      nameRow(who),
      identityRow(who),
      checkedRow(who, bag),
      homeRow(who),
      languageRow(who),
    ),
    ...(data['legal'] === undefined
      ? []
      : [
          { kind: 'heading', level: 2, text: 'Legal information' } as const,
          ...rowsBlock(legalRows(who.part('legal'))),
        ]),
    ...rowsBlock(recordedRow(who)),
    ...notRecorded([
      ...who.missing(
        'personalContacts',
        'professionalContacts',
        'gpPractice',
        'languages',
        'interpreter',
        'religion',
        'identityChecked',
        'photograph',
        'inThisHomeSince',
      ),
      ...(data['legal'] === undefined
        ? ['legal information']
        : who
            .part('legal')
            .missing('sharing', 'capacityAssessments', 'attorneys', 'dols', 'advanceDecision')),
    ]),
    ...everything(schema, who.left()),
  ];
};
