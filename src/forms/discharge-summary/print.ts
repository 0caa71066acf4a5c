/** The way home on paper: what happened and what changed first, then everything that was sent. */
import type { Json } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import type { Block, FactRow, Field } from '../../print/press.js';
import { Answers } from '../answers.js';
import { itemBlocks } from '../belongings/print.js';
import { everything, type Page } from '../page.js';
import { joined, notRecorded, personWords, plain, recordedRow, row, rowsBlock } from '../paper.js';
import { woundRow } from '../skin-print.js';
import { dischargeSummary } from './schema.js';

const schema = dischargeSummary as unknown as ObjectSchema;

export const dischargeSummaryPage: Page = (data) => {
  const paper = new Answers(schema, data);
  return [
    ...rowsBlock(
      residentRow(paper.part('resident')),
      stayRow(paper.part('stay')),
      row('Ask the ward', paper.part('ward').others()),
      row('What happened', plain(paper.say('whatHappened'))),
      named(paper, 'diagnoses', 'text'),
      named(paper, 'treatments', 'text'),
    ),
    ...medicineBlocks(paper, data['medicines']),
    ...rowsBlock(
      allergyRow(paper),
      cprRow(paper.part('cpr')),
      row('Infection', paper.part('infectionRisk').others()),
      skinRows(paper.part('skin')),
      named(paper, 'abilities', 'domain'),
      named(paper, 'equipment', 'what'),
    ),
    ...followUp(paper),
    ...rowsBlock(row('Next of kin', paper.part('nextOfKin').others())),
    ...belongingBlocks(paper.part('belongings')),
    ...rowsBlock(
      senderRow(paper.part('sender')),
      row('Package', paper.fields('packageId', 'answersPackageId', 'createdAt', 'format')),
      recordedRow(paper),
    ),
    ...notRecorded(
      paper.missing(
        'diagnoses',
        'treatments',
        'infectionRisk',
        'skin',
        'abilities',
        'equipment',
        'followUp',
        'nextOfKin',
        'belongings',
      ),
    ),
    ...everything(schema, paper.left()),
  ];
};

function residentRow(resident: Answers): FactRow[] {
  const address = resident.part('address').joined(['lines', 'postcode']);
  const name = resident.part('name');
  return row(
    'Resident',
    name.fields('family', 'given'),
    resident.fields('birthDate', 'nhsNumber'),
    address === '' ? [] : [{ label: 'Address', value: address }],
  );
}

function stayRow(stay: Answers): FactRow[] {
  const consultant = personWords(stay.part('consultant'));
  return row(
    'Stay',
    stay.fields('admittedAt', 'leftAt', 'reason'),
    consultant === '' ? [] : [{ label: stay.title('consultant'), value: consultant }],
    stay.others(),
  );
}

/** Each thing of a list after its name, with what else was said of it. */
function named(paper: Answers, list: string, name: string): FactRow[] {
  return row(
    paper.title(list),
    paper.list(list).map((thing): Field => {
      const label = thing.say(name) ?? '';
      const more = thing.others().map((f) => `${f.label.toLowerCase()}: ${f.value}`);
      return more.length === 0 ? { label: '', value: label } : { label, value: joined(more, '; ') };
    }),
  );
}

/** What a home must do otherwise from tonight on, in one table; what else was said of a medicine in its last column. */
function medicineBlocks(paper: Answers, medicines: Json | undefined): Block[] {
  if (!Array.isArray(medicines)) {
    return [
      {
        kind: 'banner',
        title: 'MEDICINES: CHANGES NOT SAID',
        lines: ['Ask the ward what was started, stopped or changed.'],
        tone: 'danger',
      },
    ];
  }
  const list = paper.list('medicines');
  return [
    {
      kind: 'table',
      caption: `Medicines: what changed (${list.length})`,
      columns: [
        { title: 'Change', share: 2 },
        { title: 'Medicine', share: 4 },
        { title: 'Dose', share: 4 },
        { title: 'Reason', share: 5 },
        { title: 'Who reviews', share: 3 },
        { title: 'Also', share: 5 },
      ],
      rows: list.map((medicine) => [
        medicine.say('change') ?? '',
        medicine.joined(['name', 'strength'], ' '),
        medicine.say('dose') ?? 'not recorded',
        medicine.say('reason') ?? 'not recorded',
        review(medicine.part('review')),
        joined(
          medicine.others().map(({ label, value }) => `${label}: ${value}`),
          '; ',
        ),
      ]),
    },
  ];
}

const review = (one: Answers): string => joined([one.joined(['by', 'on']), one.say('what')], ': ');

function allergyRow(paper: Answers): FactRow[] {
  const allergies = paper.part('allergies');
  const state = allergies.fields('state');
  return row(
    'New allergies',
    state,
    named(allergies, 'entries', 'agent').flatMap((one) => one.facts),
  );
}

const cprRow = (cpr: Answers): FactRow[] =>
  row(
    'CPR',
    cpr.fields('what', 'status'),
    cpr.others(),
    plain('Information copy, look for the original. CPR only; other treatments still apply.'),
  );

const skinRows = (skin: Answers): FactRow[] => [
  ...row('Skin', skin.fields('state', 'checkedAt')),
  ...skin.list('wounds').flatMap((wound, i, all) => woundRow(wound, i, all.length)),
];

function followUp(paper: Answers): Block[] {
  const list = paper.list('followUp');
  if (list.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `Follow-up: ${list.length}`,
      rowHeads: true,
      columns: [
        { title: 'What is to be done', share: 6 },
        { title: 'Who does it', share: 4 },
        { title: 'When', share: 4 },
        { title: 'Who to ask', share: 4 },
      ],
      rows: list.map((one) => [
        one.say('action') ?? '',
        one.say('by') ?? 'not recorded',
        joined([one.say('due'), one.say('on')]) || 'not recorded',
        one.say('contact') ?? 'not recorded',
      ]),
    },
  ];
}

function belongingBlocks(belongings: Answers): Block[] {
  const items = belongings.peek('items');
  // Taken here: the checklist tells each thing whole.
  if (items !== undefined) belongings.say('items');
  return [...rowsBlock(row('Belongings', belongings.others())), ...itemBlocks(items)];
}

function senderRow(sender: Answers): FactRow[] {
  const hospital = sender.part('organisation');
  return row('Sender', plain(personWords(sender.part('person'))), hospital.others());
}
