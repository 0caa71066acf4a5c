/** Holds what we write of FHIRPath ourselves against fhirpath.js, on every element to which an invariant applies. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compactStructure } from '#src/validation/definitions/compact.js';
import type { Structure } from '#src/validation/definitions/model.js';
import { Definitions } from '#src/validation/definitions/registry.js';
import { evaluate } from '#src/validation/fhirpath.js';
import { plainOf } from '#src/validation/plain/compile.js';
import { Node } from '#src/validation/plan/node.js';
import { Shapes } from '#src/validation/plan/shapes.js';
import { Resolver } from '#src/validation/resolve.js';
import type { Context } from '#src/validation/rules/rule.js';

const COMPILED = path.join(import.meta.dirname, '../../dist/validation/compiled');

export interface Tally {
  /** Evaluations in which both said the same. */
  same: number;
  /** Those among them that were false. */
  failing: number;
  /** Left to fhirpath.js at run time. */
  left: number;
  /** Ours gave an answer where fhirpath.js throws. */
  thrown: string[];
  different: string[];
}

export interface Limits {
  /** So many evaluations with the same outcome of an expression on a resource type are enough. */
  readonly enough: number;
}

/** fhirpath.js calls each of two quantities outside UCUM at most the other; we compare their values. */
function isMeant(expression: string, node: Node): boolean {
  if (expression !== 'low.empty() or high.empty() or (low <= high)') return false;
  const { low, high } = node.value as { low?: { code?: string }; high?: { code?: string } };
  return low?.code === high?.code;
}

/** The expressions of every definition, by the path or type of the elements that they are about. */
export class Equality {
  readonly tallies = new Map<string, Tally>();
  /** Expressions that our reader does not read at all. */
  readonly unread = new Set<string>();
  readonly #definitions = new Definitions(COMPILED);
  readonly #shapes = new Shapes(this.#definitions);
  readonly #byPlace = new Map<string, Set<string>>();
  readonly #seen = new Map<string, number>();
  readonly #enough: number;

  /** Takes how much is enough, and a folder of more StructureDefinitions. */
  constructor({ enough }: Limits, more?: string) {
    this.#enough = enough;
    for (const url of Object.keys(this.#definitions.index.structures)) {
      const structure = this.#definitions.structure(url);
      if (structure !== undefined) this.#gather(structure);
    }
    for (const file of more === undefined ? [] : readdirSync(more)) {
      const resource = JSON.parse(readFileSync(path.join(more as string, file), 'utf8'));
      if (resource.resourceType === 'StructureDefinition') this.#gather(compactStructure(resource));
    }
  }

  #gather({ elements }: Structure): void {
    for (const { path: place, constraint } of elements) {
      for (const { expression } of constraint ?? []) {
        if (plainOf(expression) === undefined) this.unread.add(expression);
        else this.#byPlace.set(place, (this.#byPlace.get(place) ?? new Set()).add(expression));
      }
    }
  }

  /** Compares on one resource and all its elements. */
  run(name: string, resource: unknown): void {
    const root = Node.root(this.#shapes, resource);
    if (root === undefined) return;
    const resolver = new Resolver();
    const context = {
      root,
      definitions: this.#definitions,
      memory: new Map(),
      resolve: (reference: string, from: Node) => resolver.resolve(reference, from),
      conforms: () => true,
    } as unknown as Context;
    this.#walk(root, context, name);
  }

  #walk(node: Node, context: Context, name: string): void {
    const places = new Set([node.type, node.element?.path, node.isResource ? node.type : undefined]);
    for (const place of places) {
      if (place === undefined) continue;
      for (const expression of this.#byPlace.get(place) ?? []) this.#compare(expression, node, context, name);
    }
    for (const child of node.children) this.#walk(child, context, name);
  }

  #compare(expression: string, node: Node, context: Context, name: string): void {
    const ours = plainOf(expression)?.(node, context, false);
    const key = `${ours} ${node.resource.type} ${expression}`;
    const times = this.#seen.get(key) ?? 0;
    if (times >= this.#enough) return;
    this.#seen.set(key, times + 1);
    const tally = this.tallies.get(expression) ?? { same: 0, failing: 0, left: 0, thrown: [], different: [] };
    this.tallies.set(expression, tally);
    if (ours === undefined) {
      tally.left += 1;
      return;
    }
    let theirs: boolean;
    try {
      theirs = evaluate(expression, node, context);
    } catch (error) {
      tally.thrown.push(`${name} ${node.expression}: ${ours}, ${String(error).slice(0, 120)}`);
      return;
    }
    if (ours === theirs || isMeant(expression, node)) {
      tally.same += 1;
      if (!ours) tally.failing += 1;
    } else tally.different.push(`${name} ${node.expression}: ours ${ours}, fhirpath.js ${theirs}`);
  }
}
