/** The assessment's own page: when it was made, the usual self and the scores in words, then every answer. */
import { isObject, type JsonObject } from '../../mapping/json.js';
import type { ObjectSchema } from '../../mapping/schema.js';
import { formatDay } from '../../print/format.js';
import type { Block } from '../../print/press.js';
import { flat } from '../flat.js';
import type { Page } from '../page.js';
import { problemLines, scoreLines, swallowingLine, usualSelf } from './page-one.js';
import { olderPersonsAssessment } from './schema.js';

const DAY = 86_400_000;

/** "Assessed on 3 May 2026, 203 days before this transfer". */
function freshness(data: JsonObject, created: string): Block {
  const on = data['assessedOn'];
  if (typeof on !== 'string')
    return { kind: 'paragraph', text: 'Assessed: DATE NOT RECORDED', tone: 'attention' };
  const days = Math.floor((Date.parse(created.slice(0, 10)) - Date.parse(on)) / DAY);
  const ago =
    Number.isFinite(days) && days >= 0 ? `, ${days} ${days === 1 ? 'day' : 'days'} before this transfer` : '';
  return { kind: 'paragraph', text: `Assessed on ${formatDay(on)}${ago}`, tone: 'plain' };
}

const listed = (title: string, lines: readonly string[]): Block[] =>
  lines.length === 0
    ? []
    : [
        { kind: 'heading', level: 2, text: title },
        { kind: 'list', items: lines },
      ];

/** A safeguarding part is marked so that whoever holds the page knows it is not for everybody. */
function safeguardingNote(data: JsonObject): Block[] {
  const told = data['safeguarding'];
  return isObject(told) && told['indicator'] === true
    ? [
        {
          kind: 'banner',
          title: 'Safeguarding concern',
          lines: ['Details below are for those who need them: do not leave this page with visitors.'],
          tone: 'attention',
        },
      ]
    : [];
}

/** The assessment on paper. */
export const assessmentPage: Page = (data, { created }) => {
  const swallowing = swallowingLine(data);
  return [
    freshness(data, created),
    ...safeguardingNote(data),
    ...(swallowing === undefined
      ? []
      : [{ kind: 'paragraph', text: swallowing, tone: 'attention' } as const]),
    ...listed('Usual self', usualSelf(data)),
    ...listed('Problems and diagnoses', problemLines(data)),
    ...listed('Scores', scoreLines(data)),
    ...flat(olderPersonsAssessment as unknown as ObjectSchema, data),
  ];
};
