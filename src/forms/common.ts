/** Elements that several papers share, and their bindings. */
import { redbag, systems, ukCore } from '../fhir/systems.js';
import {
  type Binding,
  derive,
  fixed,
  group as inside,
  leaf,
  link,
  resource,
  table,
} from '../mapping/binding.js';
import { choice, group, line, moment, optional } from './elements.js';

/** A clinician's entry in a professional register. */
export const registration = group('Professional registration', {
  body: choice('professional-body', 'Register', {
    gmc: 'General Medical Council',
    nmc: 'Nursing and Midwifery Council',
    hcpc: 'Health and Care Professions Council',
    gphc: 'General Pharmaceutical Council',
  }),
  number: line('Number'),
});

/** Somebody named on a paper: care workers mostly have no registration, clinicians do. */
export const person = (title: string) =>
  group(title, {
    name: line('Name'),
    role: optional(line('Role')),
    organisation: optional(line('Organisation')),
    registration: optional(registration),
    telephone: optional(line('Telephone')),
  });

/**
 * Who wrote a paper and when (PRSB Provenance v1.2: author, performer, event date, date recorded).
 * Left out: the person who sent the package, at the time it was made.
 */
export const recorded = group('Recorded', {
  at: moment('Recorded at'),
  happenedAt: optional(
    moment('Took place at', 'When what is recorded took place, if not when it was recorded.'),
  ),
  by: person('Recorded by'),
});

const registers = table({ gmc: systems.gmc, nmc: systems.nmc, hcpc: systems.hcpc, gphc: systems.gphc });

/** Elements of the Practitioner that a `person` is. */
export const practitionerElements: readonly Binding[] = [
  leaf('registration.body', 'identifier[use=official].system', { codec: registers }),
  leaf('registration.number', 'identifier[use=official].value'),
  leaf('name', 'name[0].text'),
  leaf('telephone', 'telecom[system=phone].value'),
];

/**
 * A registered professional named at `from` (a `person`) as Practitioner; one without registration has none.
 * `section` as in the resource binding; false when another resource refers to it.
 */
export const practitioner = (from: string, section: string | false = false): Binding =>
  resource({
    from,
    type: 'Practitioner',
    profiles: [redbag('StructureDefinition', 'RedBag-Practitioner'), ukCore('Practitioner')],
    section,
    when: (data) => data['registration'] !== undefined,
    bindings: practitionerElements,
  });

/** The Provenance of a paper's `recorded` member. Its targets, all resources of the paper, are set by the assembly. */
export const provenance: Binding = resource({
  from: 'recorded',
  type: 'Provenance',
  profiles: [redbag('StructureDefinition', 'RedBag-Provenance'), ukCore('Provenance')],
  section: false,
  bindings: [
    leaf('at', 'recorded', { absent: 'error' }),
    leaf('happenedAt', 'occurredDateTime'),
    // PRSB asks when the event was. Not said: it was not later than it was recorded, and more is not known.
    derive('occurredPeriod', ({ happenedAt, at }) =>
      happenedAt === undefined && typeof at === 'string' ? { end: at } : undefined,
    ),
    inside('by', 'agent[type.text=Author and performer]', [
      fixed('type.coding', [
        {
          system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
          code: 'author',
          display: 'Author',
        },
      ]),
      leaf('name', 'who.display', { absent: 'error' }),
      link('who', { type: 'Practitioner', from: '' }),
      leaf('role', 'role[0].text'),
      link('onBehalfOf', { role: 'sender-organisation' }),
    ]),
  ],
});
