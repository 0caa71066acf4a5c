import t from 'tap';
import { olderPersonsAssessmentForm } from '#src/forms/older-persons-assessment/form.js';
import { provesFormLaws } from '../support/form-laws.js';
provesFormLaws(t, olderPersonsAssessmentForm, {
  normalise: (pointer, value) => (pointer.endsWith('/coding/system') ? 'http://snomed.info/sct' : value),
});
