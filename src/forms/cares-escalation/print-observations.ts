/**
 * Observations as one table: readings go down, sets across with the latest first, the usual readings beside them.
 * Points stand with each reading, so that the total can be checked by eye.
 */
import { isObject, type JsonObject } from '../../mapping/json.js';
import type { Block } from '../../print/press.js';
import type { Answers } from '../answers.js';
import { joined } from '../paper.js';
import type { News2, Reading } from './news2.js';
import { latestFirst, scale2Words, scoreSet, scoreWords } from './readings.js';

/** More sets do not stand beside each other on paper. */
const MOST_ACROSS = 4;
const NOT_TAKEN = 'not taken';

/** A line of the table: what it reads, which points it has, and where the usual reading stands. */
interface Line {
  readonly path: string;
  readonly reading: Reading;
}
const LINES: readonly Line[] = [
  { path: 'respiration', reading: 'respiration' },
  { path: 'spo2', reading: 'spo2' },
  { path: 'oxygen', reading: 'oxygen' },
  { path: 'systolic', reading: 'systolic' },
  { path: 'pulse', reading: 'pulse' },
  { path: 'consciousness', reading: 'consciousness' },
  { path: 'temperature', reading: 'temperature' },
];

interface Set {
  readonly answers: Answers;
  readonly score: News2 | undefined;
  readonly data: JsonObject;
}

/** All sets of observations with the usual readings; nothing where neither was sent. */
export function observationTables(examination: Answers, cares: JsonObject): Block[] {
  const sets = setsOf(examination, cares);
  const usual = examination.part('usual');
  if (sets.length === 0 && !usual.isSent) return [];
  const tables: Block[] = [];
  for (let from = 0; from === 0 || from < sets.length; from += MOST_ACROSS) {
    tables.push(
      table(
        sets.slice(from, from + MOST_ACROSS),
        from,
        sets.length,
        from === 0 && usual.isSent ? usual : undefined,
      ),
    );
  }
  return tables;
}

function setsOf(examination: Answers, cares: JsonObject): Set[] {
  const answers = examination.list('observations');
  const inOrder = latestFirst(cares);
  const sets = examination.peek('observations');
  const sent = (Array.isArray(sets) ? (sets as readonly JsonObject[]) : []).filter((set) =>
    inOrder.includes(set),
  );
  return inOrder.flatMap((data): Set[] => {
    const found = answers[sent.indexOf(data)];
    return found === undefined ? [] : [{ answers: found, data, score: scoreSet(data) }];
  });
}

function table(sets: readonly Set[], from: number, count: number, usual: Answers | undefined): Block {
  const titles = sets.map(({ answers }) => answers.say('at') ?? 'time not recorded');
  const usualTitle = usual === undefined ? [] : [`Usual${dated(usual)}`];
  const rows = [
    ...LINES.map((line) => lineRow(line, sets, usual)),
    totalRow(sets, usual),
    ...textRow('SpO₂ scale', sets, usual, scaleWords, 'not said: scale 1 used'),
    ...textRow('Taken by', sets, usual, ({ answers }) => answers.say('takenBy'), 'not recorded'),
    ...textRow('Note', sets, usual, noteWords, 'none'),
  ];
  const through = count > MOST_ACROSS ? `, ${from + 1} to ${from + sets.length} of ${count}` : `: ${count}`;
  return {
    kind: 'table',
    caption: `Sets of observations, latest first${through}; NEWS2 points in brackets`,
    rowHeads: true,
    narrow: true,
    columns: [
      { title: 'Reading', share: 4 },
      ...titles.map((title) => ({ title, share: 4 })),
      ...usualTitle.map((title) => ({ title, share: 3 })),
    ],
    rows,
  };
}

const dated = (usual: Answers): string => {
  const on = usual.say('on');
  return on === undefined ? ', date not recorded' : `, ${on}`;
};

function lineRow(line: Line, sets: readonly Set[], usual: Answers | undefined): string[] {
  const title =
    line.path === 'systolic'
      ? 'Blood pressure'
      : (sets[0]?.answers.title(line.path) ?? usual?.title(line.path) ?? line.path);
  const cells = sets.map(({ answers, score }) => {
    const words = readingWords(answers, line.path);
    const points = score?.points[line.reading];
    return points === undefined ? words : `${words}\u00a0(${points})`;
  });
  return [title, ...cells, ...(usual === undefined ? [] : [readingWords(usual, line.path, 'not recorded')])];
}

/** One reading; both pressures in one cell, as they are spoken. */
function readingWords(set: Answers, path: string, lacking = NOT_TAKEN): string {
  if (path === 'systolic') {
    const pressures = [set.say('systolic'), set.say('diastolic')];
    return pressures.every((one) => one === undefined)
      ? lacking
      : pressures.map((one) => one ?? lacking).join(' / ');
  }
  const words = path === 'oxygen' && isObject(set.peek('oxygen')) ? oxygenWords(set) : set.say(path);
  return words === undefined || words === '' ? lacking : words;
}

const oxygenWords = (set: Answers): string => {
  const oxygen = set.part('oxygen');
  return oxygen.joined(['breathing', 'flow', 'device']);
};

const totalRow = (sets: readonly Set[], usual: Answers | undefined): string[] => [
  'NEWS2 total',
  ...sets.map((set) => {
    const { data, score } = set;
    const reckoned =
      score === undefined ? 'no NEWS2 readings' : scoreWords(data, score).replace(/^NEWS2 /, '');
    return joined([reckoned, givenWords(set)], '; ');
  }),
  ...(usual === undefined ? [] : [usual.say('news2') ?? 'not recorded']),
];

/** What the home reckoned itself, and that it does not follow from the readings where it does not. */
function givenWords({ answers, score }: Set): string | undefined {
  const given = answers.peek('news2');
  const words = answers.say('news2');
  if (words === undefined) return undefined;
  return score?.total === given
    ? `the home's total: ${words}`
    : `GIVEN BY THE HOME AS ${words}: does NOT follow from the readings`;
}

function scaleWords({ answers, data }: Set): string | undefined {
  const scale = answers.part('spo2Scale');
  const said = scale.joined(['scale', 'authorisedBy', 'authorisedOn']);
  const doubt = scale.peek('authorisedBy') === undefined ? scale2Words(data) : undefined;
  return joined([said, doubt], '. ');
}

const noteWords = ({ answers }: Set): string => {
  const note = answers.say('note');
  return joined([note, ...answers.others().map(({ label, value }) => `${label}: ${value}`)], '; ');
};

/** A row of words; none where no set has any. The usual readings have none of them. */
function textRow(
  title: string,
  sets: readonly Set[],
  usual: Answers | undefined,
  words: (set: Set) => string | undefined,
  otherwise: string,
): string[][] {
  const cells = sets.map((set) => words(set) ?? '');
  if (cells.every((cell) => cell === '')) return [];
  const told = cells.map((cell) => (cell === '' ? otherwise : cell));
  return [[title, ...told, ...(usual === undefined ? [] : ['–'])]];
}
