/**
 * What is said of the CPR decision and the plans beside it (domain AT-20 to AT-23). Nothing here refuses a decision:
 * what is doubtful travels and says that it is. Only an advance decision about life-sustaining treatment without its
 * date is refused, and that in complete mode alone.
 */
import { formats } from '../../mapping/formats.js';
import type { JsonObject } from '../../mapping/json.js';
import { dayOf } from '../days.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';
import { inConflict, isDate, isDecided, missingOf, reviewPassed, sources } from './decision.js';
import type { CprDecision, Decision } from './schema.js';

function ofSource(data: JsonObject, at: string, today: string | undefined): Finding[] {
  const decision = data as unknown as Decision;
  const said: Finding[] = missingOf(data).map(({ field, words }) => ({
    code: 'cpr-unverified',
    pointer: `${at}/${field}`,
    values: { missing: words },
  }));
  const { decidedOn, reviewOn } = decision;
  if (today !== undefined && reviewPassed(data, today))
    said.push({ code: 'cpr-review-passed', pointer: `${at}/reviewOn` });
  if (isDate(decidedOn) && isDate(reviewOn) && reviewOn < decidedOn) {
    said.push({ code: 'cpr-review-before-decision', pointer: `${at}/reviewOn` });
  }
  if (isDate(decidedOn) && today !== undefined && decidedOn > today) {
    said.push({ code: 'cpr-decision-in-future', pointer: `${at}/decidedOn` });
  }
  if (!isDecided(data) && (decidedOn !== undefined || decision.decidedBy !== undefined)) {
    said.push({ code: 'cpr-contradiction', pointer: `${at}/status` });
  }
  if (decision.status === 'not-for-cpr' && decision.originalTravelling !== 'yes') {
    said.push({ code: 'cpr-original-not-travelling', pointer: `${at}/originalTravelling` });
  }
  return said;
}

function conflict(data: JsonObject, pointer: string): Finding[] {
  if (!inConflict(data)) return [];
  return sources(data)
    .filter(
      ({ decision, path }) =>
        path !== '' && decision['status'] !== data['status'] && decision['status'] !== 'unknown',
    )
    .map(({ path }) => ({ code: 'cpr-sources-conflict', pointer: `${pointer}${path}/status` }));
}

function advanceDecision({ advanceDecision: adrt }: CprDecision, pointer: string): Finding[] {
  if (!adrt) return [];
  const at = `${pointer}/advanceDecision`;
  const said: Finding[] = [];
  if (adrt.refuses === undefined) said.push({ code: 'adrt-refusal-missing', pointer: `${at}/refuses` });
  if (adrt.lifeSustaining === 'yes') {
    if (!formats['partial-date'].validate(adrt.madeOn ?? ''))
      said.push({ code: 'adrt-date-missing', pointer: `${at}/madeOn` });
    if (adrt.signed !== 'yes') said.push({ code: 'adrt-form-unchecked', pointer: `${at}/signed` });
    if (adrt.witnessed !== 'yes') said.push({ code: 'adrt-form-unchecked', pointer: `${at}/witnessed` });
  }
  if (adrt.validityChecked !== 'yes')
    said.push({ code: 'adrt-validity-unchecked', pointer: `${at}/validityChecked` });
  return said;
}

function plans(paper: CprDecision, pointer: string, today: string | undefined): Finding[] {
  const { respect, sharedPlan } = paper;
  const said: Finding[] = [];
  if (paper.formType === 'respect' && respect === undefined)
    said.push({ code: 'respect-missing', pointer: `${pointer}/respect` });
  if (respect && respect.summary === undefined)
    said.push({ code: 'respect-summary-missing', pointer: `${pointer}/respect/summary` });
  if (respect && today !== undefined && reviewPassed(respect, today)) {
    said.push({ code: 'cpr-review-passed', pointer: `${pointer}/respect/reviewOn` });
  }
  if (sharedPlan?.system === 'coordinate-my-care') {
    said.push({ code: 'shared-plan-replaced', pointer: `${pointer}/sharedPlan/system` });
  }
  if (sharedPlan?.agreesWithPaper === 'no') {
    said.push({ code: 'shared-plan-differs', pointer: `${pointer}/sharedPlan/agreesWithPaper` });
  }
  return said;
}

export const cprDecisionRules: Form['rules'] = (data, pointer, context) => {
  const created = context.package['createdAt'];
  const today = typeof created === 'string' ? dayOf(created) : undefined;
  const paper = data as unknown as CprDecision;
  return [
    ...(paper.status === 'unknown' ? [{ code: 'cpr-unknown', pointer: `${pointer}/status` }] : []),
    ...sources(data).flatMap(({ decision, path }) => ofSource(decision, `${pointer}${path}`, today)),
    ...conflict(data, pointer),
    ...advanceDecision(paper, pointer),
    ...plans(paper, pointer, today),
  ];
};
