/**
 * One source's CPR decision: a decision either way is a Flag (as the NHS end of life data set carries it: period.start
 * decided, period.end review date as information), its absence an Observation; a scanned form is a DocumentReference.
 * https://hl7.org/fhir/R4/flag.html
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, fixed, leaf, link, project, resource } from '../../mapping/binding.js';
import type { Json, JsonObject } from '../../mapping/json.js';
import type { Writer } from '../../mapping/write.js';
import { practitioner } from '../common.js';
import { dayOf } from '../days.js';
import { CPR_ONLY, INFORMATION_COPY, inConflict, isDecided, missingOf, reviewPassed } from './decision.js';
import { scanDocument } from './documents-fhir.js';

const STATUS = redbag('CodeSystem', 'cpr-status');

const CODES: Readonly<Record<string, { code: string; display: string; words: string }>> = {
  'not-for-cpr': {
    code: '450476008',
    display: 'Not for attempted cardiopulmonary resuscitation',
    words: 'Not for attempted CPR',
  },
  'for-cpr': {
    code: '450475007',
    display: 'For attempted cardiopulmonary resuscitation',
    words: 'For attempted CPR',
  },
};

/** The day the package was made, where the document around tells it. */
function today(writer: Writer): string | undefined {
  const date = writer.role('composition')?.resource['date'];
  return typeof date === 'string' ? dayOf(date) : undefined;
}

/** The words that a hospital's system shows for the Flag: never without what makes it doubtful. */
function flagCode(decision: JsonObject, writer: Writer): Json | undefined {
  const found = CODES[String(decision['status'])];
  if (!found) return undefined;
  const day = today(writer);
  const missing = missingOf(decision).map((m) => m.words);
  const text = [
    `${found.words} – ${INFORMATION_COPY}`,
    ...(missing.length > 0 ? [`UNVERIFIED: ${missing.join(', ')} not given`] : []),
    ...(day !== undefined && reviewPassed(decision, day) ? ['REVIEW DATE PASSED: confirm'] : []),
    ...(decision['status'] === 'not-for-cpr' ? [CPR_ONLY] : []),
  ].join('. ');
  return { coding: [{ system: systems.snomed, code: found.code, display: found.display }], text };
}

/** per-1: a period does not end before it starts. */
const reviewFollows = (decision: JsonObject): boolean =>
  typeof decision['decidedOn'] !== 'string' || String(decision['reviewOn']) >= decision['decidedOn'];

const flag = (from: string): Binding =>
  resource({
    from,
    type: 'Flag',
    profiles: [redbag('StructureDefinition', 'RedBag-CPRFlag'), ukCore('Flag')],
    when: isDecided,
    bindings: [
      fixed('status', 'active'),
      fixed('category', [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/flag-category',
              code: 'advance-directive',
              display: 'Advance Directive',
            },
          ],
        },
      ]),
      derive('code', (decision, { writer }) => flagCode(decision, writer)),
      leaf('status', `code.coding[system=${STATUS}].code`),
      link('subject', { role: 'patient' }),
      leaf('decidedOn', 'period.start'),
      leaf('reviewOn', 'period.end', { when: reviewFollows }),
      leaf('decidedBy.name', 'author.display'),
      link('author', { type: 'Practitioner', from: 'decidedBy' }),
      practitioner('decidedBy'),
    ],
  });

const UNDECIDED: Readonly<Record<string, string>> = {
  'no-decision-recorded': 'No CPR decision recorded; this is not a decision against CPR',
  unknown: 'CPR status unknown',
};

const noDecision = (from: string): Binding =>
  resource({
    from,
    type: 'Observation',
    profiles: [redbag('StructureDefinition', 'RedBag-CPRStatus'), ukCore('Observation')],
    when: (decision) => !isDecided(decision),
    bindings: [
      fixed('status', 'final'),
      fixed('code', {
        coding: [{ system: systems.snomed, code: '365870005', display: 'Finding of resuscitation status' }],
        text: 'CPR status',
      }),
      link('subject', { role: 'patient' }),
      derive('valueCodeableConcept.text', (decision) => UNDECIDED[String(decision['status'])]),
      leaf('status', `valueCodeableConcept.coding[system=${STATUS}].code`),
      practitioner('decidedBy'),
    ],
  });

const FORM_TYPES: Readonly<Record<string, Json>> = {
  respect: {
    coding: [{ system: systems.snomed, code: '1382601000000107', display: 'ReSPECT form' }],
    text: 'ReSPECT form',
  },
  dnacpr: { text: 'DNACPR form' },
  'treatment-escalation-plan': {
    coding: [{ system: systems.snomed, code: '735324008', display: 'Treatment escalation plan' }],
    text: 'Treatment escalation plan',
  },
};

/** The bindings of one source; `from` is '' or the path of the other sources. */
export const decisionBindings = (from: string): readonly Binding[] => [
  flag(from),
  noDecision(from),
  scanDocument(from, (decision) => FORM_TYPES[String(decision['formType'])] ?? { text: 'Form about CPR' }),
];

/** Two Flags that say opposite things each say so: whoever sees one alone must know of the other. */
export const conflictMarks: Binding = project((data, { writer, pointer }) => {
  if (!inConflict(data)) return;
  for (const { resource: made, pointer: at } of writer.resources) {
    if (made.resourceType !== 'Flag' || (at !== pointer && !at.startsWith(`${pointer}/otherSources/`)))
      continue;
    const code = made['code'] as JsonObject;
    made['code'] = { ...code, text: `SOURCES DISAGREE. ${String(code['text'])}` };
  }
});
