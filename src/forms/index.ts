/** The papers of the Red Bag, in the order in which the document tells them. A new paper is a line here. */
import { belongingsForm } from './belongings/form.js';
import { caresEscalationForm } from './cares-escalation/form.js';
import { cprDecisionForm } from './cpr-decision/form.js';
import type { Form } from './form.js';
import { marForm } from './mar/form.js';
import { olderPersonsAssessmentForm } from './older-persons-assessment/form.js';
import { residentForm } from './resident/form.js';
import { thisIsMeForm } from './this-is-me/form.js';

export const forms: readonly Form[] = [
  residentForm,
  thisIsMeForm,
  olderPersonsAssessmentForm,
  caresEscalationForm,
  marForm,
  cprDecisionForm,
  belongingsForm,
];
