/**
 * What the person wants anyone supporting them to know: PRSB About Me v2.01, v1.x and v1.1
 * (https://theprsb.org/standards/aboutme/), This Is Me, and hospital passports. All elements are R, none M: no heading
 * is mandatory and an empty form is accepted. The JSON is our proposal (docs/forms.md).
 */
import { recorded } from '../common.js';
import {
  choice,
  formatted,
  group,
  line,
  many,
  moment,
  optional,
  partialDate,
  type Static,
  text,
} from '../elements.js';
import { HEADINGS, type HeadingMember } from './headings.js';

/** One film, sound or picture: `attachmentId` when it travels with the bag, `url` when it lies elsewhere. */
const media = group('Film, sound or picture', {
  attachmentId: optional(
    formatted('attachment-id', 'Attachment', 'Id of one of the attachments of the package.'),
  ),
  url: optional(formatted('uri', 'Address', 'Where it lies, when it does not travel with the bag.')),
  filename: optional(line('File name', 'Without extension (PRSB About Me).')),
  mimeType: optional(formatted('media-type', 'Media type')),
});

const heading = (member: HeadingMember) =>
  Object.assign(
    group(HEADINGS[member].coding.display, {
      freeText: optional(text('In my words')),
      media: optional(media),
    }),
    { 'x-code': HEADINGS[member].coding },
  );

const freeHeading = group('Heading', {
  label: line('Heading', 'As it stands on the paper.'),
  text: text('In my words'),
  media: optional(media),
  aboutMeHeading: optional(
    choice(
      'about-me-heading',
      'About Me heading',
      Object.fromEntries(Object.values(HEADINGS).map((h) => [h.key, h.coding.display])) as {
        [K in (typeof HEADINGS)[HeadingMember]['key']]: string;
      },
      'The About Me heading under which it stands. Left out: by the table in the documentation, else the last one.',
    ),
  ),
});

export const thisIsMe = group(
  'This is me',
  {
    document: optional(
      choice('about-me-document', 'Paper', {
        'about-me': 'About Me',
        'this-is-me': 'This Is Me',
        'hospital-passport': 'Hospital passport',
      }),
    ),
    title: optional(line('Title', "The paper's own title, e.g. of a hospital passport.")),
    version: optional(
      choice(
        'about-me-version',
        'Version of About Me',
        { '2.01': 'About Me 2.01', '1.x': 'About Me 1.x', '1.1': 'About Me 1.1' },
        '2.01: one medium a heading. 1.x: one location of a medium for all. 1.1: text only.',
      ),
    ),
    whatIsMostImportantToMe: optional(heading('whatIsMostImportantToMe')),
    peopleWhoAreImportantToMe: optional(heading('peopleWhoAreImportantToMe')),
    howICommunicateAndHowToCommunicateWithMe: optional(heading('howICommunicateAndHowToCommunicateWithMe')),
    myWellness: optional(heading('myWellness')),
    pleaseDoAndPleaseDoNot: optional(heading('pleaseDoAndPleaseDoNot')),
    howAndWhenToSupportMe: optional(heading('howAndWhenToSupportMe')),
    alsoWorthKnowingAboutMe: optional(heading('alsoWorthKnowingAboutMe')),
    headings: optional(many('Other headings', freeHeading, 100)),
    multimediaLocation: optional(line('Location to multimedia file', 'About Me 1.x: one for the whole.')),
    supportedToWriteThisBy: optional(
      text('Supported to write this by', 'Who helped, their relationship or role, how to reach them.'),
    ),
    lastUpdated: optional(moment('Date last updated')),
    date: optional(partialDate('Date', 'About Me 1.x, where the time of day is not known.')),
    recorded: optional(recorded),
  },
  { mayBeEmpty: true },
);

export type ThisIsMe = Static<typeof thisIsMe>;
export type Media = Static<typeof media>;
