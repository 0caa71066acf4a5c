/**
 * Belongings as a List with one Device per item (https://hl7.org/fhir/R4/list.html); the handovers of the bag are
 * answers to the form's Questionnaire, because R4 has no resource for the custody of a bag.
 */
import { redbag, ukCore } from '../../fhir/systems.js';
import { type Binding, derive, fixed, leaf, link, project, resource } from '../../mapping/binding.js';
import { type JsonObject, member } from '../../mapping/json.js';
import type { LeafSchema } from '../../mapping/schema.js';
import { practitioner, provenance } from '../common.js';
import type { Form } from '../form.js';
import { belongingItem, belongingState } from './schema.js';

const labelsOf = (leaf: unknown): Readonly<Record<string, string>> => (leaf as LeafSchema)['x-labels'] ?? {};

const CATEGORY = `type.coding[system=${redbag('CodeSystem', 'belonging-category')}]`;
const CATEGORIES = labelsOf(belongingItem.properties.category);
const STATES = labelsOf(belongingState('').properties.state);

const listBindings: readonly Binding[] = [
  fixed('status', 'current'),
  fixed('mode', 'working'),
  fixed('title', 'Belongings and documents in the Red Bag'),
  fixed('code', { text: 'Checklist of belongings and documents' }),
  link('subject', { role: 'patient' }),
  link('encounter', { role: 'transfer' }),
  link('source', { role: 'sender-practitioner-role' }),
  derive('date', (data) => {
    const at = member(data, 'recorded.at');
    return typeof at === 'string' ? at : undefined;
  }),
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
      leaf('category', `${CATEGORY}.code`),
      link('patient', { role: 'patient' }),
      derive(`${CATEGORY}.display`, ({ category }) => CATEGORIES[String(category)]),
      project((item, { writer, resource: device }) => {
        const list = writer.role('belongings-list');
        if (!list || !device) return;
        const entry = (list.resource['entry'] ?? []) as object[];
        const flag = notBack(item);
        list.resource['entry'] = [
          ...entry,
          {
            ...(flag === undefined ? {} : { flag: { coding: [flag] } }),
            item: { reference: `urn:uuid:${String(device['id'])}` },
          },
        ] as never;
      }),
    ],
  }),
];

/** What the list says of an item that came home otherwise than it went: https://hl7.org/fhir/R4/list-definitions.html#List.entry.flag */
function notBack(item: JsonObject): JsonObject | undefined {
  const state = member(item, 'back.state');
  if (typeof state !== 'string' || state === 'present') return undefined;
  return { system: redbag('CodeSystem', 'belonging-state'), code: state, display: STATES[state] };
}

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
