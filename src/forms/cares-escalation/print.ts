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
  const said = joined([known, unknown ? prefixed('but given as', at) : (at ?? 'time not given')]);
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

/** Who was called, in the order sent. */
function calls(action: Answers): Block[] {
  const rows = action
    .list('called')
    .map((call) => [
      call.joined(['who', 'name']),
      joined([call.say('at') ?? 'time not recorded', prefixed('reference', call.say('reference'))]),
      call.say('advice') ?? 'not recorded',
    ]);
  return table(`Calls for help: ${rows.length}`, ['Who was called', 'When', 'Advice given'], rows);
}

/** Who knows of the transfer, and what was said. */
function toldTable(shared: Answers): Block[] {
  const rows = shared
    .list('told')
    .map((told) => [
      told.joined(['name', 'relationship']),
      joined([
        told.say('outcome') ?? 'outcome not recorded',
        told.say('at') ?? 'time not recorded',
        prefixed('by', told.say('by')),
      ]),
      told.say('note') ?? 'not recorded',
    ]);
  return table(`Who was told of the transfer: ${rows.length}`, ['Who', 'Told', 'What was said'], rows);
}

const table = (caption: string, titles: readonly string[], rows: readonly string[][]): Block[] =>
  rows.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption,
          rowHeads: true,
          narrow: true,
          columns: titles.map((title) => ({ title, share: 4 })),
          rows,
        },
      ];

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
      ),
      calls(action),
    ),
    ...under(
      'Examination',
      observations,
      rowsBlock(examinationRows(examination)),
      missing(data, examination, observations),
    ),
    ...under(
      'Shared information',
      toldTable(shared),
      rowsBlock(sharedRows(shared), recordedRow(paper)),
      notRecorded([
        ...paper.missing('response'),
        ...concerns.missing('symptoms', 'softSigns', 'whatIsDifferent', 'fall', 'anticoagulant'),
        ...shared.missing('infection', 'told', 'documents', 'canReturnTonight', 'completedBy'),
      ]),
    ),
    ...everything(schema, paper.left()),
  ];
};

function missing(data: JsonObject, examination: Answers, observations: readonly Block[]): Block[] {
  if (data['examination'] === undefined) return notRecorded(['examination']);
  return notRecorded([
    ...(observations.length === 0 ? ['observations'] : []),
    ...examination.missing('usual', 'glucose', 'pain', 'skin', 'lastMeal', 'lastDrink', 'lastBowels'),
  ]);
}
