/** What is said of the legal information: agreement to share, attorneys, DoLS, advance decision. */
import { isObject, type JsonObject, member } from '../../mapping/json.js';
import type { Finding } from '../finding.js';
import type { RuleContext } from '../form.js';
import type { Legal } from './schema.js';
import { sharing } from './sharing.js';

function sharingFindings(resident: JsonObject, legal: Legal | undefined, pointer: string): Finding[] {
  const at = `${pointer}/legal/sharing`;
  const found = legal?.sharing;
  if (!found) return [{ code: 'sharing-not-recorded', pointer: at }];
  const { consent, basis, reasonNotGiven } = found;
  const said: Finding[] = [];
  const state = sharing(resident);
  if (state === 'refused') said.push({ code: 'sharing-refused', pointer: `${at}/consent` });
  if (state === 'override')
    said.push({ code: 'sharing-overridden', pointer: `${at}/basis`, values: { basis: String(basis) } });
  if (state === 'not-recorded') said.push({ code: 'sharing-not-asked', pointer: `${at}/consent` });
  if (consent === 'yes' && basis === undefined)
    said.push({ code: 'sharing-basis-missing', pointer: `${at}/basis` });
  if (consent === 'no' && reasonNotGiven === undefined) {
    said.push({ code: 'sharing-reason-missing', pointer: `${at}/reasonNotGiven` });
  }
  const claimed = consent !== 'yes' && (basis === 'emergency' || basis === 'best-interests');
  if (claimed && state !== 'override') {
    const missing = found.decidedBy === undefined ? 'decidedBy' : 'overrideReason';
    said.push({
      code: 'sharing-override-incomplete',
      pointer: `${at}/${missing}`,
      values: { field: missing },
    });
  }
  if (consent !== 'yes' && (basis === 'resident' || basis === 'attorney-or-deputy')) {
    said.push({ code: 'sharing-contradiction', pointer: `${at}/basis` });
  }
  return said;
}

function attorneyFindings(legal: Legal, pointer: string): Finding[] {
  return (legal.attorneys ?? []).flatMap((attorney, i): Finding[] => {
    const at = `${pointer}/legal/attorneys/${i}`;
    const deputy =
      attorney.kind === 'deputy-health-and-welfare' || attorney.kind === 'deputy-property-and-affairs';
    return [
      ...(attorney.registered === 'yes'
        ? []
        : [{ code: 'attorney-not-registered', pointer: `${at}/registered` }]),
      ...(deputy && attorney.mayRefuseLifeSustainingTreatment === 'yes'
        ? [{ code: 'deputy-life-sustaining', pointer: `${at}/mayRefuseLifeSustainingTreatment` }]
        : []),
    ];
  });
}

/** Takes the resident's data, where it stands, and the context. Total. */
export function legalFindings(data: JsonObject, pointer: string, context: RuleContext): Finding[] {
  const legal = (isObject(data['legal']) ? data['legal'] : undefined) as Legal | undefined;
  const findings = sharingFindings(data, legal, pointer);
  if (!legal) return findings;
  findings.push(...attorneyFindings(legal, pointer));
  if (legal.dols?.status === 'authorised' || legal.dols?.status === 'requested') {
    findings.push({ code: 'dols-does-not-travel', pointer: `${pointer}/legal/dols/status` });
  }
  if (
    legal.advanceDecision?.held === 'yes' &&
    !isObject(member(context.package, 'cprDecision.advanceDecision'))
  ) {
    findings.push({ code: 'advance-decision-details-missing', pointer: `${pointer}/legal/advanceDecision` });
  }
  return findings;
}
