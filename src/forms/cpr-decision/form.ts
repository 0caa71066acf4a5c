import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { cprDecisionBindings, cprDecisionSections } from './fhir.js';
import { cprDecisionPage } from './print.js';
import { cprDecisionRules } from './rules.js';
import { cprDecision } from './schema.js';

export const cprDecisionForm: Form = {
  name: 'cpr-decision',
  member: 'cprDecision',
  title: 'CPR decision',
  schema: cprDecision as unknown as ObjectSchema,
  bindings: cprDecisionBindings,
  sections: cprDecisionSections,
  page: cprDecisionPage,
  rules: cprDecisionRules,
};
