/** What page one takes of the resident: who it is and how that was checked, whom to tell, and the legal facts. */
import { isObject, type JsonObject, member } from '../../mapping/json.js';
import { showLeaf } from '../../mapping/outline.js';
import type { LeafSchema } from '../../mapping/schema.js';
import type { Item, Weight } from '../../print/front-words.js';
import { fromLine, fromLines, item, near, runOn } from '../page-items.js';
import { listName } from './names.js';
import {
  birthLine,
  contactLine,
  contactsInOrder,
  legalLines,
  nhsNumberLine,
  sharingLines,
  whereLine,
} from './page-one.js';
import { resident as schema } from './schema.js';

const CHECKED = schema.properties.identityChecked.properties.from as unknown as LeafSchema;

/**
 * Name, birth date and NHS number large; then what may mix this person up with another. Who lives with the sender has
 * the sender's address: it stands with the resident's own paper.
 */
export function identityItems(resident: JsonObject, created: string, sender: string): Item[] {
  return [
    { text: listName(resident), weight: 1, look: 'large' },
    { text: `${birthLine(resident, created)}   ${nhsNumberLine(resident)}`, weight: 1, look: 'bold' },
    ...runOn(
      [
        ...(resident['similarNameInHome'] === 'yes'
          ? [{ lead: 'SIMILAR NAME in this home', text: 'check name, birth date and photograph.' }]
          : []),
        { lead: 'Identity checked', text: checkedWords(resident, created) },
      ],
      1,
    ),
    ...(member(resident, 'residence.homeName') === sender ? [] : [fromLine(whereLine(resident), 1)]),
  ];
}

function checkedWords(resident: JsonObject, created: string): string {
  const checked = resident['identityChecked'];
  if (!isObject(checked)) return 'not recorded';
  const { by, from, at, note } = checked;
  const source = from === undefined ? 'from what: not recorded' : showLeaf(CHECKED, from).toLowerCase();
  const said = [
    by === undefined ? 'by whom: not recorded' : `by ${String(by)}`,
    source,
    at === undefined ? 'time not recorded' : near(created)(String(at)),
  ];
  return note === undefined ? said.join(', ') : `${said.join(', ')}. ${String(note)}`;
}

/** How the bag came to travel, where that must be seen. */
export const sharingItems = (resident: JsonObject): Item[] => fromLines(sharingLines(resident), 1);

/** Whom to tell: who decides and who is nearest first; nobody is overlooked who must not be told. */
export function contactItems(resident: JsonObject, created: string): Item[] {
  return contactsInOrder(resident).map((contact): Item => {
    const weight: Weight =
      contact['doNotContact'] === true ||
      contact['attorneyForHealth'] === true ||
      contact['nextOfKin'] === true
        ? 1
        : 2;
    const line = contactLine(contact, near(created));
    const name = contact['doNotContact'] === true ? 'DO NOT CONTACT' : String(contact['name']);
    const lead = line.startsWith(name) ? name : undefined;
    if (lead === undefined || lead.length > 60) return { text: line, weight };
    return { lead, text: line.slice(lead.length).replace(/^[,:] /, ''), weight };
  });
}

/** Told as said with a contact: the same name at the same moment need not be said twice. */
export const toldContacts = (resident: JsonObject): ReadonlySet<string> =>
  new Set(
    contactsInOrder(resident).flatMap(({ name, told, toldAt }) =>
      told === 'yes' && toldAt !== undefined ? [`${String(name)}\n${String(toldAt)}`] : [],
    ),
  );

const REGISTERED: Readonly<Record<string, string>> = {
  'not-registered': 'not registered with a practice',
  'not-known': 'NOT KNOWN',
};

/** The GP in one line; undefined when nothing was said. */
export function gpItem(resident: JsonObject): Item | undefined {
  const practice = member(resident, 'gpPractice');
  if (!isObject(practice)) return undefined;
  const { state, gpName, name, telephone } = practice;
  const said = [REGISTERED[String(state)], gpName, name, telephone].filter((v) => v !== undefined);
  return item('GP', said.length === 0 ? 'registered; practice not given' : said.map(String).join(', '), 2);
}

/** DoLS, attorneys, an advance decision; an attorney who is among the contacts is named there. */
export function legalItems(resident: JsonObject): Item[] {
  const named = contactsInOrder(resident)
    .filter((contact) => contact['attorneyForHealth'] === true)
    .map(({ name }) => `: ${String(name)}`);
  return fromLines(
    legalLines(resident).filter((line) => !named.some((end) => line.endsWith(end))),
    2,
  );
}
