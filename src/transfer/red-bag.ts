/** The Red Bag package, format redbag/1: its schema, its rules, and the kind of document that it becomes. */

import { systems } from '../fhir/systems.js';
import { group, optional } from '../forms/elements.js';
import type { Finding } from '../forms/finding.js';
import type { Form, RuleContext } from '../forms/form.js';
import { forms } from '../forms/index.js';
import { careNeedsSummaryRule } from '../forms/older-persons-assessment/rules.js';
import { isObject, type JsonObject } from '../mapping/json.js';
import type { ObjectSchema } from '../mapping/schema.js';
import { attachmentBindings, attachments, attachmentsSection } from './attachments.js';
import type { DocumentKind } from './document.js';
import { envelopeProperties } from './envelope.js';
import { envelopeBindings } from './envelope-fhir.js';
import { envelopePage } from './envelope-page.js';
import { envelopeRules } from './rules.js';

const envelopeSchema = group('Red Bag transfer', {
  ...envelopeProperties,
  attachments: optional(attachments),
}) as unknown as ObjectSchema;

/** The envelope as a form: everything of the package that is no paper. */
export const envelope: Form = {
  name: 'transfer',
  member: '',
  title: 'Red Bag transfer',
  schema: envelopeSchema,
  bindings: [...envelopeBindings, ...attachmentBindings],
  sections: [
    {
      key: 'transfer',
      title: 'Transfer',
      codings: [{ system: systems.ukCoreHeadings, code: 'handover-details', display: 'Handover details' }],
    },
    attachmentsSection,
  ],
  rules: envelopeRules,
  page: envelopePage(envelopeSchema as unknown as ObjectSchema),
};

/** Papers that a package cannot be without: their mandatory parts are what both modes require. */
const MANDATORY = new Set(['resident', 'caresEscalation', 'cprDecision']);

/** Schema of the whole package. */
export const packageSchema = {
  ...envelopeSchema,
  title: 'Red Bag package',
  properties: { ...envelopeSchema.properties, ...Object.fromEntries(forms.map((f) => [f.member, f.schema])) },
  required: [
    ...(envelopeSchema.required ?? []),
    ...forms.filter((f) => MANDATORY.has(f.member)).map((f) => f.member),
  ],
} as ObjectSchema;

/** Every rule of content and consistency over a package that the schema accepts. */
export function packageRules(sent: JsonObject, context: Pick<RuleContext, 'mode' | 'now'>): Finding[] {
  const all: RuleContext = { ...context, package: sent };
  return [
    ...envelope.rules(sent, '', all),
    ...forms.flatMap((form) => {
      const data = sent[form.member];
      return isObject(data) ? form.rules(data, `/${form.member}`, all) : [];
    }),
    ...careNeedsSummaryRule(sent, all),
  ];
}

export const redBag: DocumentKind = {
  schema: packageSchema,
  envelope,
  papers: forms,
  title: 'Red Bag transfer from care home to hospital',
};
