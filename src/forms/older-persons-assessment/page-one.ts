/**
 * What page one tells from an Older Person's Assessment. Pure functions of the data as it is to be shown: a value that
 * was not understood stands in its place as text and is printed as it is.
 */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import { formatDay } from '../../print/format.js';
import { DRINK_LEVELS, FOOD_LEVELS } from './iddsi.js';
import { BARTHEL, SCALES, type ScaleName, scoreWords } from './scales.js';
import { olderPersonsAssessment } from './schema.js';

const CAPABILITY: Readonly<Record<string, string>> = {
  independent: 'independent',
  'slight-disability': 'slight disability',
  'moderate-disability': 'moderate disability',
  'moderately-severe-disability': 'moderately severe disability',
  'severe-disability': 'severe disability',
};
export const ANSWERS: Readonly<Record<string, string>> = { yes: 'YES', no: 'no', 'not-known': 'NOT KNOWN' };

export const text = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : String(value);
export const joined = (parts: readonly (string | undefined)[], between = '; '): string =>
  parts.filter((p) => p !== undefined && p !== '').join(between);
/** Sentences one after another; one that ends with a stop of its own gets no second. */
export const sentences = (parts: readonly (string | undefined)[]): string =>
  joined(parts, '. ').replaceAll(/([.!?])\. /g, '$1 ');

export function stateWords(state: Json | undefined): string | undefined {
  if (!isObject(state)) return undefined;
  const capability = text(state['capability']);
  return joined(
    [
      capability === undefined ? undefined : (CAPABILITY[capability] ?? capability),
      text(state['description']),
    ],
    ', ',
  );
}

export const led = (label: string, value: Json | undefined): string | undefined =>
  value === undefined ? undefined : `${label}: ${String(value)}`;

/** A domain, usual first: "Mobility, usual: independent, walks with a frame. NOW: severe disability". */
function domainLine(
  label: string,
  domain: Json | undefined,
  more: readonly (string | undefined)[] = [],
): string | undefined {
  const told = isObject(domain) ? domain : {};
  const usual = stateWords(told['usual']);
  const now = stateWords(told['now']);
  const words = sentences([usual, ...more, now === undefined ? undefined : `NOW: ${now}`]);
  if (words === '') return undefined;
  return `${label}${usual === undefined ? '' : ', usual'}: ${words}`;
}

export function catheterWords(elimination: JsonObject): string | undefined {
  const catheter = elimination['catheter'];
  if (!isObject(catheter)) return undefined;
  const answer = ANSWERS[String(catheter['present'])] ?? String(catheter['present']);
  const changed = text(catheter['lastChanged']);
  const when = changed === undefined ? undefined : `last changed ${formatDay(changed)}`;
  return led('Catheter', joined([answer, text(catheter['kind']), when], ', '));
}

export function stomaWords(elimination: JsonObject): string | undefined {
  const stoma = elimination['stoma'];
  if (!isObject(stoma)) return undefined;
  return led(
    'Stoma',
    joined([ANSWERS[String(stoma['present'])] ?? String(stoma['present']), text(stoma['kind'])], ', '),
  );
}

/** The usual self, domain by domain; a domain that nobody told of has no line. Takes the paper as it is to be shown. */
export function usualSelf(assessment: JsonObject): readonly string[] {
  const elimination = member(assessment, 'elimination');
  const told = isObject(elimination) ? elimination : {};
  return [
    domainLine('Communication', assessment['communication'], [
      led('How to talk', member(assessment, 'communication.howToTalk')),
    ]),
    domainLine('Cognition', assessment['cognition'], [
      led('Diagnosis', member(assessment, 'cognition.diagnosis')),
    ]),
    domainLine('Mobility', assessment['mobility'], [
      led('Transfers', member(assessment, 'mobility.transfers')),
    ]),
    domainLine('Continence', told['continence'], [catheterWords(told), stomaWords(told)]),
    domainLine('Toileting', told['toileting']),
    domainLine('Eating and drinking', assessment['eatingAndDrinking']),
    domainLine('Behaviour and distress', assessment['behaviour'], [
      led('What helps', member(assessment, 'behaviour.whatHelps')),
    ]),
  ].filter((line) => line !== undefined);
}

