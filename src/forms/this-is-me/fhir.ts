/**
 * About Me as Composition section 1515851000000101 with a sub-section for each heading (https://hl7.org/fhir/R4/composition.html)
 * and as answers to our Questionnaire, whose items bear the same codes. UK Core has no heading for it, so the SNOMED
 * code stands alone. A medium that lies elsewhere is a DocumentReference with its address; one that travels with the
 * bag is the attachment's own.
 */
import { redbag, ukCore } from '../../fhir/systems.js';
import { type Binding, fixed, group as inside, leaf, link, resource } from '../../mapping/binding.js';
import { isObject, type Json, type JsonObject } from '../../mapping/json.js';
import { type OutlineNode, outline } from '../../mapping/outline.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import { practitioner, provenance } from '../common.js';
import type { FormSection } from '../form.js';
import { show } from '../page.js';
import {
  ABOUT_ME,
  HEADING_MEMBERS,
  HEADINGS,
  type HeadingKey,
  type HeadingMember,
  headingOf,
} from './headings.js';
import { thisIsMe } from './schema.js';

/** Said wherever the words are read: they bind nobody and decide nothing. */
export const OWN_WORDS =
  "The person's own words, or written with their support. Not an advance decision: decisions about treatment and CPR stand elsewhere in this document. Compare with the record where they differ.";

const elsewhere = (medium: unknown): boolean => isObject(medium) && typeof medium['url'] === 'string';

const mediumBindings: readonly Binding[] = [
  fixed('status', 'current'),
  fixed('type', { text: 'Film, sound or picture of About Me, kept elsewhere' }),
  link('subject', { role: 'patient' }),
  link('author[+]', { role: 'sender-organisation' }),
  leaf('mimeType', 'content[0].attachment.contentType'),
  leaf('url', 'content[0].attachment.url'),
  leaf('filename', 'content[0].attachment.title'),
];

const linkedMedium = {
  type: 'DocumentReference',
  profiles: [redbag('StructureDefinition', 'RedBag-LinkedMedia'), ukCore('DocumentReference')],
} as const;

const mediumOfHeading = (member: HeadingMember): Binding =>
  resource({
    ...linkedMedium,
    from: `${member}.media`,
    section: HEADINGS[member].key,
    when: elsewhere,
    bindings: mediumBindings,
  });

const mediaOfFreeHeadings: Binding = resource({
  ...linkedMedium,
  from: 'headings',
  section: 'about-me',
  when: (item) => elsewhere(item['media']),
  bindings: [inside('media', '', mediumBindings)],
});

export const thisIsMeBindings: readonly Binding[] = [
  ...HEADING_MEMBERS.map(mediumOfHeading),
  mediaOfFreeHeadings,
  practitioner('recorded.by'),
  provenance,
];

const schema = thisIsMe as unknown as ObjectSchema;
const only = (data: JsonObject, names: readonly string[]): OutlineNode[] =>
  outline(schema, Object.fromEntries(names.flatMap((n) => (data[n] === undefined ? [] : [[n, data[n]]]))), {
    show,
  });

const freeHeadings = (data: JsonObject): readonly JsonObject[] =>
  Array.isArray(data['headings']) ? data['headings'].filter((h: Json): h is JsonObject => isObject(h)) : [];

/** The free headings that stand under an About Me heading. */
export const under = (data: JsonObject, key: HeadingKey): readonly JsonObject[] =>
  freeHeadings(data).filter((item) => headingOf(item) === key);

/** A heading's own words, then what other papers say under headings of their own, with their label. */
function words(data: JsonObject, member: HeadingMember): OutlineNode[] {
  const own = only(data, [member]).flatMap((node) => node.children ?? []);
  const others = outline(schema, { headings: under(data, HEADINGS[member].key) }, { show })
    .flatMap((node) => node.children ?? [])
    .map(({ children = [] }) => ({
      label: children[0]?.value ?? 'Heading',
      children: children.slice(1),
    }));
  return [...own, ...others];
}

/** Ids of the attachments that a heading and what stands under it refer to. */
function attachmentsOf(data: JsonObject, member: HeadingMember): string[] {
  return [data[member], ...under(data, HEADINGS[member].key)].flatMap((heading) => {
    const media = isObject(heading) ? heading['media'] : undefined;
    const id = isObject(media) ? media['attachmentId'] : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}

const ABOUT_THE_PAPER = [
  'document',
  'title',
  'version',
  'multimediaLocation',
  'supportedToWriteThisBy',
  'lastUpdated',
  'date',
  'recorded',
];

export const thisIsMeSections: readonly FormSection[] = [
  {
    key: 'about-me',
    title: 'About me',
    codings: [ABOUT_ME],
    lead: OWN_WORDS,
    tells: ABOUT_THE_PAPER,
    sections: HEADING_MEMBERS.map((member) => ({
      key: HEADINGS[member].key,
      title: HEADINGS[member].coding.display,
      codings: [HEADINGS[member].coding],
      outline: (data) => words(data, member),
      attachments: (data) => attachmentsOf(data, member),
    })),
  },
];
