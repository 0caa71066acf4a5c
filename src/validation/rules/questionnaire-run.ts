/** What the rules on answers share: one response held against its questionnaire. */
import type { Questionnaire } from 'fhir/r4';
import type { Json } from '../definitions/model.js';
import type { JsonObject, Node } from '../plan/node.js';
import type { Context } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/questionnaireresponse.html#notes';

/** One response held against its questionnaire. */
export interface QuestionnaireRun {
  readonly context: Context;
  readonly questionnaire: Questionnaire;
  /** Where the questionnaire is contained: the resource that carries it, and the value sets beside it. */
  readonly holder: JsonObject | undefined;
  readonly response: Node;
  /** A response that is not finished may lack required answers. */
  readonly finished: boolean;
}

/** Reports a fault of an answer. */
export function fault(
  { context }: QuestionnaireRun,
  node: Node,
  code: string,
  rule: string,
  message: string,
  severity: 'error' | 'warning' | 'information' = 'error',
): void {
  context.report(node, { severity, code, rule, message, source: SOURCE });
}

const CORE = 'http://hl7.org/fhir/StructureDefinition/';
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';

const NONE: readonly Json[] = [];

/** The values of a question's extensions by the last part of their address; R4's own and those of SDC. */
export function extensionValues(
  holder: { readonly extension?: readonly { readonly url: string }[] | undefined },
  name: string,
): readonly Json[] {
  if (holder.extension === undefined) return NONE;
  return holder.extension
    .filter(({ url }) => url === CORE + name || url === SDC + name)
    .flatMap((extension) => {
      const key = Object.keys(extension).find((member) => member.startsWith('value'));
      return key === undefined ? [] : [(extension as unknown as { [key: string]: Json })[key] as Json];
    });
}