export const AIDS: Readonly<Record<string, string>> = (
  olderPersonsAssessment.properties.aids as unknown as {
    items: { properties: { kind: { 'x-labels': Record<string, string> } } };
  }
).items.properties.kind['x-labels'];

/** Aids, with the person or not; undefined when none was listed. */
export function aidsLine(assessment: JsonObject): string | undefined {
  const aids = assessment['aids'];
  if (!Array.isArray(aids)) return undefined;
  const words = (aids as readonly Json[]).filter(isObject).map((aid) => {
    const name = joined([AIDS[String(aid['kind'])] ?? String(aid['kind']), text(aid['description'])], ', ');
    return `${name} (${aid['withPerson'] === true ? 'with the person' : 'NOT with the person'})`;
  });
  return `Aids: ${words.join('; ')}`;
}

/** Food and drink apart, level in number and words, and choking risk; undefined when none of them was told. */
export function swallowingLine(assessment: JsonObject): string | undefined {
  const eating = assessment['eatingAndDrinking'];
  if (!isObject(eating)) return undefined;
  const { foodLevel, drinkLevel, chokingRisk, swallowing } = eating;
  if ([foodLevel, drinkLevel, chokingRisk, swallowing].every((v) => v === undefined)) return undefined;
  const named = (labels: Readonly<Record<string, string>>, v: Json | undefined): string =>
    v === undefined ? 'level not recorded' : `IDDSI ${labels[String(v)] ?? String(v)}`;
  const risk = text(chokingRisk);
  return `Swallowing: ${joined([
    risk === undefined ? undefined : `choking risk ${ANSWERS[risk] ?? risk}`,
    `FOOD ${named(FOOD_LEVELS, foodLevel)}`,
    `DRINKS ${named(DRINK_LEVELS, drinkLevel)}`,
    text(swallowing),
  ])}`;
}

/**
 * Safeguarding in words, without the concern itself; undefined when the part was not sent or a hospital keeps it off
 * page one.
 */
export function safeguardingLine(
  assessment: JsonObject,
  options: { hidden?: boolean } = {},
): string | undefined {
  const told = assessment['safeguarding'];
  if (!isObject(told) || options.hidden === true) return undefined;
  return told['indicator'] === true
    ? 'SAFEGUARDING CONCERN: see its page'
    : 'Safeguarding: no concern stated';
}

const STATUS: Readonly<Record<string, string>> = { inactive: 'inactive', resolved: 'resolved' };

/** Problems and diagnoses, one line each, in the order sent. */
export function problemLines(assessment: JsonObject): readonly string[] {
  const problems = assessment['problems'];
  return (Array.isArray(problems) ? (problems as readonly Json[]) : []).filter(isObject).map((problem) => {
    const onset = text(problem['onset']);
    return joined(
      [
        text(problem['name']),
        onset === undefined ? undefined : `since ${formatDay(onset)}`,
        STATUS[String(problem['status'])],
      ],
      ', ',
    );
  });
}

/** Scores in words with their bands and dates, one line each. */
export function scoreLines(assessment: JsonObject): readonly string[] {
  const scores = member(assessment, 'scores');
  if (!isObject(scores)) return [];
  const dated = (words: string, score: JsonObject): string => {
    const on = text(score['on']);
    return `${words} (${on === undefined ? 'date not recorded' : formatDay(on)})`;
  };
  return Object.entries(scores).flatMap(([name, score]): string[] => {
    if (!isObject(score)) return [];
    if (name in SCALES) {
      const { total } = score;
      const { title } = SCALES[name as ScaleName];
      return [
        dated(
          typeof total === 'number'
            ? scoreWords(name as ScaleName, total)
            : `${title} ${text(total) ?? 'not given'}`,
          score,
        ),
      ];
    }
    if (name !== 'barthel') return [];
    const version = BARTHEL[score['version'] as keyof typeof BARTHEL];
    return [dated(`Barthel ${text(score['total']) ?? 'not given'}, ${version.label}`, score)];
  });
}
