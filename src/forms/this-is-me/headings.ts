/**
 * The seven headings of About Me with their SNOMED CT codes (PRSB About Me v2.01,
 * https://theprsb.org/standards/aboutme/; codes as NHS Digital's draft Questionnaire 1515851000000101 has them),
 * and where the headings of other papers of this kind go under them.
 */
import { systems } from '../../fhir/systems.js';

const coding = (code: string, display: string) => ({ system: systems.snomed, code, display });

/** The whole of About Me. */
export const ABOUT_ME = coding('1515851000000101', 'About me (record artifact)');

/** The headings in the order of the standard: member of the form → Composition section key, SNOMED coding. */
export const HEADINGS = {
  whatIsMostImportantToMe: {
    key: 'what-is-most-important-to-me',
    coding: coding('1515861000000103', 'What is most important to me'),
  },
  peopleWhoAreImportantToMe: {
    key: 'people-who-are-important-to-me',
    coding: coding('1515871000000105', 'People who are important to me'),
  },
  howICommunicateAndHowToCommunicateWithMe: {
    key: 'how-i-communicate-and-how-to-communicate-with-me',
    coding: coding('1515881000000107', 'How I communicate and how to communicate with me'),
  },
  myWellness: { key: 'my-wellness', coding: coding('1515891000000109', 'My wellness') },
  pleaseDoAndPleaseDoNot: {
    key: 'please-do-and-please-do-not',
    coding: coding('1515901000000105', 'Please do and please do not'),
  },
  howAndWhenToSupportMe: {
    key: 'how-and-when-to-support-me',
    coding: coding('1515911000000107', 'How and when to support me'),
  },
  alsoWorthKnowingAboutMe: {
    key: 'also-worth-knowing-about-me',
    coding: coding('1515921000000101', 'Also worth knowing about me'),
  },
} as const;

export type HeadingMember = keyof typeof HEADINGS;
export type HeadingKey = (typeof HEADINGS)[HeadingMember]['key'];
export const HEADING_MEMBERS = Object.keys(HEADINGS) as HeadingMember[];

/** Where what no other heading takes goes, so that it is never dropped. */
export const LAST_RESORT: HeadingKey = 'also-worth-knowing-about-me';

/**
 * Labels of This Is Me and of hospital passports → About Me heading. Our proposal: the papers' own lists were not to
 * be had. The label always stays with the words; the table only says under which heading they stand.
 */
const CROSSWALK: Readonly<Record<string, HeadingKey>> = {
  'name i like to be called': 'how-i-communicate-and-how-to-communicate-with-me',
  'where i live': 'also-worth-knowing-about-me',
  'the carer or person who knows me best': 'people-who-are-important-to-me',
  'the carer/person who knows me best': 'people-who-are-important-to-me',
  'the person who knows me best': 'people-who-are-important-to-me',
  'person who knows me best': 'people-who-are-important-to-me',
  'i would like you to know': 'what-is-most-important-to-me',
  'my life so far': 'also-worth-knowing-about-me',
  'my home and family, things that are important to me': 'also-worth-knowing-about-me',
  'important items': 'also-worth-knowing-about-me',
  'what may upset me': 'please-do-and-please-do-not',
  'what upsets me': 'please-do-and-please-do-not',
  'what helps me when i am anxious': 'please-do-and-please-do-not',
  'what makes me feel better if i am anxious or upset': 'please-do-and-please-do-not',
  'my hearing and eyesight': 'how-i-communicate-and-how-to-communicate-with-me',
  'my communication': 'how-i-communicate-and-how-to-communicate-with-me',
  'my mobility': 'how-and-when-to-support-me',
  'my sleep': 'how-and-when-to-support-me',
  'my personal care': 'how-and-when-to-support-me',
  'my eating and drinking': 'how-and-when-to-support-me',
  'how i take my medication': 'how-and-when-to-support-me',
  'how i take my medicines': 'how-and-when-to-support-me',
  'my routines': 'how-and-when-to-support-me',
};

/** The About Me heading for a paper's own label; undefined when the table does not know it. */
export const crosswalk = (label: string): HeadingKey | undefined =>
  CROSSWALK[
    label
      .toLowerCase()
      .replaceAll('’', "'")
      .replace(/[\s:.?!]+$/u, '')
      .replaceAll(/\s+/gu, ' ')
      .trim()
  ];

/** The heading under which a free heading stands: the one that was said, the table's, or the last. */
export const headingOf = (item: { label?: unknown; aboutMeHeading?: unknown }): HeadingKey => {
  const said = HEADING_MEMBERS.map((m) => HEADINGS[m].key).find((key) => key === item.aboutMeHeading);
  return said ?? (typeof item.label === 'string' ? crosswalk(item.label) : undefined) ?? LAST_RESORT;
};
