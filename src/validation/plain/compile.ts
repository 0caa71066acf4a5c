/**
 * The part of FHIRPath that invariants use most, compiled to plain functions over the instance's own tree.
 * https://hl7.org/fhirpath/N1/
 *
 * Where the answer is not plain it says so (`ODD`), and fhirpath.js is asked instead: this file may be faster than
 * fhirpath.js but never of another opinion. A test holds both against each other on the R4 examples and on mutants.
 * `and`, `or` and `implies` do not evaluate a right side that cannot change the result, as the reference validator does;
 * FHIRPath leaves that open.
 */
import { isObject, type Node, UNLIKE } from '../plan/node.js';
import { allReferencesOf } from '../rules/references-within.js';
import type { Context } from '../rules/rule.js';
import {
  type Item,
  isNode,
  isOfType,
  isSame,
  ODD,
  order,
  plainValue,
  table,
  textOf,
  valuesOf,
} from './items.js';
import { parse, type Tree } from './parse.js';

interface Scope {
  readonly node: Node;
  readonly resource: Node;
  readonly context: Context;
  total: Item | undefined;
}

type Items = readonly Item[];
type Eval = (self: Item, scope: Scope) => Items;
/** `undefined` is FHIRPath's empty. */
type Test = (self: Item, scope: Scope) => boolean | undefined;

/** Tells whether an invariant holds; `undefined` when only fhirpath.js can tell. */
export type Plain = (node: Node, context: Context, placed: boolean) => boolean | undefined;

const NONE: Items = [];
const known = new Map<string, Plain | undefined>();

/** Takes an expression; gives its function, made once, or undefined where it cannot be read. */
export function plainOf(expression: string): Plain | undefined {
  if (!known.has(expression)) {
    const tree = parse(expression);
    known.set(expression, tree === undefined ? undefined : plain(tree));
  }
  return known.get(expression);
}

function plain(tree: Tree): Plain {
  const holds = test(tree);
  return (node, context, placed) => {
    if (node.value === undefined) return true;
    const around = placed && node.isResource && node.parent !== undefined ? node.parent : node;
    try {
      return holds(node, { node: around, resource: around.resource, context, total: undefined }) === true;
    } catch (error) {
      if (error === ODD) return undefined;
      throw error;
    }
  };
}

const odd = (): never => {
  throw ODD;
};

// Truth ------------------------------------------------------------------------------------------------------------

const TESTS = table<(left: Tree, right: Tree) => Test>({
  and: (left, right) => {
    const [a, b] = [test(left), test(right)];
    return (self, scope) => {
      const first = a(self, scope);
      if (first === false) return false;
      const second = b(self, scope);
      return second === false ? false : first === undefined || second === undefined ? undefined : true;
    };
  },
  or: (left, right) => {
    const [a, b] = [test(left), test(right)];
    return (self, scope) => {
      const first = a(self, scope);
      if (first === true) return true;
      const second = b(self, scope);
      return second === true ? true : first === undefined || second === undefined ? undefined : false;
    };
  },
  xor: (left, right) => {
    const [a, b] = [test(left), test(right)];
    return (self, scope) => {
      const [first, second] = [a(self, scope), b(self, scope)];
      return first === undefined || second === undefined ? undefined : first !== second;
    };
  },
  implies: (left, right) => {
    const [a, b] = [test(left), test(right)];
    return (self, scope) => {
      const first = a(self, scope);
      if (first === false) return true;
      const second = b(self, scope);
      return second === true ? true : first === undefined ? undefined : second;
    };
  },
  '=': (left, right) => equality(left, right, true),
  '!=': (left, right) => equality(left, right, false),
  '<': (left, right) => ordering(left, right, (by) => by < 0),
  '>': (left, right) => ordering(left, right, (by) => by > 0),
  '<=': (left, right) => ordering(left, right, (by) => by <= 0),
  '>=': (left, right) => ordering(left, right, (by) => by >= 0),
  in: (left, right) => member(left, right),
  contains: (left, right) => member(right, left),
});

