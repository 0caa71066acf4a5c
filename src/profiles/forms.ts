/** Everything that has a Questionnaire of its own: the papers, the envelope, and the way home. */
import { dischargeSummaryForm } from '../forms/discharge-summary/form.js';
import type { Form } from '../forms/form.js';
import { forms } from '../forms/index.js';
import { envelope } from '../transfer/red-bag.js';

export const documentedForms: readonly Form[] = [envelope, ...forms, dischargeSummaryForm];
