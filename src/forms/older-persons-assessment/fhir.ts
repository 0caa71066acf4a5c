/**
 * The Older Person's Assessment in FHIR: problems and impairments as Conditions, scores and IDDSI levels as
 * Observations, risks, alerts, safeguarding, infection and adjustments as Flags; the domains of daily living are
 * answers to the form's Questionnaire. https://hl7.org/fhir/R4/flag.html, https://hl7.org/fhir/R4/condition.html
 */
import { redbag, systems, ukCore } from '../../fhir/systems.js';
import {
  type Binding,
  type Codec,
  derive,
  fixed,
  leaf,
  link,
  project,
  resource,
} from '../../mapping/binding.js';
import { below, isObject, type JsonObject, member } from '../../mapping/json.js';
import { practitioner, provenance } from '../common.js';
import type { FormSection } from '../form.js';
import { FLAG_SAFETY, infectionFlag } from '../infection.js';
import { OBSERVATION_PROFILES, observed, snomedCoding } from '../observation.js';
import { MISWRITTEN_SNOMED } from './adjustment-schema.js';
import { DRINK_CODES, DRINK_LEVELS, FOOD_CODES, FOOD_LEVELS } from './iddsi.js';
import { scoreBindings } from './scores-fhir.js';

const FLAG = [redbag('StructureDefinition', 'RedBag-Flag'), ukCore('Flag')];
const ADJUSTMENT = [redbag('StructureDefinition', 'RedBag-Adjustment'), ukCore('Flag')];
const CONDITION = [redbag('StructureDefinition', 'RedBag-Condition'), ukCore('Condition')];
const ENGLAND = 'https://fhir.nhs.uk/England/CodeSystem';

const flagged: readonly Binding[] = [
  fixed('status', 'active'),
  link('subject', { role: 'patient' }),
  link('author', { role: 'sender-organisation' }),
];

/** An IDDSI level: our own code for the level as it was chosen, and SNOMED CT. */
function level(
  name: 'foodLevel' | 'drinkLevel',
  text: string,
  choice: string,
  labels: Readonly<Record<string, string>>,
  codes: Readonly<Record<string, string>>,
): Binding {
  const system = redbag('CodeSystem', choice);
  return resource({
    from: 'eatingAndDrinking',
    part: choice,
    type: 'Observation',
    section: 'swallowing',
    profiles: OBSERVATION_PROFILES,
    when: (data) => data[name] !== undefined,
    bindings: [
      ...observed('survey'),
      fixed('code', { text }),
      leaf('levelsSetOn', 'effectiveDateTime'),
      derive('valueCodeableConcept', (data) => {
        const chosen = String(data[name]);
        const display = labels[chosen];
        const code = codes[chosen];
        return {
          coding: [
            ...(code === undefined ? [] : [snomedCoding({ code })]),
            { system, code: chosen, ...(display === undefined ? {} : { display }) },
          ],
          ...(display === undefined ? {} : { text: display }),
        };
      }),
      leaf(name, `valueCodeableConcept.coding[system=${system}].code`),
      leaf('levelsSetBy', 'note[0].text'),
    ],
  });
}

/** R4 wants a period to end no earlier than it starts; what contradicts itself is told by a rule and stays an answer. */
const periodEnd = derive('period.end', ({ start, end }) =>
  typeof end === 'string' && (typeof start !== 'string' || start <= end) ? end : undefined,
);

const risks: Binding = resource({
  from: 'risks',
  type: 'Flag',
  section: 'risks',
  profiles: FLAG,
  bindings: [
    ...flagged,
    derive('category', () => [{ coding: [FLAG_SAFETY] }]),
    leaf('kind', `category[1].coding[system=${redbag('CodeSystem', 'risk-kind')}].code`),
    leaf('description', 'code.text'),
    leaf('start', 'period.start'),
    periodEnd,
  ],
});

const alerts: Binding = resource({
  from: 'alerts',
  type: 'Flag',
  section: 'alerts',
  profiles: FLAG,
  bindings: [
    ...flagged,
    derive('category', () => [{ coding: [FLAG_SAFETY] }]),
    leaf('alert', 'code.text'),
    leaf('on', 'period.start'),
  ],
});

/** Says only that there is a concern and whom to ask: Flags are shown widely, the concern itself is not for all. */
const safeguarding: Binding = project((data, { writer, pointer }) => {
  const told = member(data, 'safeguarding');
  if (!isObject(told) || told['indicator'] !== true) return;
  const flag = writer.add('Flag', below(pointer, 'safeguarding'), {
    section: 'safeguarding',
    profiles: FLAG,
    content: {
      status: 'active',
      category: [{ coding: [FLAG_SAFETY] }],
      code: { text: 'Safeguarding concern: ask the care home' },
    },
  });
  writer.link(flag.resource, 'subject', { role: 'patient' });
  writer.link(flag.resource, 'author', { role: 'sender-organisation' });
});

const HL7_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const CLINICAL = { active: 'Active', inactive: 'Inactive', resolved: 'Resolved' } as const;

