/** The CARES record's own page: what must be seen first, then every answer in the order of the paper. */
import { isObject, type JsonObject, member } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import { formatMoment } from '../../print/format.js';
import type { Block } from '../../print/press.js';
import { flat } from '../flat.js';
import type { Page } from '../page.js';
import { allergyLines, allergyState } from './allergies.js';
import { type News2, READINGS } from './news2.js';
import { anticoagulantLine, headStrikeLine, lastSeenLines, newsLines } from './page-one.js';
import { latestFirst, READING_WORDS, scoreSet } from './readings.js';
import { caresEscalation } from './schema.js';

function allergyBlock(data: JsonObject): Block {
  const allergies = member(data, 'shared.allergies');
  const told = isObject(allergies) ? allergies : undefined;
  const none = told !== undefined && allergyState(told) === 'none-known';
  return {
    kind: 'banner',
    title: 'Allergies and adverse reactions',
    lines: allergyLines(told),
    tone: none ? 'plain' : 'danger',
  };
}

const cell = (score: News2, i: number): string => {
  const reading = READINGS[i];
  const points = reading === undefined ? undefined : score.points[reading];
  return points === undefined ? '–' : String(points);
};

/** Points of each reading, so that the total can be checked by eye. */
function pointsTable(data: JsonObject): Block[] {
  const scored = latestFirst(data).flatMap((set) => {
    const score = scoreSet(set);
    return score ? [{ set, score }] : [];
  });
  if (scored.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'NEWS2 points of each reading (– : not scored)',
      columns: [
        { title: 'Taken at', share: 3 },
        ...READINGS.map((reading) => ({ title: READING_WORDS[reading], share: 2 })),
        { title: 'Total', share: 2 },
      ],
      rows: scored.map(({ set, score }) => [
        typeof set['at'] === 'string' ? formatMoment(set['at']) : 'not recorded',
        ...READINGS.map((_, i) => cell(score, i)),
        score.total === undefined ? `INCOMPLETE, at least ${score.atLeast}` : String(score.total),
      ]),
    },
  ];
}

/** CARES on paper. */
export const caresPage: Page = (data) => {
  const struck = headStrikeLine(data);
  return [
    allergyBlock(data),
    {
      kind: 'list',
      items: [...lastSeenLines(data), ...(struck === undefined ? [] : [struck]), anticoagulantLine(data)],
    },
    { kind: 'heading', level: 2, text: 'Observations and NEWS2' },
    { kind: 'list', items: newsLines(data) },
    ...pointsTable(data),
    ...flat(caresEscalation as unknown as ObjectSchema, data),
  ];
};