function equality(left: Tree, right: Tree, wanted: boolean): Test {
  if (right.kind === 'literal') {
    const { value } = right;
    const a = oneValue(left);
    return (self, scope) => {
      const item = a(self, scope);
      return item === undefined ? undefined : isSame(item, value) === wanted;
    };
  }
  return pair(left, right, (a, b) => isSame(a, b) === wanted);
}

function ordering(left: Tree, right: Tree, fits: (by: number) => boolean): Test {
  return pair(left, right, (a, b) => fits(order(a, b)));
}

function pair(left: Tree, right: Tree, holds: (a: Item, b: Item) => boolean): Test {
  const [a, b] = [one(left), one(right)];
  return (self, scope) => {
    const [first, second] = [a(self, scope), b(self, scope)];
    return first === undefined || second === undefined ? undefined : holds(first, second);
  };
}

function member(left: Tree, right: Tree): Test {
  const [a, b] = [evaluation(left), evaluation(right)];
  return (self, scope) => {
    const item = single(a(self, scope));
    if (item === undefined) return undefined;
    return b(self, scope).some((other) => isSame(item, other));
  };
}

function single(items: Items): Item | undefined {
  if (items.length > 1) throw ODD;
  return items[0];
}

/** One item that is no boolean counts as true. */
function truth(items: Items): boolean | undefined {
  const item = single(items);
  if (item === undefined) return undefined;
  const value = isNode(item) ? item.value : item;
  if (value === undefined) throw ODD;
  return typeof value === 'boolean' ? value : true;
}

function test(tree: Tree): Test {
  if (tree.kind === 'operation') {
    const make = TESTS.get(tree.name);
    if (make !== undefined) return make(tree.left, tree.right);
    if (tree.name === 'is') {
      const on = evaluation(tree.left);
      const type = typeName(tree.right);
      return type === undefined
        ? odd
        : (self, scope) => {
            const item = single(on(self, scope));
            return item === undefined ? undefined : isOfType(item, type);
          };
    }
  }
  if (tree.kind === 'call') {
    const make = CALL_TESTS.get(tree.name);
    if (make !== undefined) return make(tree.on, tree.with);
  }
  const items = evaluation(tree);
  return (self, scope) => truth(items(self, scope));
}

/** A criterion of `where`, `all`, `exists`: only `true` itself counts. */
function criterion(tree: Tree): Test {
  const isTest =
    (tree.kind === 'operation' && (TESTS.get(tree.name) !== undefined || tree.name === 'is')) ||
    (tree.kind === 'call' && CALL_TESTS.get(tree.name) !== undefined);
  if (isTest) return test(tree);
  const items = evaluation(tree);
  return (self, scope) => {
    const found = items(self, scope);
    const [item] = found;
    return found.length === 1 && item !== undefined && (isNode(item) ? item.value : item) === true;
  };
}

type TestOf = (on: Tree | undefined, given: readonly Tree[]) => Test;

