/** Rules of the envelope. */
import type { Finding } from '../forms/finding.js';
import type { Form } from '../forms/form.js';
import { member } from '../mapping/json.js';
import { namedDestinations } from './routing.js';

/** A sender's clock may run a little ahead of ours. */
const AHEAD_MS = 10 * 60_000;

export const envelopeRules: Form['rules'] = (data, _pointer, { now }) => {
  const findings: Finding[] = [];
  const home = '/sender/organisation';
  if (
    member(data, 'sender.organisation.odsCode') === undefined &&
    member(data, 'sender.organisation.cqcLocationId') === undefined
  ) {
    findings.push({ code: 'sender-not-identified', pointer: home });
  }
  const seen = new Set<string>();
  for (const { odsCode, pointer } of namedDestinations(data)) {
    if (seen.has(odsCode)) findings.push({ code: 'destination-repeated', pointer });
    seen.add(odsCode);
  }
  if (Date.parse(String(data['createdAt'])) > Date.parse(now) + AHEAD_MS) {
    findings.push({ code: 'created-in-the-future', pointer: '/createdAt' });
  }
  return findings;
};
