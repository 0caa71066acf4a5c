import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { dischargeSummaryBindings, dischargeSummarySections } from './fhir.js';
import { dischargeSummaryPage } from './print.js';
import { dischargeSummaryRules } from './rules.js';
import { dischargeSummary } from './schema.js';

/** A document of its own, on the way home: not one of the Red Bag's papers. It is a whole package, so it has no member. */
export const dischargeSummaryForm: Form = {
  name: 'discharge-summary',
  member: '',
  title: 'Discharge summary for the care home',
  schema: dischargeSummary as unknown as ObjectSchema,
  bindings: dischargeSummaryBindings,
  sections: dischargeSummarySections,
  page: dischargeSummaryPage,
  rules: dischargeSummaryRules,
};
