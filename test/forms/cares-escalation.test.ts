import t from 'tap';
import { caresEscalationForm } from '#src/forms/cares-escalation/form.js';
import { provesFormLaws, provesLeavesMatter } from '../support/form-laws.js';
provesFormLaws(t, caresEscalationForm);
