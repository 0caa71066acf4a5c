/** The CARES record on paper: allergies first, then the letters in the order that staff know. */
import { isObject, type JsonObject } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { everything, type Page } from '../page.js';
import { joined, notRecorded, personWords, plain, prefixed, recordedRow, row, rowsBlock } from '../paper.js';
import { woundRow } from '../skin-print.js';
import { allergyBanner } from './print-allergies.js';
import { observationTables } from './print-observations.js';
import { caresEscalation } from './schema.js';

const schema = caresEscalation as unknown as ObjectSchema;
const heading = (text: string): Block => ({ kind: 'heading', level: 2, text });
const under = (text: string, ...blocks: readonly (readonly Block[])[]): Block[] => {
  const all = blocks.flat();
  return all.length === 0 ? [] : [heading(text), ...all];
};

/** One of the three times: known, said not to be, or not recorded; none is derived from another. */
function timeFact(concerns: Answers, name: string): Field {
  const label = concerns.title(name);
  if (!isObject(concerns.peek(name))) return { label, value: 'not recorded' };
  const time = concerns.part(name);
  const unknown = time.peek('known') === 'not-known';
  const [known, at] = [time.say('known'), time.say('at')];
  // A time says itself that it is known.
  const said =
    at !== undefined && time.peek('known') === 'yes'
      ? at
      : joined([known, unknown ? prefixed('but given as', at) : (at ?? 'time not given')]);
  return { label, value: joined([said, time.say('note')], ' – ') };
}

function concernRows(concerns: Answers): FactRow[] {
  const anticoagulant = concerns.part('anticoagulant');
  const struck = concerns.say('headStrike') ?? 'not recorded';
  const taken = anticoagulant.say('taken') ?? 'not recorded';
  const lateDose =
    anticoagulant.peek('taken') === 'yes' && anticoagulant.peek('lastDose') === undefined
      ? 'last dose NOT RECORDED'
      : undefined;
  return [
    ...row(concerns.title('reason'), plain(concerns.say('reason'))),
    ...row('Symptoms', plain(concerns.say('symptoms')), concerns.fields('softSigns')),
    ...row('Different from usual', plain(concerns.say('whatIsDifferent'))),
    ...row(
      'Times',
      ['lastSeenWell', 'found', 'onset'].map((name) => timeFact(concerns, name)),
    ),
    ...row(
      'Head and fall',
      [{ label: concerns.title('headStrike'), value: struck }],
      concerns.part('fall').others(),
    ),
    ...row(
      'Anticoagulant',
      [{ label: anticoagulant.title('taken'), value: joined([taken, anticoagulant.say('drug'), lateDose]) }],
      anticoagulant.others(),
    ),
  ];
}

/** Who was called, in the order sent: a row for each call. */
const calls = (action: Answers): FactRow[] =>
  action.list('called').flatMap((call, i, all) =>
    row(numbered('Call for help', i, all.length), [
      {
        label: call.joined(['who', 'name']),
        value: joined([call.say('at') ?? 'time not recorded', prefixed('reference', call.say('reference'))]),
      },
      { label: 'Advice', value: call.say('advice') ?? 'not recorded' },
    ]),
  );

/** Who was to be told of the transfer, and whether they were. The head does not say that they know. */
const tellings = (shared: Answers): FactRow[] =>
  shared.list('told').flatMap((told, i, all) => {
    const said = [
      told.say('outcome') ?? 'outcome not recorded',
      told.say('at') ?? 'time not recorded',
      prefixed('by', told.say('by')),
    ];
    const note = told.say('note');
    return row(
      numbered('Told of the transfer?', i, all.length),
      [{ label: told.joined(['name', 'relationship']), value: joined(said) }],
      note === undefined ? [] : [{ label: 'What was said', value: note }],
    );
  });

/** The head of one of several rows. */
const numbered = (head: string, index: number, count: number): string =>
  count === 1 ? head : `${head} ${index + 1}\u00a0of\u00a0${count}`;

/** Glucose, meals, bowels: what, when, and that the time was not told. */
function lastTimes(examination: Answers): Field[] {
  return ['glucose', 'lastMeal', 'lastDrink', 'lastBowels'].flatMap((name): Field[] => {
    if (!isObject(examination.peek(name))) return [];
    const part = examination.part(name);
    const what = name === 'glucose' ? part.joined(['value', 'note']) : part.say('what');
    return [
      { label: examination.title(name), value: joined([what, part.say('at') ?? 'time not recorded'], ', ') },
    ];
  });
}

function examinationRows(examination: Answers): FactRow[] {
  const skin = examination.part('skin');
  return [
    ...row('Blood sugar, intake', lastTimes(examination)),
    ...row('Pain', examination.part('pain').others()),
    ...row('Skin', skin.fields('intact', 'note')),
    ...skin.list('wounds').flatMap((wound, i, all) => woundRow(wound, i, all.length)),
  ];
}

function sharedRows(shared: Answers): FactRow[] {
  const done = shared.part('completedBy');
  const documents = shared.list('documents').map((document): Field => {
    const label = document.say('title') ?? '';
    const more = document.joined(['original', 'note']);
    return more === '' ? { label: '', value: label } : { label, value: more };
  });
  return [
    ...row('Infection', shared.part('infection').others()),
    ...row('Return tonight', shared.part('canReturnTonight').others()),
    ...row('Papers along', documents),
    ...row('Completed by', plain(personWords(done.part('person'))), done.fields('at', 'signed')),
  ];
}

/** CARES on paper. */
export const caresPage: Page = (data) => {
  const paper = new Answers(schema, data);
  const [concerns, action, examination, shared] = ['concerns', 'action', 'examination', 'shared'].map(
    (name) => paper.part(name),
  ) as [Answers, Answers, Answers, Answers];
  const observations = observationTables(examination, data);
  return [
    allergyBanner(shared, data),
    ...under('Concerns', rowsBlock(concernRows(concerns))),
    ...under(
      'Action and response',
      rowsBlock(
        row('What was done', plain(action.say('what'))),
        row('Response', paper.part('response').others()),
        calls(action),
      ),
    ),
    ...under('Examination', observations, rowsBlock(examinationRows(examination))),
    ...under('Shared information', rowsBlock(tellings(shared), sharedRows(shared), recordedRow(paper))),
    ...notRecorded([
      ...missing(data, examination, observations),
      ...paper.missing('response'),
      ...concerns.missing('symptoms', 'softSigns', 'whatIsDifferent', 'fall', 'anticoagulant'),
      ...shared.missing('infection', 'told', 'documents', 'canReturnTonight', 'completedBy'),
    ]),
    ...everything(schema, paper.left()),
  ];
};

function missing(data: JsonObject, examination: Answers, observations: readonly Block[]): string[] {
  if (data['examination'] === undefined) return ['examination'];
  return [
    ...(observations.length === 0 ? ['observations'] : []),
    ...examination.missing('usual', 'glucose', 'pain', 'skin', 'lastMeal', 'lastDrink', 'lastBowels'),
  ];
}
