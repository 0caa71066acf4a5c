/**
 * Reasonable adjustments and impairments, in the words of the national Reasonable Adjustment Flag (draft definitions
 * England-FlagCategoryRA and England-ConditionCodeRA). A care home cannot write to the national flag: what is sent
 * here tells the hospital, and goes nowhere else. https://digital.nhs.uk/services/reasonable-adjustment-flag
 */
import { systems } from '../../fhir/systems.js';
import { choice, day, formatted, group, line, many, optional, Type, text } from '../elements.js';

/** The published example writes SNOMED CT's system with https, which is another system: it is corrected, and said so. */
export const MISWRITTEN_SNOMED = 'https://snomed.info/sct';

const codeSystem = Type.Unsafe<typeof systems.snomed | typeof MISWRITTEN_SNOMED>({
  type: 'string',
  title: 'Code system',
  description: `${systems.snomed}; the miswritten ${MISWRITTEN_SNOMED} is corrected to it.`,
  enum: [systems.snomed, MISWRITTEN_SNOMED],
});

const adjustment = group('Reasonable adjustment', {
  category: optional(
    choice('reasonable-adjustment-category', 'Category', {
      'communication-support': 'Communication support',
      'requires-communication-professional': 'Requires communication professional',
      'requires-specific-contact-method': 'Requires specific contact method',
      'requires-specific-information-format': 'Requires specific information format',
      'additional-communication-needs-and-support': 'Additional communication needs and support',
      'community-language-support': 'Community Language Support',
      'adjustments-for-providing-additional-support-to-patients':
        'Adjustments for providing Additional Support to patients',
      'adjustments-for-individual-care-requirements': 'Adjustments for Individual Care Requirements',
      'adjustments-in-relation-to-the-environment-of-care':
        'Adjustments in relation to the environment of care',
      'adjustments-to-support-additional-needs': 'Adjustments to support Additional needs',
      'bespoke-reasonable-adjustments': 'Bespoke Reasonable adjustments',
    }),
  ),
  adjustment: line('Adjustment'),
  coding: optional(
    group('Code', {
      system: codeSystem,
      code: formatted('snomed-code', 'Code'),
      display: optional(line('Name of the code')),
    }),
  ),
  detail: optional(text('Detail')),
  date: optional(day('Since')),
});

const impairment = group('Impairment', {
  kind: choice('impairment', 'Impairment', {
    vision: 'Vision (for example blindness or partial sight)',
    hearing: 'Hearing (for example deafness or partial hearing)',
    mobility: 'Mobility (for example walking short distances or climbing stairs)',
    dexterity: 'Dexterity (for example lifting and carrying objects, using a keyboard)',
    learning: 'Learning or understanding or concentrating',
    memory: 'Memory',
    'mental-health': 'Mental health',
    stamina: 'Stamina or breathing or fatigue',
    social: 'Social or behavioural',
    other: 'Other (please specify)',
    'patient-would-prefer-not-to-say': 'Patient would prefer not to say',
  }),
  detail: optional(text('Detail')),
});

export const reasonableAdjustments = many('Reasonable adjustments', adjustment, 100);
export const impairments = many('Impairments', impairment, 20);