const CALL_TESTS = table<TestOf>({
  exists: (on, [filter]) => {
    const items = evaluationOf(on);
    if (filter === undefined) return presence(on) ?? ((self, scope) => items(self, scope).length > 0);
    const fits = criterion(filter);
    return (self, scope) => items(self, scope).some((item) => fits(item, scope) === true);
  },
  empty: (on) => {
    const present = presence(on);
    if (present !== undefined) return (self, scope) => present(self, scope) === false;
    const items = evaluationOf(on);
    return (self, scope) => items(self, scope).length === 0;
  },
  not: (on) => {
    const inner = on === undefined ? odd : test(on);
    return (self, scope) => {
      const value = inner(self, scope);
      return value === undefined ? undefined : !value;
    };
  },
  all: (on, [filter]) => {
    const items = evaluationOf(on, true);
    const fits = filter === undefined ? odd : criterion(filter);
    return (self, scope) => items(self, scope).every((item) => fits(item, scope) === true);
  },
  hasValue: (on) => {
    const items = evaluationOf(on);
    return (self, scope) => {
      const found = items(self, scope);
      const [item] = found;
      return (
        found.length === 1 &&
        item !== undefined &&
        (!isNode(item) || (item.isPrimitive && item.value !== undefined))
      );
    };
  },
  isDistinct: (on) => {
    const items = evaluationOf(on);
    return (self, scope) => {
      const found = items(self, scope);
      return found.length < 2 || valuesOf(found).size === found.length;
    };
  },
  is: (on, [named]) => {
    const items = evaluationOf(on);
    const type = named === undefined ? undefined : typeName(named);
    if (type === undefined) return odd;
    return (self, scope) => {
      const item = single(items(self, scope));
      return item === undefined ? undefined : isOfType(item, type);
    };
  },
  startsWith: (on, given) => ofTexts(on, given, (text, other) => text.startsWith(other)),
  endsWith: (on, given) => ofTexts(on, given, (text, other) => text.endsWith(other)),
  contains: (on, given) => ofTexts(on, given, (text, other) => text.includes(other)),
  matches: (on, [pattern, flags]) => {
    if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string' || flags !== undefined) return odd;
    const expression = regular(pattern.value);
    if (expression === undefined) return odd;
    const items = evaluationOf(on);
    return (self, scope) => {
      const item = single(items(self, scope));
      return item === undefined ? undefined : expression.test(string(item));
    };
  },
});

/** Whether there is a child of a name, or of that name below it. */
function presence(on: Tree | undefined): Test | undefined {
  if (on?.kind !== 'member' || /^[A-Z]/.test(on.name)) return undefined;
  const { name } = on;
  if (on.on === undefined) return (self) => isNode(self) && self.count(name) > 0;
  const items = evaluation(on.on);
  return (self, scope) => items(self, scope).some((item) => isNode(item) && item.count(name) > 0);
}

function ofTexts(
  on: Tree | undefined,
  [other]: readonly Tree[],
  holds: (text: string, other: string) => boolean,
): Test {
  const items = oneValue(on ?? { kind: 'this' });
  const others = other === undefined ? odd : oneValue(other);
  return (self, scope) => {
    const [item, second] = [items(self, scope), others(self, scope)];
    return item === undefined || second === undefined ? undefined : holds(string(item), string(second));
  };
}

function string(item: Item): string {
  const value = plainValue(item);
  if (typeof value !== 'string') throw ODD;
  return value;
}

function regular(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'us');
  } catch {
    return undefined;
  }
}

// Single items ------------------------------------------------------------------------------------------------------

type One = (self: Item, scope: Scope) => Item | undefined;

/** Where one item is expected: the same as `single` of the evaluation, without lists along simple paths. */
function one(tree: Tree): One {
  if (tree.kind === 'literal') return () => tree.value;
  if (tree.kind === 'this') return (self) => self;
  if (tree.kind === 'member' && !/^[A-Z]/.test(tree.name)) {
    const { name, on } = tree;
    if (on === undefined) return (self) => (isNode(self) ? only(self, name) : undefined);
    if (on.kind === 'member' || on.kind === 'this') {
      const outer = onlyPath(on);
      if (outer !== undefined) {
        return (self, scope) => {
          const item = outer(self, scope);
          return item !== undefined && isNode(item) ? only(item, name) : undefined;
        };
      }
    }
  }
  if (tree.kind === 'call' && tree.name === 'toString' && tree.on !== undefined) {
    const inner = oneValue(tree.on);
    return (self, scope) => {
      const item = inner(self, scope);
      return item === undefined ? undefined : textOf(item);
    };
  }
  if (tree.kind === 'operation' && tree.name === '&') {
    const [a, b] = [oneValue(tree.left), oneValue(tree.right)];
    return (self, scope) => {
      const [first, second] = [a(self, scope), b(self, scope)];
      return (first === undefined ? '' : textOf(first)) + (second === undefined ? '' : textOf(second));
    };
  }
  const items = evaluation(tree);
  return (self, scope) => single(items(self, scope));
}

