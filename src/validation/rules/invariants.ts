/** Invariants: in plain code where we have it, else by fhirpath.js compiled once. https://hl7.org/fhir/R4/fhirpath.html */
import type { Constraint } from '../definitions/model.js';
import { evaluate } from '../fhirpath.js';
import { ValidationTimeout } from '../outcome.js';
import { plainOf } from '../plain/compile.js';
import { isObject, type Node } from '../plan/node.js';
import { CODED, CODED_BY_KEY } from './coded-invariants.js';
import { corrected } from './errata.js';
import type { Context, Rule } from './rule.js';

/** Said better elsewhere: by the narrative rule, and by the cardinality 0..0 of SimpleQuantity.comparator. */
const ELSEWHERE = new Set(['htmlChecks()', 'comparator.empty()']);

/**
 * Takes a constraint and the canonical that states it; gives its rule, or undefined where another rule says it
 * better. `placed`: stated on an element, so for a resource there (Bundle.entry.resource) `%resource` is the outer one.
 */
export function invariantRule(constraint: Constraint, source: string, placed = false): Rule | undefined {
  if (ELSEWHERE.has(constraint.expression)) return undefined;
  const coded = CODED.get(constraint.expression) ?? CODED_BY_KEY.get(constraint.key);
  const holds =
    coded === undefined
      ? evaluation(corrected(constraint.expression), placed)
      : (node: Node) => !isObject(node.value) || coded(node.value, node);
  return (node, context) => {
    let good: boolean;
    try {
      good = holds(node, context);
    } catch (error) {
      if (error instanceof ValidationTimeout) throw error;
      reportThrow(constraint, source, error, node, context);
      return;
    }
    if (!good) {
      context.report(node, {
        severity: constraint.severity,
        code: 'invariant',
        rule: constraint.key,
        message: constraint.human,
        source: constraint.source ?? source,
      });
    }
  };
}

/** Our own FHIRPath first; what that leaves open fhirpath.js decides. */
function evaluation(expression: string, placed: boolean): (node: Node, context: Context) => boolean {
  const plain = plainOf(expression);
  if (plain === undefined) return (node, context) => evaluate(expression, node, context, placed);
  return (node, context) => plain(node, context, placed) ?? evaluate(expression, node, context, placed);
}

/** A rule that could not be evaluated is never a pass. */
function reportThrow(
  constraint: Constraint,
  source: string,
  error: unknown,
  node: Node,
  context: Context,
): void {
  context.report(node, {
    severity: constraint.severity,
    code: 'exception',
    rule: constraint.key,
    message: `${constraint.key} could not be evaluated: ${error instanceof Error ? error.message : String(error)}`,
    source: constraint.source ?? source,
  });
}