/** A problem whose status was not said is on the list because it matters now. */
function clinicalStatus(problem: JsonObject): JsonObject {
  const said = problem['status'];
  const code = typeof said === 'string' && said in CLINICAL ? (said as keyof typeof CLINICAL) : 'active';
  return { coding: [{ system: HL7_CLINICAL, code, display: CLINICAL[code] }] };
}

const PROBLEM_LIST = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/condition-category',
      code: 'problem-list-item',
      display: 'Problem List Item',
    },
  ],
};

const problems: Binding = resource({
  from: 'problems',
  type: 'Condition',
  section: 'problems',
  profiles: CONDITION,
  bindings: [
    derive('clinicalStatus', clinicalStatus),
    fixed('category', [PROBLEM_LIST]),
    leaf('code', `code.coding[system=${systems.snomed}].code`),
    leaf('name', 'code.text'),
    link('subject', { role: 'patient' }),
    leaf('onset', 'onsetDateTime'),
    leaf('comment', 'note[0].text'),
  ],
});

const impairments: Binding = resource({
  from: 'impairments',
  type: 'Condition',
  section: 'requirements',
  profiles: CONDITION,
  bindings: [
    derive('clinicalStatus', clinicalStatus),
    fixed('category', [PROBLEM_LIST]),
    leaf('kind', `code.coding[system=${ENGLAND}/England-ConditionCodeRA].code`),
    fixed('code.text', 'Impairment'),
    link('subject', { role: 'patient' }),
    leaf('detail', 'note[0].text'),
  ],
});

const NATIONAL_FLAG = {
  system: `${ENGLAND}/England-FlagCategoryPatient`,
  code: 'national-reasonable-adjustment-flag',
  display: 'National Reasonable Adjustments Flag',
};

/** The only correction of what was sent on this paper; the coverage report says so. */
const snomedSystem: Codec = {
  write: (v) => (v === MISWRITTEN_SNOMED ? systems.snomed : v),
  read: (v) => v,
};

const adjustments: Binding = resource({
  from: 'reasonableAdjustments',
  type: 'Flag',
  section: 'adjustments',
  profiles: ADJUSTMENT,
  bindings: [
    ...flagged,
    derive('category', () => [{ coding: [NATIONAL_FLAG] }]),
    leaf('category', `category[1].coding[system=${ENGLAND}/England-FlagCategoryRA].code`),
    leaf('coding.system', 'code.coding[0].system', { codec: snomedSystem }),
    leaf('coding.code', 'code.coding[0].code'),
    leaf('coding.display', 'code.coding[0].display'),
    leaf('adjustment', 'code.text'),
    leaf('date', 'period.start'),
  ],
});

export const assessmentBindings: readonly Binding[] = [
  level('foodLevel', 'Food texture (IDDSI)', 'iddsi-food', FOOD_LEVELS, FOOD_CODES),
  level('drinkLevel', 'Thickness of drinks (IDDSI)', 'iddsi-drink', DRINK_LEVELS, DRINK_CODES),
  ...scoreBindings,
  risks,
  infectionFlag('infection', 'risks'),
  safeguarding,
  alerts,
  problems,
  adjustments,
  impairments,
  practitioner('recorded.by'),
  provenance,
];

const slug = (code: string, display: string) => ({ system: systems.ukCoreHeadings, code, display });
const heading = (code: string, display: string) => ({ system: systems.snomed, code, display });

export const assessmentSections: readonly FormSection[] = [
  {
    key: 'assessment',
    title: "Older Person's Assessment: care needs, usual and now",
    codings: [slug('assessments', 'Assessments'), heading('325931000000109', 'Assessment')],
  },
  {
    key: 'swallowing',
    title: 'Eating and drinking',
    codings: [],
    tells: ['eatingAndDrinking'],
  },
  {
    key: 'assessments',
    title: 'Assessment scales and measurements',
    codings: [slug('assessments', 'Assessments'), heading('887141000000103', 'Assessment scales')],
    tells: ['scores'],
  },
  {
    key: 'problems',
    title: 'Problems and diagnoses',
    codings: [slug('problems', 'Problems'), heading('717711000000103', 'Problems')],
    tells: ['problems'],
  },
  {
    key: 'alerts',
    title: 'Alerts',
    codings: [slug('safety-alerts', 'Safety alerts'), heading('886931000000107', 'Safety alerts')],
    tells: ['alerts'],
  },
  {
    key: 'risks',
    title: 'Risks',
    codings: [slug('risk-information', 'Risk information')],
    tells: ['risks', 'infection', 'levelOfObservation'],
  },
  {
    key: 'safeguarding',
    title: 'Safeguarding',
    codings: [slug('safeguarding', 'Safeguarding')],
    tells: ['safeguarding'],
  },
  {
    key: 'requirements',
    title: 'Individual requirements',
    codings: [
      slug('individual-requirements', 'Individual requirements'),
      heading('1078911000000106', 'Individual requirements'),
    ],
    tells: ['impairments', 'mobilityNeeds', 'otherRequirements'],
  },
  {
    key: 'adjustments',
    title: 'Reasonable adjustments',
    codings: [
      slug(
        'reasonable-adjustments-for-health-and-care-access',
        'Reasonable adjustments for health and care access',
      ),
    ],
    tells: ['reasonableAdjustments'],
  },
];