/** A path of plain names, each there once at most; several on the way are odd, though FHIRPath could go on. */
function onlyPath(tree: Tree): One | undefined {
  if (tree.kind === 'this') return (self) => self;
  if (tree.kind !== 'member' || /^[A-Z]/.test(tree.name)) return undefined;
  const { name, on } = tree;
  if (on === undefined) return (self) => (isNode(self) ? only(self, name) : undefined);
  const outer = onlyPath(on);
  if (outer === undefined) return undefined;
  return (self, scope) => {
    const item = outer(self, scope);
    return item !== undefined && isNode(item) ? only(item, name) : undefined;
  };
}

/** The one child of this name. */
function only(node: Node, name: string): Node | undefined {
  if (node.shape?.elements.get(name)?.many === false) return onlyOf(node, name);
  const found = node.named(name);
  if (found.length > 1) throw ODD;
  return found[0];
}

/** Of an element that does not repeat only a choice can be there twice. */
function onlyOf(node: Node, name: string): Node | undefined {
  if (node.shape?.elements.get(name)?.choice === true && node.count(name) > 1) throw ODD;
  return node.child(name);
}

/** The same as `one`, for those who need the value alone: a plain one is taken from the JSON as it stands. */
function oneValue(tree: Tree): One {
  const item = one(tree);
  if (tree.kind !== 'member' || /^[A-Z]/.test(tree.name)) return item;
  const { name, on } = tree;
  const outer = on === undefined ? (self: Item) => self : onlyPath(on);
  if (outer === undefined) return item;
  return (self, scope) => {
    const from = outer(self, scope);
    if (from === undefined || !isNode(from)) return undefined;
    const value = from.plain(name);
    return value === UNLIKE ? only(from, name) : value;
  };
}

// Collections ------------------------------------------------------------------------------------------------------

/** Of a call without an object the object is `$this`. */
function evaluationOf(on: Tree | undefined, loose = false): Eval {
  return on === undefined ? (self) => [self] : evaluation(on, loose);
}

/** `loose`: what follows does not mind the same item twice. */
function evaluation(tree: Tree, loose = false): Eval {
  switch (tree.kind) {
    case 'literal': {
      const items: Items = [tree.value];
      return () => items;
    }
    case 'empty':
      return () => NONE;
    case 'this':
      return (self) => [self];
    case 'total':
      return (_, scope) => (scope.total === undefined ? NONE : [scope.total]);
    case 'variable':
      return variable(tree.name);
    case 'member':
      return path(tree.on, tree.name);
    case 'index':
      return index(tree.on, tree.at);
    case 'operation':
      return operation(tree.name, tree.left, tree.right, loose);
    case 'call':
      return call(tree.name, tree.on, tree.with, loose);
  }
}

const CONSTANTS = table<string>({
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
});

function variable(name: string): Eval {
  if (name === 'resource') return (_, scope) => [scope.resource];
  if (name === 'rootResource') return (_, scope) => [scope.node.container];
  const value = CONSTANTS.get(name);
  return value === undefined ? odd : () => [value];
}

function path(on: Tree | undefined, name: string): Eval {
  if (on === undefined) {
    // A name in capitals is a type that the item must have.
    if (/^[A-Z]/.test(name)) return odd;
    return (self) => (isNode(self) ? self.named(name) : NONE);
  }
  if (on.kind === 'member' && on.on === undefined && /^[A-Z]/.test(on.name)) {
    const type = on.name;
    return (self) => (isNode(self) && self.isResource && self.type === type ? self.named(name) : odd());
  }
  const items = evaluation(on);
  const walk = (self: Item, scope: Scope): Items => {
    const from = items(self, scope);
    if (from.length === 0) return NONE;
    if (from.length === 1) {
      const [item] = from;
      return item !== undefined && isNode(item) ? item.named(name) : NONE;
    }
    const found: Item[] = [];
    for (const item of from) {
      if (isNode(item)) for (const child of item.named(name)) found.push(child);
    }
    return found;
  };
  return isPlainPath(on) ? remembered(`${said(on)}.${name}`, walk) : walk;
}

