/** Everything that has a Questionnaire of its own: the papers, the envelope, and the way home. */
import type { Form } from '../forms/form.js';
import { forms } from '../forms/index.js';

export const documentedForms: readonly Form[] = forms;
