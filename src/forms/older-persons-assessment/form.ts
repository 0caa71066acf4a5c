import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { assessmentBindings, assessmentSections } from './fhir.js';
import { assessmentPage } from './print.js';
import { assessmentRules } from './rules.js';
import { olderPersonsAssessment } from './schema.js';

export const olderPersonsAssessmentForm: Form = {
  name: 'older-persons-assessment',
  member: 'olderPersonsAssessment',
  title: "Older Person's Assessment",
  schema: olderPersonsAssessment as unknown as ObjectSchema,
  bindings: assessmentBindings,
  sections: assessmentSections,
  page: assessmentPage,
  rules: assessmentRules,
};
