/**
 * Belongings as a List with one Device per item (https://hl7.org/fhir/R4/list.html); the handovers of the bag are
 * answers to the form's Questionnaire, because R4 has no resource for the custody of a bag.
 */
import { redbag, ukCore } from '../../fhir/systems.js';
import { type Binding, fixed, leaf, link, project, resource } from '../../mapping/binding.js';
import type { Form } from '../form.js';
import { practitioner, provenance } from '../common.js';

const listBindings: readonly Binding[] = [
  fixed('status', 'current'),
  fixed('mode', 'working'),
  fixed('title', 'Belongings and documents in the Red Bag'),
  fixed('code', { text: 'Checklist of belongings and documents' }),
  link('subject', { role: 'patient' }),
  leaf('bag.trackerNumber', `identifier[system=${redbag('Id', 'bag-tracker-number')}].value`),
  leaf('bag.sealNumber', `identifier[system=${redbag('Id', 'bag-seal-number')}].value`),
  leaf('note', 'note[0].text'),
  resource({
    from: 'items',
    type: 'Device',
    profiles: [redbag('StructureDefinition', 'RedBag-Belonging'), ukCore('Device')],
    section: false,
    bindings: [
      leaf('description', 'deviceName[type=user-friendly-name].name'),
      leaf('category', `type.coding[system=${redbag('CodeSystem', 'belonging-category')}].code`),
      link('patient', { role: 'patient' }),
      project((_, { writer, resource: device }) => {
        const list = writer.role('belongings-list');
        if (!list || !device) return;
        const entry = (list.resource['entry'] ?? []) as object[];
        list.resource['entry'] = [...entry, { item: { reference: `urn:uuid:${String(device['id'])}` } }] as never;
      }),
    ],
  }),
];

export const belongingsBindings: readonly Binding[] = [
  resource({
    from: '',
    type: 'List',
    role: 'belongings-list',
    profiles: [redbag('StructureDefinition', 'RedBag-BelongingsList'), ukCore('List')],
    bindings: listBindings,
  }),
  practitioner('recorded.by'),
  provenance,
];

export const belongingsSections: Form['sections'] = [
  { key: 'belongings', title: 'Belongings and documents in the bag', codings: [] },
];
