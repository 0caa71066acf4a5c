/**
 * Where plans say different things. Only coded answers are looked at, and nothing is resolved here: the ward is told
 * that it must ask. That the sources of the CPR decision itself disagree is told by `decision.ts`.
 */
import { type Json, type JsonObject, member } from '../../mapping/json.js';
import { formatDay } from '../../print/format.js';
import { isDate, reviewPassed } from './decision.js';

/** Takes `cprDecision` and the day on which the bag was made; empty where no conflict can be seen. */
export function planConflicts(data: JsonObject, today: string): string[] {
  const said = (path: string): Json | undefined => member(data, path);
  const respect = said('respect') as JsonObject | undefined;
  const passed = respect !== undefined && reviewPassed(respect, today) && isDate(respect['reviewOn']);
  return [
    ...(said('sharedPlan.agreesWithPaper') === 'no'
      ? ['The shared care plan does NOT agree with the paper: read both.']
      : []),
    ...(said('status') === 'for-cpr' && said('advanceDecision.lifeSustaining') === 'yes'
      ? ['CPR status is FOR CPR, but an advance decision that refuses life-sustaining treatment is reported.']
      : []),
    ...(said('attorney.appointed') === 'yes' && said('attorney.consulted') === 'no'
      ? ['There is an attorney for health and welfare, who was NOT consulted on this decision.']
      : []),
    ...(passed ? [`ReSPECT: REVIEW DATE PASSED – confirm (${formatDay(String(respect['reviewOn']))}).`] : []),
  ];
}
