/** The display of a Coding is one that its code system gives the code. https://hl7.org/fhir/R4/datatypes.html#Coding */
import type { CodeSystem } from '../definitions/model.js';
import { isObject, type Node } from '../plan/node.js';
import type { Context } from './rule.js';

/** Takes a Coding and the concept that its code names; reports a display that the code system does not know. */
export function checkDisplay(
  node: Node,
  system: CodeSystem,
  concept: readonly string[],
  context: Context,
): void {
  const display = isObject(node.value) ? node.value['display'] : undefined;
  const [code = '', known = ''] = concept;
  if (typeof display !== 'string' || known === '' || display === known) return;
  const wanted = plain(display);
  if (plain(known) === wanted) return;
  if (system.designations?.[code]?.some((other) => plain(other) === wanted) === true) return;
  context.report(node.child('display') ?? node, {
    severity: context.policy.wrongDisplay,
    code: 'invalid',
    rule: 'display',
    message: `${system.url} calls "${code}" "${known}"; found "${display.slice(0, 80)}"`,
    source: system.url,
  });
}

/** Case and white space tell nothing apart. */
function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
