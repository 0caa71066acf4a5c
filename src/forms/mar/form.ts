import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { marBindings, marSections } from './fhir.js';
import { marPage } from './print.js';
import { marRules } from './rules.js';
import { mar } from './schema.js';

export const marForm: Form = {
  name: 'mar',
  member: 'mar',
  title: 'Medicines administration record (MAR)',
  schema: mar as unknown as ObjectSchema,
  bindings: marBindings,
  sections: marSections,
  page: marPage,
  rules: marRules,
};
