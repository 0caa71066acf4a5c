import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { belongingsBindings, belongingsSections } from './fhir.js';
import { belongingsPage } from './print.js';
import { belongingsRules } from './rules.js';
import { belongings } from './schema.js';

export const belongingsForm: Form = {
  name: 'belongings',
  member: 'belongings',
  title: 'Belongings and documents in the bag',
  schema: belongings as unknown as ObjectSchema,
  bindings: belongingsBindings,
  sections: belongingsSections,
  page: belongingsPage,
  rules: belongingsRules,
};
