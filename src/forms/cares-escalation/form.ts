import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { caresBindings, caresSections } from './fhir.js';
import { caresPage } from './print.js';
import { caresRules } from './rules.js';
import { caresEscalation } from './schema.js';

export const caresEscalationForm: Form = {
  name: 'cares-escalation',
  member: 'caresEscalation',
  title: 'CARES escalation record',
  schema: caresEscalation as unknown as ObjectSchema,
  bindings: caresBindings,
  sections: caresSections,
  page: caresPage,
  rules: caresRules,
};
