/**
 * The envelope in FHIR: the Composition's own elements, the sending home as Organization, the sending person, the
 * software as Device, and the transfer itself as Encounter. https://hl7.org/fhir/R4/composition.html
 */

import { redbag, systems, ukCore } from '../fhir/systems.js';
import { practitionerElements } from '../forms/common.js';
import { type Binding, fixed, leaf, link, resource } from '../mapping/binding.js';

const organisation: Binding = resource({
  from: 'sender.organisation',
  type: 'Organization',
  role: 'sender-organisation',
  section: false,
  profiles: [redbag('StructureDefinition', 'RedBag-SendingOrganization'), ukCore('Organization')],
  bindings: [
    leaf('odsCode', `identifier[system=${systems.odsSite}].value`),
    leaf('cqcLocationId', `identifier[system=${systems.cqcLocation}].value`),
    // Absent only where it is withheld, for a sensitive resident.
    leaf('name', 'name', { absent: 'masked' }),
    leaf('telephone24h', 'telecom[system=phone].value'),
    leaf('address.lines', 'address[0].line'),
    leaf('address.postcode', 'address[0].postalCode'),
  ],
});

const sendingPerson: readonly Binding[] = [
  resource({
    from: 'sender.person',
    type: 'Practitioner',
    role: 'sender-practitioner',
    section: false,
    profiles: [redbag('StructureDefinition', 'RedBag-Practitioner'), ukCore('Practitioner')],
    bindings: practitionerElements,
  }),
  resource({
    from: 'sender.person',
    type: 'PractitionerRole',
    role: 'sender-practitioner-role',
    section: false,
    profiles: [redbag('StructureDefinition', 'RedBag-PractitionerRole'), ukCore('PractitionerRole')],
    bindings: [
      leaf('role', 'code[0].text'),
      link('practitioner', { role: 'sender-practitioner' }),
      link('organization', { role: 'sender-organisation' }),
    ],
  }),
];

const software: Binding = resource({
  from: 'sender.software',
  type: 'Device',
  role: 'device',
  section: false,
  profiles: [redbag('StructureDefinition', 'RedBag-SendingSoftware'), ukCore('Device')],
  bindings: [
    leaf('name', 'deviceName[type=user-friendly-name].name'),
    leaf('version', 'version[0].value'),
    leaf('supplier', 'manufacturer'),
  ],
});

const transfer: Binding = resource({
  from: '',
  type: 'Encounter',
  role: 'transfer',
  section: false,
  profiles: [redbag('StructureDefinition', 'RedBag-Transfer'), ukCore('Encounter')],
  bindings: [
    leaf('packageId', `identifier[system=${redbag('Id', 'package-id')}].value`),
    fixed('status', 'in-progress'),
    fixed('class', {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'EMER',
      display: 'emergency',
    }),
    leaf('mode', `priority.coding[system=${redbag('CodeSystem', 'transfer-mode')}].code`),
    link('subject', { role: 'patient' }),
  ],
});

const composition: Binding = resource({
  from: '',
  type: 'Composition',
  role: 'composition',
  section: false,
  profiles: [redbag('StructureDefinition', 'RedBag-Composition'), ukCore('Composition')],
  bindings: [
    fixed('status', 'final'),
    fixed('type', {
      coding: [{ system: systems.snomed, code: '734163000', display: 'Care plan' }],
      text: 'Red Bag transfer - care home to hospital',
    }),
    link('subject', { role: 'patient' }),
    link('encounter', { role: 'transfer' }),
    leaf('createdAt', 'date'),
    link('author[+]', { role: 'sender-practitioner-role' }),
    link('author[+]', { role: 'sender-organisation' }),
    link('author[+]', { role: 'device' }),
    link('custodian', { role: 'sender-organisation' }),
  ],
});

export const envelopeBindings: readonly Binding[] = [
  composition,
  organisation,
  ...sendingPerson,
  software,
  transfer,
];
