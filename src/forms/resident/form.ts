import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { residentBindings, residentSections } from './fhir.js';
import { residentPage } from './print.js';
import { residentRules } from './rules.js';
import { resident } from './schema.js';

export const residentForm: Form = {
  name: 'resident',
  member: 'resident',
  title: 'Resident',
  schema: resident as unknown as ObjectSchema,
  bindings: residentBindings,
  sections: residentSections,
  page: residentPage,
  rules: residentRules,
};
