/** What the rules on definitions share: their JSON as far as it has the shape that it should have. */
import { isObject, type JsonObject, type Node } from '../plan/node.js';
import type { Context } from './rule.js';

/** The text of a child, undefined where it has none. */
export function textOf(node: Node | undefined, name: string): string | undefined {
  const value = isObject(node?.value) ? node.value[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The objects of an array member. */
export function objectsOf(object: unknown, name: string): JsonObject[] {
  const value = isObject(object) ? object[name] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A function that reports faults of one kind of definition, each with its rule's key. */
export function reporter(code: string, source: string) {
  return (
    node: Node,
    context: Context,
    rule: string,
    message: string,
    severity: 'error' | 'warning' | 'information' = 'error',
  ): void => context.report(node, { severity, code, rule, message, source });
}
