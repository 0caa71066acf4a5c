/**
 * The CPR paper on its own page: the statement with its doubts first, then limits of treatment and conflicts, then who
 * decided what and when, and the plans around it. An information copy throughout: the scans follow at the end.
 */
import type { JsonObject } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { dayOf } from '../days.js';
import { everything, type Page } from '../page.js';
import { howOld, joined, notRecorded, personWords, plain, recordedRow, row, rowsBlock } from '../paper.js';
import { attachmentTitle } from '../pictures.js';
import { planConflicts } from './conflicts.js';
import { INFORMATION_COPY } from './decision.js';
import { cprBanner, limits } from './page-one.js';
import { cprDecision } from './schema.js';

const schema = cprDecision as unknown as ObjectSchema;

const danger = (title: string, lines: readonly string[]): Block[] =>
  lines.length === 0 ? [] : [{ kind: 'banner', tone: 'danger', title, lines }];

export const cprDecisionPage: Page = (data, { created, package: bag }) => {
  const { title, lines } = cprBanner(data, created);
  const paper = new Answers(schema, data);
  const on = { created, bag };
  return [
    ...danger(title, lines),
    ...danger(`Limits of treatment – ${INFORMATION_COPY}`, limits(data)),
    ...danger('Plans that do not fit together', planConflicts(data, dayOf(created))),
    {
      kind: 'paragraph',
      tone: 'attention',
      text: `${INFORMATION_COPY}. This page tells of decisions made elsewhere; it is not a DNACPR or ReSPECT form. Identity on scans was not checked.`,
    },
    ...rowsBlock(
      decisionRows(paper, on, ''),
      row('Endorsed', plain(personWords(paper.part('endorsedBy'))), day(paper, 'endorsedOn', on)),
      row('Reviews', reviews(paper, on)),
      row('Capacity', paper.part('capacity').others()),
      discussionRow(paper.part('discussion')),
      ...paper.list('otherSources').map((source, i, all) => otherSource(source, i, all.length, on)),
      respectRows(paper.part('respect'), on),
      advanceDecisionRow(paper.part('advanceDecision'), on),
      row('Attorney', paper.part('attorney').others()),
      row('Advance statement', paper.part('advanceStatement').others()),
      preferredRow(paper.part('preferredPlaces')),
      row('Shared care plan', paper.part('sharedPlan').others()),
      row('Other plans', otherPlans(paper, on)),
      recordedRow(paper),
    ),
    ...notRecorded(
      paper.missing(
        'respect',
        'advanceDecision',
        'attorney',
        'advanceStatement',
        'preferredPlaces',
        'sharedPlan',
      ),
    ),
    ...everything(schema, paper.left()),
  ];
};

/** What the rows need to know of the bag around them. */
interface Around {
  readonly created: string;
  readonly bag: JsonObject;
}

/** A day with how old it was when the bag was made. */
function day(part: Answers, name: string, { created }: Around): Field[] {
  const value = joined([part.say(name), howOld(part.peek(name), created)]);
  return value === '' ? [] : [{ label: part.title(name), value }];
}

/** Where a scan is found: the pages that follow, or that it did not come along. */
function scan(part: Answers, { bag }: Around): Field[] {
  const id = part.say('scanAttachmentId');
  if (id === undefined) return [];
  const where = `${id}${attachmentTitle(bag, id)}: among the attachments at the end; a copy, identity on it not checked`;
  return [{ label: part.title('scanAttachmentId'), value: where }];
}

/** What one source says of the decision. */
function decisionRows(source: Answers, around: Around, name: string): FactRow[] {
  const by = personWords(source.part('decidedBy'));
  const decided = [
    ...(by === '' ? [] : [{ label: 'By', value: by }]),
    ...day(source, 'decidedOn', around),
    ...day(source, 'reviewOn', around),
  ];
  return [
    ...row(`${name}Status`, source.field('status'), source.fields('source')),
    ...row(`${name}Why`, source.fields('reasons', 'reasonText')),
    ...row(`${name}Decided`, decided),
    ...row(
      `${name}Original`,
      source.fields('originalLocation', 'originalTravelling', 'formType', 'formVersion'),
      scan(source, around),
    ),
  ];
}

/** Another source stands whole in one row, so that the two are not mixed. */
function otherSource(source: Answers, index: number, count: number, around: Around): FactRow[] {
  const head = count === 1 ? 'Other source' : `Other source ${index + 1} of ${count}`;
  const facts = decisionRows(source, around, '').flatMap((one) => one.facts);
  return row(head, facts, source.fields('note'));
}

const reviews = (paper: Answers, around: Around): Field[] =>
  paper.list('reviews').map((review): Field => {
    const old = howOld(review.peek('on'), around.created);
    const label = joined([review.say('on'), old]);
    return { label, value: joined([review.say('outcome'), review.say('by')], '; ') || 'nothing more said' };
  });

function discussionRow(discussion: Answers): FactRow[] {
  const people = discussion.list('people').map((person): Field => {
    const label = person.joined(['name', 'relationship']);
    return { label, value: person.joined(['part', 'on']) };
  });
  return row('Involved and informed', people, discussion.others());
}

function respectRows(respect: Answers, around: Around): FactRow[] {
  const limited = respect.list('notRecommended').map((limit) => limit.joined(['treatment', 'reason'], ' – '));
  const signed = personWords(respect.part('signedBy'));
  const senior = personWords(respect.part('seniorClinician'));
  return [
    ...row(
      'ReSPECT',
      respect.fields('priority', 'recommendations'),
      limited.length === 0 ? [] : [{ label: 'Not recommended', value: joined(limited, '; ') }],
      respect.fields('summary', 'mostValue', 'mostFear'),
    ),
    ...row(
      'ReSPECT form',
      signed === '' ? [] : [{ label: respect.title('signedBy'), value: signed }],
      senior === '' ? [] : [{ label: respect.title('seniorClinician'), value: senior }],
      day(respect, 'signedOn', around),
      day(respect, 'reviewOn', around),
      scan(respect, around),
      respect.others(),
    ),
  ];
}

function advanceDecisionRow(adrt: Answers, around: Around): FactRow[] {
  return row(
    'Advance decision (ADRT)',
    adrt.fields('refuses', 'circumstances', 'lifeSustaining'),
    day(adrt, 'madeOn', around),
    scan(adrt, around),
    adrt.others(),
  );
}

function preferredRow(places: Answers): FactRow[] {
  const death = places.list('ofDeath').map((place) => place.joined(['place', 'name', 'saidOn']));
  const first =
    death.length === 0 ? [] : [{ label: places.title('ofDeath'), value: joined(death, '; then ') }];
  return row('Preferred places', places.fields('ofCare'), first);
}

const otherPlans = (paper: Answers, around: Around): Field[] =>
  paper.list('otherPlans').flatMap((plan): Field[] => {
    const label = plan.say('kind') ?? 'Plan';
    const found = scan(plan, around).map((one) => `scan ${one.value}`);
    const value = joined([plan.say('madeOn'), plan.say('documentLocation'), ...found], '; ');
    return [value === '' ? { label: '', value: label } : { label, value }];
  });
