/** ValueSet as an instance: what it includes and excludes. https://hl7.org/fhir/R4/valueset.html */
import { bare } from '../definitions/registry.js';
import type { Node } from '../plan/node.js';
import { conceptOf } from '../terminology/codes.js';
import { reporter, textOf } from './definition.js';
import type { Context, Rule } from './rule.js';
import { checkFilter } from './value-set-filter.js';

const report = reporter('business-rule', 'https://hl7.org/fhir/R4/valueset.html#compositions');
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

export const valueSetRule: Rule = (node, context) => {
  const compose = node.child('compose');
  if (compose === undefined) return;
  const url = textOf(node, 'url');
  for (const part of [...compose.named('include'), ...compose.named('exclude')]) {
    const system = textOf(part, 'system');
    if (system !== undefined) checkSystem(part, system, context);
    for (const filter of part.named('filter')) checkFilter(filter, system, context);
    for (const inner of part.named('valueSet')) {
      if (typeof inner.value === 'string' && url !== undefined && bare(inner.value) === url)
        report(inner, context, 'value-set-loop', 'a value set cannot be made of itself');
    }
  }
};

function checkSystem(part: Node, system: string, context: Context): void {
  if (!ABSOLUTE.test(system)) {
    const message = `system must be absolute (a contained code system is named by its own url); found "${system.slice(0, 80)}"`;
    report(part, context, 'value-set-system', message);
    return;
  }
  const [bareSystem = '', version = ''] = system.split('|');
  if (version !== '') {
    const message = `the version stands in version, not in system: "${version.slice(0, 60)}"`;
    report(part, context, 'value-set-system', message);
    return;
  }
  const known = context.definitions.codeSystem(bareSystem);
  if (known?.supplements !== undefined) {
    const message = `${bareSystem} only supplements ${known.supplements}: its codes are of that one`;
    report(part, context, 'value-set-system', message);
    return;
  }
  if (known === undefined && context.definitions.valueSet(bareSystem) !== undefined) {
    const message = `${bareSystem} is a value set: it is imported by valueSet, not named as system`;
    report(part, context, 'value-set-system', message);
    return;
  }
  if (known === undefined || known.content !== 'complete') return;
  for (const concept of part.named('concept')) {
    const code = textOf(concept, 'code');
    if (code === undefined || conceptOf(known, code) !== undefined) continue;
    const message = `the code system ${system} has no code "${code.slice(0, 60)}"`;
    report(concept, context, 'value-set-code', message);
  }
}
