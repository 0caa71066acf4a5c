import type { ObjectSchema } from '../../mapping/schema.js';
import type { Form } from '../form.js';
import { thisIsMeBindings, thisIsMeSections } from './fhir.js';
import { thisIsMePage } from './print.js';
import { thisIsMeRules } from './rules.js';
import { thisIsMe } from './schema.js';

export const thisIsMeForm: Form = {
  name: 'this-is-me',
  member: 'thisIsMe',
  title: 'About me',
  schema: thisIsMe as unknown as ObjectSchema,
  bindings: thisIsMeBindings,
  sections: thisIsMeSections,
  page: thisIsMePage,
  rules: thisIsMeRules,
};