/** Names alone, from `$this` on: what they lead to never changes. */
function isPlainPath(tree: Tree): boolean {
  return (
    tree.kind === 'member' && !/^[A-Z]/.test(tree.name) && (tree.on === undefined || isPlainPath(tree.on))
  );
}

function said(tree: Tree): string {
  return tree.kind === 'member' ? `${tree.on === undefined ? '' : `${said(tree.on)}.`}${tree.name}` : '';
}

/** Many invariants of a Bundle begin with `entry.resource`: gone through once in a run. */
function remembered(path: string, walk: Eval): Eval {
  return (self, scope) => {
    if (!isNode(self) || self.type !== 'Bundle') return walk(self, scope);
    return self.remember(path, () => walk(self, scope));
  };
}

function index(on: Tree, at: Tree): Eval {
  if (at.kind !== 'literal' || typeof at.value !== 'number') return odd;
  const [items, place] = [evaluation(on), at.value];
  return (self, scope) => items(self, scope).slice(place, place + 1);
}

function operation(name: string, left: Tree, right: Tree, loose: boolean): Eval {
  if (name === '|') return union(left, right, loose);
  if (name === 'as') return typed(evaluation(left), right, true);
  if (name === '&') {
    const joined = one({ kind: 'operation', name, left, right });
    return (self, scope) => [joined(self, scope) as Item];
  }
  const reckon = ARITHMETIC.get(name);
  if (reckon !== undefined) {
    const [a, b] = [evaluation(left), evaluation(right)];
    return (self, scope) => {
      const [first, second] = [single(a(self, scope)), single(b(self, scope))];
      return first === undefined || second === undefined ? NONE : [reckon(whole(first), whole(second))];
    };
  }
  const holds = test({ kind: 'operation', name, left, right });
  return asItems(holds);
}

function asItems(holds: Test): Eval {
  return (self, scope) => {
    const value = holds(self, scope);
    return value === undefined ? NONE : [value];
  };
}

const ARITHMETIC = table<(a: number, b: number) => number>({
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  mod: (a, b) => (b === 0 ? odd() : a % b),
});

/** Whole numbers only: how fhirpath.js rounds decimals is its own business. */
function whole(item: Item): number {
  const value = plainValue(item);
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw ODD;
  return value;
}

function union(left: Tree, right: Tree, loose: boolean): Eval {
  const [a, b] = [evaluation(left, loose), evaluation(right, loose)];
  return (self, scope) => {
    const [first, second] = [a(self, scope), b(self, scope)];
    if (loose || first.length + second.length < 2) {
      return first.length === 0 ? second : second.length === 0 ? first : [...first, ...second];
    }
    return [...valuesOf([...first, ...second])];
  };
}

function typed(items: Eval, named: Tree | undefined, isCast: boolean): Eval {
  const type = named === undefined ? undefined : typeName(named);
  if (type === undefined) return odd;
  return (self, scope) => {
    const found = items(self, scope);
    if (isCast) single(found);
    return found.filter((item) => isOfType(item, type));
  };
}

/** FHIR's own types by their names; the types of FHIRPath itself (`System.String`) are odd. */
function typeName(tree: Tree): string | undefined {
  if (tree.kind !== 'member' || tree.on !== undefined) return undefined;
  return SYSTEM_TYPES.has(tree.name) ? undefined : tree.name;
}

const SYSTEM_TYPES = new Set('Boolean String Integer Decimal Date DateTime Time Any'.split(' '));

type EvalOf = (items: Eval, given: readonly Tree[], on: Tree | undefined) => Eval;

const asText: EvalOf = (items) => (self, scope) => {
  const item = single(items(self, scope));
  return item === undefined ? NONE : [textOf(item)];
};

