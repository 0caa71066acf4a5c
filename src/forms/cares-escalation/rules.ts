/** What is said of a CARES record beyond its schema. Sentences stand in `src/intake/issues.ts`. */
import { isObject, type Json, type JsonObject, member } from '../../mapping/json.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import { allergyEntries, allergyState, isActive } from './allergies.js';
import { scaleOf, scoreSet } from './readings.js';
import { isVague } from './vague.js';

const part = (data: JsonObject, path: string): JsonObject => {
  const value = member(data, path);
  return isObject(value) ? value : {};
};

function reason(data: JsonObject, at: string): Finding[] {
  const words = member(data, 'concerns.reason');
  return typeof words === 'string' && isVague(words)
    ? [{ code: 'reason-too-vague', pointer: `${at}/concerns/reason` }]
    : [];
}

/** Each of the three times stands for itself: said and contradicted, or said to be known and not given. */
function times(data: JsonObject, at: string): Finding[] {
  return ['lastSeenWell', 'found', 'onset'].flatMap((name): Finding[] => {
    const time = part(data, `concerns.${name}`);
    const pointer = `${at}/concerns/${name}`;
    if (time['known'] === 'not-known' && time['at'] !== undefined) {
      return [{ code: 'time-given-and-not-known', pointer: `${pointer}/known` }];
    }
    return time['known'] === 'yes' && time['at'] === undefined
      ? [{ code: 'known-time-missing', pointer: `${pointer}/at` }]
      : [];
  });
}

function anticoagulant(data: JsonObject, at: string): Finding[] {
  const told = part(data, 'concerns.anticoagulant');
  const pointer = `${at}/concerns/anticoagulant`;
  const struck = member(data, 'concerns.headStrike');
  if (told['taken'] === undefined) {
    return struck === 'yes' || struck === 'unwitnessed'
      ? [{ code: 'anticoagulant-not-stated', pointer }]
      : [];
  }
  if (told['taken'] === 'yes') {
    return ['drug', 'lastDose']
      .filter((name) => told[name] === undefined)
      .map((name) => ({ code: 'anticoagulant-detail-missing', pointer: `${pointer}/${name}` }));
  }
  return told['drug'] !== undefined || told['lastDose'] !== undefined
    ? [{ code: 'anticoagulant-contradiction', pointer: `${pointer}/taken` }]
    : [];
}

function observationSet(set: JsonObject, at: string): Finding[] {
  const found: Finding[] = [];
  const say = (code: string, where: string): void => void found.push({ code, pointer: `${at}${where}` });
  const score = scoreSet(set);
  const given = set['news2'];
  if (set['at'] === undefined) say('observations-without-time', '/at');
  if (score?.total === undefined) {
    if (score) say('news2-incomplete', '');
    if (typeof given === 'number') say('news2-cannot-be-checked', '/news2');
  } else if (typeof given === 'number' && given !== score.total) say('news2-mismatch', '/news2');
  if (scaleOf(set) === 2 && member(set, 'spo2Scale.authorisedBy') === undefined) {
    say('scale-2-without-authority', '/spo2Scale/authorisedBy');
  }
  if (member(set, 'oxygen.breathing') === 'air' && member(set, 'oxygen.flow') !== undefined) {
    say('oxygen-flow-on-air', '/oxygen/flow');
  }
  const { systolic, diastolic } = set;
  if (typeof systolic === 'number' && typeof diastolic === 'number' && diastolic >= systolic) {
    say('diastolic-not-below-systolic', '/diastolic');
  }
  return found;
}

const NO_ALLERGY = new Set(['716186003', '409137002']);
const SAYS_NONE =
  /^(?:none|nil|nil known|none known|no known(?: drug)? allerg(?:y|ies)|no allerg(?:y|ies)|n\/?a|nka|nkda)\.?$/i;

function saysNone(entry: JsonObject): boolean {
  const agent = part(entry, 'agent');
  return (
    NO_ALLERGY.has(String(agent['code'])) ||
    (typeof agent['text'] === 'string' && SAYS_NONE.test(agent['text'].trim()))
  );
}

function allergies(data: JsonObject, at: string): Finding[] {
  const told = part(data, 'shared.allergies');
  const pointer = `${at}/shared/allergies`;
  const entries = allergyEntries(told);
  const found: Finding[] = entries.flatMap((entry, i) =>
    saysNone(entry) ? [{ code: 'allergy-entry-says-none', pointer: `${pointer}/entries/${i}/agent` }] : [],
  );
  const active = entries.some(isActive);
  if (allergyState(told) === 'known-not-listed')
    found.push({ code: 'allergies-known-but-not-listed', pointer: `${pointer}/entries` });
  if (told['state'] === 'none-known' && active)
    found.push({ code: 'none-known-ignored', pointer: `${pointer}/state` });
  if (told['state'] === 'not-recorded') {
    found.push({
      code: entries.length > 0 ? 'allergies-listed-but-not-recorded' : 'allergies-not-recorded',
      pointer: `${pointer}/state`,
    });
  }
  return found;
}

function infection(data: JsonObject, at: string): Finding[] {
  const told = part(data, 'shared.infection');
  return told['risk'] === 'yes' && told['what'] === undefined
    ? [{ code: 'infection-not-described', pointer: `${at}/shared/infection/what` }]
    : [];
}

/** Findings on a CARES record, in the order of the paper. */
export const caresRules: Form['rules'] = (data, pointer) => {
  const sets = member(data, 'examination.observations');
  return [
    ...reason(data, pointer),
    ...times(data, pointer),
    ...anticoagulant(data, pointer),
    ...(Array.isArray(sets) ? (sets as readonly Json[]) : []).flatMap((set, i) =>
      isObject(set) ? observationSet(set, `${pointer}/examination/observations/${i}`) : [],
    ),
    ...allergies(data, pointer),
    ...infection(data, pointer),
  ];
};
