/**
 * The order in which changes are told: what harms soonest when it is missed comes first. Our choice, after the order of
 * page one (docs/pdf.md).
 */
const ORDER: readonly RegExp[] = [
  /^caresEscalation\/shared\/allergies/,
  /^cprDecision/,
  /^(?:mar\/(?!medicines\/[^/]*\/administrations)|caresEscalation\/concerns\/(?:anticoagulant|headStrike))/,
  /^mar(?:\/|$)/,
  /^caresEscalation\/examination/,
  /^resident\/(?:name|birthDate|nhsNumber|similarNameInHome|identityChecked|photograph)/,
  /^(?:caresEscalation\/shared\/infection|olderPersonsAssessment\/(?:eatingAndDrinking|infection|safeguarding))/,
  /^caresEscalation/,
  /^resident\/legal/,
  /^resident/,
  /^olderPersonsAssessment/,
  /^(?:thisIsMe|belongings)/,
  /^attachments/,
];
/** Who wrote a paper and when follows what it says. */
const PROVENANCE = /\/recorded(?:\/|$)|\/completedBy(?:\/|$)/;

/** Lower comes first. Takes the names of the members down to the change. */
export function rankOf(names: readonly string[]): number {
  const path = names.join('/');
  if (PROVENANCE.test(path)) return ORDER.length + 1;
  const rank = ORDER.findIndex((pattern) => pattern.test(path));
  return rank < 0 ? ORDER.length : rank;
}