/** `toString()` on each item. */
function isToString({ name, on }: Tree & { kind: 'call' }): boolean {
  return name === 'toString' && (on === undefined || on.kind === 'this');
}

/** `path.name.select($this.toString())` without an element for each value. */
function texts(items: Eval, { on, name }: Tree & { kind: 'member' }): Eval {
  if (on === undefined || (on.kind === 'member' && /^[A-Z]/.test(on.name)))
    return (self, scope) => items(self, scope).map(textOf);
  const holders = evaluation(on);
  return (self, scope) => {
    const found: Item[] = [];
    for (const holder of holders(self, scope)) {
      if (!isNode(holder)) continue;
      const value = holder.plain(name);
      if (value === UNLIKE) for (const item of holder.named(name)) found.push(textOf(item));
      else if (value !== undefined) found.push(textOf(value));
    }
    return found;
  };
}

const CALLS = table<EvalOf>({
  where: (items, [filter]) => {
    const fits = filter === undefined ? odd : criterion(filter);
    return (self, scope) => {
      const from = items(self, scope);
      return from.length === 0 ? NONE : from.filter((item) => fits(item, scope) === true);
    };
  },
  select: (items, [projection], on) => {
    if (on?.kind === 'member' && projection?.kind === 'call' && isToString(projection))
      return texts(items, on);
    const project = projection === undefined ? odd : evaluation(projection);
    return (self, scope) => {
      const found: Item[] = [];
      for (const item of items(self, scope)) found.push(...project(item, scope));
      return found;
    };
  },
  count: (items) => (self, scope) => [items(self, scope).length],
  first: (items) => (self, scope) => items(self, scope).slice(0, 1),
  last: (items) => (self, scope) => items(self, scope).slice(-1),
  tail: (items) => (self, scope) => items(self, scope).slice(1),
  trace: (items) => items,
  distinct: (items) => (self, scope) => {
    const found = items(self, scope);
    return found.length < 2 ? found : [...valuesOf(found)];
  },
  exclude: (items, [other]) => {
    const others = other === undefined ? odd : evaluation(other);
    return (self, scope) => {
      const found = items(self, scope);
      if (found.length === 0) return found;
      const out = valuesOf(others(scope.node, scope));
      valuesOf(found);
      return found.filter((item) => !out.has(plainValue(item)));
    };
  },
  children: (items) => (self, scope) =>
    items(self, scope).flatMap((item) => (isNode(item) ? item.children : [])),
  descendants: (items) => (self, scope) => descendants(items(self, scope)),
  ofType: (items, [named]) => typed(items, named, false),
  as: (items, [named]) => typed(items, named, true),
  extension: (items, [url]) => {
    if (url?.kind !== 'literal') return odd;
    const { value } = url;
    return (self, scope) =>
      items(self, scope).flatMap((item) =>
        isNode(item)
          ? item.named('extension').filter((inner) => isObject(inner.value) && inner.value['url'] === value)
          : [],
      );
  },
  length: (items) => (self, scope) => {
    const item = single(items(self, scope));
    return item === undefined ? NONE : [string(item).length];
  },
  toString: asText,
  toInteger: (items) => (self, scope) => {
    const item = single(items(self, scope));
    if (item === undefined) return NONE;
    const value = plainValue(item);
    if (typeof value !== 'string') throw ODD;
    return /^[+-]?\d{1,15}$/.test(value) ? [Number(value)] : NONE;
  },
  substring: (items, [start, length]) => {
    if (start?.kind !== 'literal' || typeof start.value !== 'number') return odd;
    if (length !== undefined && (length.kind !== 'literal' || typeof length.value !== 'number')) return odd;
    const from = start.value;
    const to = length === undefined ? undefined : from + (length.value as number);
    return (self, scope) => {
      const item = single(items(self, scope));
      const text = item === undefined ? '' : string(item);
      return from >= text.length ? NONE : [text.substring(from, to)];
    };
  },
  replace: (items, [pattern, by]) => {
    if (by?.kind !== 'literal' || typeof by.value !== 'string' || by.value.includes('$')) return odd;
    const [what, instead] = [pattern === undefined ? odd : evaluation(pattern), by.value];
    return (self, scope) => {
      const [item, found] = [single(items(self, scope)), single(what(self, scope))];
      if (item === undefined || found === undefined) return NONE;
      const search = string(found);
      // What fhirpath.js does with an empty pattern or replacement is its own business.
      if (search === '') throw ODD;
      return [string(item).replaceAll(search, instead)];
    };
  },
  iif: (items, [condition, then, otherwise]) => {
    if (condition === undefined || then === undefined) return odd;
    const [holds, yes] = [criterion(condition), evaluation(then)];
    const no = otherwise === undefined ? () => NONE : evaluation(otherwise);
    return (self, scope) => {
      const item = single(items(self, scope));
      if (item === undefined) throw ODD;
      return holds(item, scope) === true ? yes(item, scope) : no(item, scope);
    };
  },
  resolve: (items) => (self, scope) =>
    items(self, scope).flatMap((item) => {
      if (!isNode(item)) throw ODD;
      const reference = isObject(item.value) ? item.value['reference'] : item.value;
      const target = typeof reference === 'string' ? scope.context.resolve(reference, item) : undefined;
      return target === undefined ? [] : [target];
    }),
  aggregate: (items, [step, start]) => {
    if (step === undefined || start?.kind !== 'literal') return odd;
    const [next, first] = [evaluation(step), start.value];
    return (self, scope) => {
      const before = scope.total;
      scope.total = first;
      for (const item of items(self, scope)) scope.total = single(next(item, scope));
      const total = scope.total;
      scope.total = before;
      return total === undefined ? NONE : [total];
    };
  },
});

