/** What is said of an Older Person's Assessment beyond its schema. Sentences stand in `src/intake/issues.ts`. */
import { isObject, type Json, type JsonObject, leaves, member, step } from '../../mapping/json.js';
import type { Finding } from '../finding.js';
import type { Form, RuleContext } from '../form.js';
import { MISWRITTEN_SNOMED } from './adjustment-schema.js';
import { isOldTexture } from './iddsi.js';
import { BARTHEL } from './scales.js';

const part = (data: JsonObject, path: string): JsonObject => {
  const value = member(data, path);
  return isObject(value) ? value : {};
};

const items = (data: JsonObject, name: string): readonly Json[] => {
  const list = data[name];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
};

/** "Soft diet" wherever food is written of: in the domain itself, and in the summary. */
function textures(data: JsonObject, at: string): Finding[] {
  const places: (readonly [string, Json])[] = [
    ...leaves(data['careNeedsSummary'], `${at}/careNeedsSummary`),
    ...leaves(data['eatingAndDrinking'], `${at}/eatingAndDrinking`),
  ];
  return places
    .filter(([, words]) => typeof words === 'string' && isOldTexture(words))
    .map(([pointer]) => ({ code: 'texture-not-iddsi', pointer }));
}

/** A choking risk without a level for food or drink leaves the ward to guess. */
function levels(data: JsonObject, at: string): Finding[] {
  const eating = part(data, 'eatingAndDrinking');
  if (eating['chokingRisk'] !== 'yes') return [];
  return ['foodLevel', 'drinkLevel']
    .filter((name) => eating[name] === undefined)
    .map((name) => ({ code: 'iddsi-level-missing', pointer: `${at}/eatingAndDrinking/${name}` }));
}

function scores(data: JsonObject, at: string): Finding[] {
  const found: Finding[] = [];
  for (const [name, score] of Object.entries(part(data, 'scores'))) {
    if (isObject(score) && score['on'] === undefined) {
      found.push({ code: 'score-without-date', pointer: `${at}/scores${step(name)}/on` });
    }
  }
  const barthel = part(data, 'scores.barthel');
  const version = BARTHEL[barthel['version'] as keyof typeof BARTHEL] as { maximum: number } | undefined;
  if (version && typeof barthel['total'] === 'number' && barthel['total'] > version.maximum) {
    found.push({
      code: 'barthel-out-of-range',
      pointer: `${at}/scores/barthel/total`,
      values: { maximum: version.maximum },
    });
  }
  return found;
}

function periods(data: JsonObject, at: string): Finding[] {
  return items(data, 'risks').flatMap((risk, i): Finding[] => {
    if (!isObject(risk)) return [];
    const { start, end } = risk;
    return typeof start === 'string' && typeof end === 'string' && end < start
      ? [{ code: 'ends-before-it-starts', pointer: `${at}/risks/${i}/end` }]
      : [];
  });
}

function adjustments(data: JsonObject, at: string): Finding[] {
  return items(data, 'reasonableAdjustments').flatMap((adjustment, i): Finding[] =>
    isObject(adjustment) && member(adjustment, 'coding.system') === MISWRITTEN_SNOMED
      ? [{ code: 'snomed-system-corrected', pointer: `${at}/reasonableAdjustments/${i}/coding/system` }]
      : [],
  );
}

function infection(data: JsonObject, at: string): Finding[] {
  const told = part(data, 'infection');
  return told['risk'] === 'yes' && told['what'] === undefined
    ? [{ code: 'infection-not-described', pointer: `${at}/infection/what` }]
    : [];
}

/** Findings on an assessment, in the order of the paper. The care needs summary is asked of the whole package. */
export const assessmentRules: Form['rules'] = (data, pointer) => [
  ...(data['assessedOn'] === undefined
    ? [{ code: 'assessment-without-date', pointer: `${pointer}/assessedOn` }]
    : []),
  ...textures(data, pointer),
  ...levels(data, pointer),
  ...scores(data, pointer),
  ...periods(data, pointer),
  ...infection(data, pointer),
  ...adjustments(data, pointer),
];

/**
 * The care needs summary, which complete mode demands and urgent mode misses with a warning (domain AT-11): asked of
 * the package, because the whole paper may be missing. Takes the package.
 */
export function careNeedsSummaryRule(sent: JsonObject, _context: RuleContext): Finding[] {
  return member(sent, 'olderPersonsAssessment.careNeedsSummary') === undefined
    ? [{ code: 'care-needs-summary-missing', pointer: '/olderPersonsAssessment/careNeedsSummary' }]
    : [];
}
