/**
 * How each rule is broken, and nothing else with it. Cardinalities, fixed values and types are broken alike wherever
 * they stand; each invariant has a breakage of its own. A breakage takes a copy of a valid instance and gives whether
 * it could be applied to it.
 */
import type { Loose } from './instances.js';
import type { Rule } from './rules.js';

export type Breakage = (resource: Loose, rule: Rule) => boolean;

const NOBODY = 'urn:uuid:00000000-0000-4000-8000-000000000000';
const SNOMED = 'http://snomed.info/sct';
const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const OWN = 'https://w3id.org/redbag';
const NEWS2 = '1104051000000101';

const list = (value: Loose): Loose[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Name under which a parent holds the last step of a path: `value[x]` as `valueQuantity`. */
const keyIn = (parent: Loose, step: string): string | undefined =>
  step.endsWith('[x]')
    ? Object.keys(parent).find((k) => new RegExp(`^${step.slice(0, -3)}[A-Z]`).test(k))
    : step in parent
      ? step
      : undefined;

/** The objects that have, or could have, the last element of the rule's path. */
function parents(resource: Loose, { profile, element }: Rule): { parent: Loose; step: string }[] {
  const steps = element.split('.').slice(1);
  if (steps.length === 0) return [{ parent: resource, step: '' }];
  const step = (steps.at(-1) ?? '').replace(/:.*/, '');
  if (element.startsWith('Extension.')) {
    return list(resource.content?.[0]?.attachment?.extension)
      .filter((e) => e.url.endsWith(profile))
      .map((parent) => ({ parent, step }));
  }
  let at = [resource];
  for (const name of steps.slice(0, -1)) at = at.flatMap((o) => list(o[name]));
  return at.map((parent) => ({ parent, step }));
}

/** What goes with an element, so that its absence breaks nothing else: a contained resource that it refers to. */
const GOES_TOO: Readonly<Record<string, string>> = {
  'DocumentReference.context': 'contained',
  'DocumentReference.context.sourcePatientInfo': 'contained',
};

const min: Breakage = (resource, rule) => {
  const found = parents(resource, rule).find(
    ({ parent, step }) =>
      keyIn(parent, step) !== undefined &&
      // Nothing refers to a Provenance: its address can go alone.
      (step !== 'fullUrl' || parent.resource.resourceType === 'Provenance'),
  );
  if (!found) return false;
  delete resource[GOES_TOO[rule.element] ?? ''];
  const { parent, step } = found;
  delete parent[keyIn(parent, step) as string];
  // What is left of a concept must not be empty.
  if (step === 'text' && Object.keys(parent).length === 0) {
    parent.coding = [{ system: SNOMED, code: '419891008' }];
  }
  return true;
};

/** What to put where nothing is allowed. */
const FORBIDDEN: Readonly<Record<string, Loose>> = {
  'DocumentReference.docStatus': 'final',
  'DocumentReference.content.attachment.data': 'AAAA',
  'Extension.extension': [{ url: 'https://example.org/within', valueString: 'x' }],
};

const max: Breakage = (resource, rule) => {
  const found = parents(resource, rule)[0];
  if (!found) return false;
  const { parent, step } = found;
  const forbidden = FORBIDDEN[rule.element];
  // Bytes would have to be those of the hash.
  if (step === 'data' && parent.hash !== undefined) return false;
  if (forbidden !== undefined) parent[step] = forbidden;
  else if (Array.isArray(parent[step])) parent[step].push(structuredClone(parent[step][0]));
  return forbidden !== undefined || Array.isArray(parent[step]);
};

const coded = (system: string, code: string): Loose => ({ coding: [{ system, code }], text: 'Another' });
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** Another value that base R4 takes, in the place of a fixed one. */
const OTHER: Readonly<Record<string, Loose>> = {
  'Bundle.type': 'collection',
  'CarePlan.category': coded(SNOMED, '736366004'),
  'CarePlan.intent': 'order',
  'CarePlan.status': 'on-hold',
  'Composition.status': 'preliminary',
  'Composition.type': coded(SNOMED, '419891008'),
  'Consent.category': coded(ACT_CODE, 'IDSCL'),
  'Consent.provision.type': 'permit',
  'Consent.scope': coded('http://terminology.hl7.org/CodeSystem/consentscope', 'research'),
  'Consent.status': 'inactive',
  'DocumentReference.status': 'superseded',
  'Encounter.class': { system: ACT_CODE, code: 'AMB' },
  'Encounter.status': 'arrived',
  'Flag.category': coded('http://terminology.hl7.org/CodeSystem/flag-category', 'safety'),
  'Flag.status': 'inactive',
  'List.code': coded(SNOMED, '419891008'),
  'List.mode': 'changes',
  'List.status': 'retired',
  'Observation.code': coded(SNOMED, '419891008'),
  'Observation.code.text': 'Another question',
  'Observation.status': 'preliminary',
  'Procedure.status': 'in-progress',
  'QuestionnaireResponse.status': 'amended',
};

const fixed: Breakage = (resource, rule) => {
  const value = OTHER[rule.element];
  const found = parents(resource, rule).find(({ parent, step }) => step in parent);
  if (value === undefined || !found) return false;
  const { parent, step } = found;
  parent[step] = Array.isArray(parent[step]) ? [value] : value;
  return true;
};

const type: Breakage = (resource, rule) => {
  const found = parents(resource, rule)[0];
  if (!found) return false;
  const { parent, step } = found;
  const key = keyIn(parent, step);
  if (key === undefined) return false;
  delete parent[key];
  if (step === 'medication[x]') parent.medicationCodeableConcept = { text: 'Medicine' };
  else parent.valueInteger = 1;
  return true;
};

// ---- Invariants ----

const change =
  <T>(
    find: (resource: Loose) => T | undefined,
    apply: (found: T & Loose, resource: Loose) => void,
  ): Breakage =>
  (resource) => {
    const found = find(resource);
    if (found === undefined || found === null || found === false) return false;
    apply(found as T & Loose, resource);
    return true;
  };

const identifier = (system: string) => (r: Loose) => list(r.identifier).find((i) => i.system === system);
const nhsNumber = (value: string): Breakage =>
  change(identifier(NHS_NUMBER), (i) => {
    i.value = value;
  });

/** An identifier of the system that says this: its own changed, or one more. */
const identified = (system: string, value: string): Breakage =>
  change(
    (r) => r,
    (r) => {
      const own = identifier(system)(r);
      if (own) own.value = value;
      else r.identifier = [...list(r.identifier), { system, value }];
    },
  );

const codings = (concept: Loose): Loose[] => list(concept).flatMap((c) => list(c?.coding));
const has = (concept: Loose, code: string): boolean => codings(concept).some((c) => c.code === code);

const worded = (path: (r: Loose) => Loose, key: string, words: string): Breakage =>
  change(
    (r) => (String(path(r)?.[key] ?? '').includes(words) ? path(r) : undefined),
    (holder) => {
      holder[key] = holder[key].replace(words, 'copy');
    },
  );

const entries = (bundle: Loose, resourceType: string): Loose[] =>
  bundle.entry.filter((e: Loose) => e.resource.resourceType === resourceType);

/** One more entry like an existing one, under an id of its own. */
const doubled = (resourceType: string): Breakage =>
  change(
    (b) => entries(b, resourceType)[0],
    (entry, bundle) => {
      const copy = structuredClone(entry);
      copy.resource.id = NOBODY.slice('urn:uuid:'.length);
      copy.fullUrl = NOBODY;
      bundle.entry.push(copy);
    },
  );

/** Takes entries out of a document, and what refers to them. */
function takeOut(bundle: Loose, unwanted: (resource: Loose) => boolean): boolean {
  const gone = new Set(bundle.entry.filter((e: Loose) => unwanted(e.resource)).map((e: Loose) => e.fullUrl));
  bundle.entry = bundle.entry.filter((e: Loose) => !gone.has(e.fullUrl));
  const strip = (node: Loose): void => {
    for (const [key, value] of Object.entries(node) as [string, Loose][]) {
      if (Array.isArray(value)) {
        node[key] = value.filter((v) => !gone.has(v?.reference));
        if (node[key].length === 0) delete node[key];
      }
      if (typeof value === 'object' && value !== null) strip(node[key] ?? {});
    }
  };
  strip(bundle);
  return gone.size > 0;
}

const cprStatus = (r: Loose): boolean =>
  codings(r.code)
    .concat(codings(r.valueCodeableConcept))
    .some((c) => c.system === `${OWN}/CodeSystem/cpr-status`);

const isBag = (bundle: Loose): boolean => has(bundle.entry[0].resource.type, '734163000');

/** A NEWS2 with a total, in which a reading has no points. */
const news2 = (r: Loose): Loose =>
  has(r.code, NEWS2) && r.valueQuantity && r.component.some((c: Loose) => c.valueQuantity?.value === 0)
    ? r
    : undefined;
const zero = (r: Loose): Loose => r.component.find((c: Loose) => c.valueQuantity?.value === 0);

const agent = (r: Loose, code: string): Loose => r.agent.find((a: Loose) => has(a.type, code));
const whole = (r: Loose): Loose => r;

const invariants: Readonly<Record<string, Breakage>> = {
  'redbag-nhs-format': nhsNumber('999000001'),
  'redbag-nhs-check-digit': nhsNumber('9990000019'),
  'redbag-nhs-same-digit': nhsNumber('1111111111'),
  'redbag-nhs-status': change(whole, (r) => {
    const extension = [
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
        valueCodeableConcept: {
          coding: [
            {
              system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
              code: '01',
            },
          ],
        },
      },
    ];
    r.identifier = [...list(r.identifier), { use: 'secondary', value: 'R-17', extension }];
  }),
  'redbag-nhs-one': change(identifier(NHS_NUMBER), (i, r) =>
    r.identifier.push({ ...i, value: '9000000009' }),
  ),
  'redbag-ods-code': identified('https://fhir.nhs.uk/Id/ods-site-code', 'x-1'),
  'redbag-cqc-location': identified(`${OWN}/Id/cqc-location`, '1-23'),
  'redbag-register': change(
    (r) => r.identifier?.[0],
    (i) => {
      delete i.system;
    },
  ),
  'redbag-practitioner': change(
    (r) => r.name,
    (_, r) => {
      delete r.name;
      delete r.identifier;
    },
  ),
  'redbag-attorney-kind': change(whole, (r) => {
    r.relationship[0].coding = codings(r.relationship[0]).filter((c) => !c.system.startsWith(OWN));
  }),

  'redbag-document-identifier': change(
    (r) => r.identifier,
    (i) => {
      i.value = 'https://example.org/document/1';
    },
  ),
  'redbag-targets': change(whole, (r) => {
    r.author[0] = { display: 'Somebody' };
  }),
  'redbag-section-readable': (r, { element }) => {
    const sections = list(r.section).flatMap((s) =>
      element.endsWith('section.section') ? list(s.section) : [s],
    );
    const found = sections.find((s) => s.entry && s.text && !s.section);
    if (found) delete found.text;
    return found !== undefined;
  },
  'redbag-composition': doubled('Composition'),
  'redbag-references': change(
    (b) => entries(b, 'Observation').find((e) => e.resource.encounter),
    (e) => {
      e.resource.encounter.reference = NOBODY;
    },
  ),
  'redbag-attachment-bytes': change(
    (b) =>
      entries(b, 'DocumentReference').find((e) =>
        e.resource.content[0].attachment.url?.startsWith('urn:uuid:'),
      ),
    (e) => {
      e.resource.content[0].attachment.url = NOBODY;
    },
  ),
  'redbag-full-url': change(
    (b) => entries(b, 'Provenance')[0],
    (e) => {
      e.fullUrl = NOBODY;
    },
  ),
  'redbag-timestamp': change(whole, (b) => {
    b.timestamp = '2001-01-01T00:00:00Z';
  }),
  'redbag-patient': doubled('Patient'),
  'redbag-same-patient': change(
    (b) => entries(b, 'Device')[0],
    (device, b) => {
      entries(b, 'Observation')[0].resource.subject.reference = device.fullUrl;
    },
  ),
  'redbag-allergies': (b) => isBag(b) && takeOut(b, (r) => r.resourceType === 'AllergyIntolerance'),
  'redbag-cpr': (b) => isBag(b) && takeOut(b, cprStatus),

  'redbag-assembler': change(
    (b) => isBag(b) && entries(b, 'Provenance')[0].resource,
    (r: Loose) => {
      r.agent = r.agent.filter((a: Loose) => !has(a.type, 'assembler'));
    },
  ),

  'redbag-provenance-author': change(whole, (r) => {
    agent(r, 'author').type = {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'informant' },
      ],
    };
  }),
  'redbag-provenance-behalf': change(whole, (r) => {
    delete agent(r, 'author').onBehalfOf;
  }),
  'redbag-provenance-when': change(whole, (r) => {
    delete r.occurredDateTime;
    delete r.occurredPeriod;
  }),
  'redbag-questionnaire': change(whole, (r) => {
    r.questionnaire = 'https://example.org/Questionnaire/other';
  }),

  'redbag-no-value': change(
    (r) => r.valueDateTime,
    (_, r) => {
      delete r.valueDateTime;
    },
  ),
  'redbag-news2-parts': change(news2, (r) => {
    r.component = r.component.filter((c: Loose) => c !== zero(r));
  }),
  'redbag-news2-total': change(news2, (r) => {
    const component = zero(r);
    delete component.valueQuantity;
    component.dataAbsentReason = {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
    };
  }),
  'redbag-news2-sum': change(news2, (r) => {
    r.valueQuantity.value += 1;
  }),
  'redbag-allergy-refuted': change(
    (r) => has(r.clinicalStatus, 'active') && r,
    (r: Loose) => {
      r.verificationStatus = coded(
        'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
        'refuted',
      );
    },
  ),
  'redbag-empty-allergies': change(whole, (r) => {
    r.emptyReason = coded('http://terminology.hl7.org/CodeSystem/list-empty-reason', 'nilknown');
  }),
  'redbag-adjustment': change(whole, (r) => {
    r.category = [{ text: 'Reasonable adjustment' }];
  }),

  'redbag-dose-reason': change(
    (r) => r.status === 'completed' && r,
    (r: Loose) => {
      r.status = 'not-done';
    },
  ),
  'redbag-dose-given': change(
    (r) => has(r.statusReason, 'no-entry') && r,
    (r: Loose) => {
      r.status = 'completed';
    },
  ),
  'redbag-dose-refused': change(
    (r) => has(r.statusReason, 'refused') && r,
    (r: Loose) => {
      r.status = 'on-hold';
    },
  ),
  'redbag-dose-outcome': change(
    (r) => r.statusReason?.[0],
    (reason) => {
      delete reason.text;
    },
  ),

  'redbag-cpr-verified': change(
    (r) => r.period?.start && !r.code.text.includes('UNVERIFIED') && r,
    (r: Loose) => {
      delete r.period;
    },
  ),
  'redbag-cpr-code': change(
    (r) => r.code,
    (code) => code.coding.push({ system: SNOMED, code: '450475007' }),
  ),
  'redbag-cpr-agrees': change(
    (r) => codings(r.code).find((c) => c.code === '450476008'),
    (coding) => {
      coding.code = '450475007';
      delete coding.display;
    },
  ),
  'redbag-cpr-copy': worded((r) => r.code, 'text', 'INFORMATION COPY'),
  'redbag-cpr-only': worded((r) => r.code, 'text', 'CPR only'),
  'redbag-cpr-no-decision': change(
    (r) => r.valueCodeableConcept,
    (value) => value.coding.push({ system: SNOMED, code: '450476008' }),
  ),
  'redbag-plan-copy': worded(whole, 'title', 'INFORMATION COPY'),
  'redbag-scan-copy': worded(whole, 'description', 'INFORMATION COPY'),
  'redbag-advance-decision': change(
    (r) => codings(r.category).find((c) => c.system === SNOMED),
    (coding) => {
      coding.code = '736366004';
    },
  ),
  'redbag-consent-said': change(
    (r) => r.status === 'active' && r,
    (r: Loose) => {
      delete r.provision;
    },
  ),
  'redbag-consent-override': change(
    (r) => r.provision?.type === 'permit' && r,
    (r: Loose) => {
      r.provision.provision = [{ type: 'permit' }];
    },
  ),

  'redbag-tracker': change(whole, (r) => {
    r.identifier = [{ system: `${OWN}/Id/bag-seal-number`, value: '17' }];
  }),
  'redbag-master-identifier': change(whole, (r) => {
    r.identifier[0].value = NOBODY;
  }),
  'redbag-pdf-transforms': change(
    (r) => r.relatesTo,
    (_, r) => {
      delete r.relatesTo;
    },
  ),
  'redbag-pdf-hash': change(
    (r) => r.content[0].attachment.hash && r.content[0].attachment,
    (attachment: Loose) => {
      delete attachment.hash;
    },
  ),
  'redbag-fhir-no-hash': change(
    (r) => r.content[0].attachment.contentType === 'application/fhir+json' && r.content[0].attachment,
    (attachment: Loose) => {
      attachment.size = 17;
    },
  ),
  'redbag-hash-size': change(
    (r) => r.content[0].attachment,
    (attachment) => {
      delete attachment.size;
    },
  ),
  'redbag-media-type': change(whole, (r) => {
    r.contentType = 'image/svg+xml';
  }),
  'redbag-medicine-change': change(
    (r) => r.statusReason?.[0],
    (reason) => {
      delete reason.coding;
      reason.text ??= 'Because';
    },
  ),
  'redbag-medicine-stopped': change(
    (r) => r.status === 'stopped' && r,
    (r: Loose) => {
      r.status = 'active';
    },
  ),
};

/** The breakage of a rule; undefined when nobody wrote one. */
export function breakageOf(rule: Rule): Breakage | undefined {
  if (rule.kind === 'invariant') return invariants[rule.key];
  return { min, max, fixed, type }[rule.kind];
}