function call(name: string, on: Tree | undefined, given: readonly Tree[], loose: boolean): Eval {
  if (name === 'ofType' && on?.kind === 'call' && on.name === 'descendants')
    return descendantsOfType(on.on, given[0]);
  const make = CALLS.get(name);
  if (make !== undefined) {
    const evaluated = make(evaluationOf(on, loose), given, on);
    const type = name === 'ofType' && given[0] !== undefined ? typeName(given[0]) : undefined;
    return type !== undefined && on !== undefined && isPlainPath(on)
      ? remembered(`${said(on)}.ofType(${type})`, evaluated)
      : evaluated;
  }
  const holds = CALL_TESTS.get(name);
  return holds === undefined ? odd : asItems(holds(on, given));
}

/** Level by level, as fhirpath.js gives them. */
function descendants(items: Items): Items {
  const found: Node[] = [];
  for (const item of items) if (isNode(item)) found.push(...item.children);
  for (let place = 0; place < found.length; place++) {
    for (const child of (found[place] as Node).children) found.push(child);
  }
  return found;
}

/** `descendants().ofType(T)` in one pass, without a list of all descendants. */
function descendantsOfType(on: Tree | undefined, named: Tree | undefined): Eval {
  const items = evaluationOf(on);
  const type = named === undefined ? undefined : typeName(named);
  if (type === undefined) return odd;
  const isPrimitiveType = /^[a-z]/.test(type);
  const gather = (node: Node, found: Node[]): void => {
    for (const child of node.children) {
      if (child.isPrimitive && !isPrimitiveType) {
        if (child.extra !== undefined) gather(child, found);
        continue;
      }
      if (isOfType(child, type)) found.push(child);
      gather(child, found);
    }
  };
  return (self, scope) => {
    const found: Node[] = [];
    for (const item of items(self, scope)) {
      if (!isNode(item)) continue;
      const known = type === 'Reference' && item.isResource ? allReferencesOf(item) : undefined;
      if (known === undefined) gather(item, found);
      else for (const reference of known) found.push(reference);
    }
    return found;
  };
}
