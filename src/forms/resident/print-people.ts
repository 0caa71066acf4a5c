/** The people around the resident: who they are, how to reach them, what they may decide, whether they know. */
import type { Block, FactRow, Field } from '../../print/press.js';
import type { Answers } from '../answers.js';
import { joined, prefixed, row, rowsBlock } from '../paper.js';

/** Lower first: attorneys and next of kin, then the others, those not to be contacted last. */
function rank(contact: Answers): number {
  if (contact.peek('doNotContact') === true) return 3;
  if (contact.peek('attorneyForHealth') === true || contact.peek('nextOfKin') === true) return 0;
  return contact.peek('emergencyContact') === true ? 1 : 2;
}

/** One table of everybody in the person's life. */
export function personalContacts(resident: Answers): Block[] {
  const contacts = [...resident.list('personalContacts')].sort((a, b) => rank(a) - rank(b));
  if (contacts.length === 0) return [];
  const attorneys = attorneysOf(resident);
  return [
    {
      kind: 'table',
      caption: `Personal contacts: ${contacts.length}`,
      rowHeads: true,
      narrow: true,
      columns: [
        { title: 'Who', share: 5 },
        { title: 'Telephone', share: 4 },
        { title: 'Legal authority', share: 5 },
        { title: 'Told of this transfer', share: 5 },
      ],
      rows: contacts.map((contact) => [
        who(contact),
        telephones(contact),
        authority(contact, attorneys),
        told(contact),
      ]),
    },
    ...rowsBlock(row('Of these', contacts.flatMap(more))),
  ];
}

/** Somebody who must not be contacted is marked where the name is read. */
function who(contact: Answers): string {
  const barred = contact.peek('doNotContact') === true ? 'DO NOT CONTACT: ' : '';
  return barred + contact.joined(['name', 'relationship']);
}

function telephones(contact: Answers): string {
  const numbers = contact.list('telephones').map((one) => {
    const number = one.say('number') ?? '';
    const kind = one.say('kind');
    return joined([number, kind === undefined ? undefined : `(${kind})`], ' ');
  });
  return numbers.length === 0 ? 'none given' : numbers.join('\n');
}

/**
 * Being next of kin gives none by itself. A name among the attorneys has what stands there, whatever was ticked here;
 * that nobody said anything of it is not the same as none.
 */
function authority(contact: Answers, attorneys: readonly Attorney[]): string {
  const named = attorneys.find(({ name }) => name === sameName(contact.peek('name')));
  const powers = contact.fields('attorneyForHealth', 'attorneyForProperty');
  const holds = ['attorneyForHealth', 'attorneyForProperty'].some((name) => contact.peek(name) === true);
  const none = powers.length > 0 ? 'No legal authority' : 'No legal authority recorded';
  return joined(
    [
      holds || named !== undefined ? undefined : none,
      ...powers.map(({ label, value }) => `${label}: ${value}`),
      holds ? undefined : named?.power,
    ],
    '; ',
  );
}

interface Attorney {
  readonly name: string;
  readonly power: string;
}

const attorneysOf = (resident: Answers): Attorney[] =>
  resident
    .part('legal')
    .list('attorneys')
    .map((one) => ({ name: sameName(one.peek('name')), power: one.say('kind') ?? '' }));

const sameName = (name: unknown): string => String(name).trim().toLowerCase().replaceAll(/\s+/g, ' ');

function told(contact: Answers): string {
  const answer = contact.say('told');
  if (answer === undefined) return joined(['not recorded', ...byWhom(contact)]);
  return joined([contact.peek('told') === 'no' ? `${answer}: NOT YET TOLD` : answer, ...byWhom(contact)]);
}

const byWhom = (contact: Answers): (string | undefined)[] => [
  contact.say('toldAt'),
  prefixed('by', contact.say('toldBy')),
];

/** What else was said of one, after the name. */
function more(contact: Answers): Field[] {
  const words = contact.others().map(({ label, value }) => `${label}: ${value}`);
  return words.length === 0 ? [] : [{ label: contact.say('name') ?? 'Contact', value: joined(words, '; ') }];
}

/** Professionals: what they do first, then how to reach them. */
export function professionalContacts(resident: Answers): FactRow[] {
  const facts = resident.list('professionalContacts').map((one): Field => {
    const label = one.joined(['role', 'name']);
    const more = one
      .others()
      .filter(({ label: of }) => of !== '')
      .map(({ label: of, value }) => (UNNAMED.has(of) ? value : `${of.toLowerCase()}: ${value}`));
    return more.length === 0 ? { label: '', value: label } : { label, value: joined(more) };
  });
  return row('Professionals', facts);
}

/** Words that need no name before them. */
const UNNAMED: ReadonlySet<string> = new Set(['Speciality', 'Team', 'Organisation', 'Telephone', 'E-mail']);
