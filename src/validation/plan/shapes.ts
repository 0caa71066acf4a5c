/**
 * The base types of R4 laid out for walking an instance: for each JSON property, which element it is and of
 * which type. https://hl7.org/fhir/R4/json.html
 */
import type { Constraint, ElementDefinition, Structure, TypeReference } from '../definitions/model.js';
import type { Rule } from '../rules/rule.js';
import { PRIMITIVES } from '../structure/primitives.js';
import { jsonNames, primitiveOf } from '../structure/schema.js';

/** An element of a type, e.g. `Patient.contact` or `HumanName.family`. */
export interface ElementPlan {
  /** The FHIRPath name: `value` for `value[x]`. */
  readonly name: string;
  readonly path: string;
  readonly choice: boolean;
  readonly many: boolean;
  readonly definition: ElementDefinition;
  readonly types: readonly TypeReference[];
  readonly isRequired: boolean;
  /** Of a choice its own among those of the type: only one of its names may be given. Else none. */
  readonly bit: number;
  /** Its one JSON property, unless it is a choice. */
  only: Edge | undefined;
}

/** One JSON property of an object: the element and the type that the property's name selects. */
export interface Edge {
  readonly element: ElementPlan;
  readonly type: TypeReference;
  /** The type of a value here; undefined where the value tells it, being a resource or a part of its own shape. */
  readonly valueType: string | undefined;
  /** The property's name. */
  readonly key: string;
  readonly primitive: boolean;
  /** Of a primitive whose value is for FHIRPath a text, number or boolean like any: which. */
  readonly plain: 'string' | 'number' | 'boolean' | undefined;
  /** Of a primitive: whether a JSON value is one. */
  readonly isLegal: (value: unknown) => boolean;
  /** Name of the property that carries a primitive's id and extensions: `_birthDate`. */
  readonly sibling: string;
  /** Shape of the value; of a resource it depends on the value's own resourceType. */
  readonly shape: Shape | undefined;
  /** The rules of this place, made when it is first met. */
  rules: readonly Rule[] | undefined;
  /** Of a primitive: no rule of this place says anything about a value. */
  quiet: boolean;
  /** Legal values that the rules of this place have let pass, where they look at nothing else. */
  passed: Set<unknown> | undefined;
}

/** What an object of a type, or of a backbone element, may hold. */
export interface Shape {
  readonly type: string;
  readonly path: string;
  readonly isResource: boolean;
  readonly isAbstract: boolean;
  /** How many elements are mandatory. */
  readonly required: number;
  readonly constraints: readonly Constraint[];
  readonly source: string;
  /** Where the shapes of other types are found. */
  readonly shapes: Shapes;
  /** The type and those it specialises, e.g. `Age`, `Quantity`, `Element`. */
  readonly lineage: readonly string[];
  readonly edges: ReadonlyMap<string, Edge>;
  readonly elements: ReadonlyMap<string, ElementPlan>;
  /** The rules of a resource as a whole, made when it is first met. */
  rules?: readonly Rule[];
}

interface Source {
  type(code: string): Structure | undefined;
}

const ANY_RESOURCE = new Set(['Resource', 'DomainResource']);

export class Shapes {
  readonly #source: Source;
  readonly #known = new Map<string, Shape | undefined>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** The shape of a type by its code; undefined for what is not a type of R4. */
  of(type: string): Shape | undefined {
    if (this.#known.has(type)) return this.#known.get(type);
    const structure = /^[A-Za-z0-9]+$/.test(type) ? this.#source.type(type) : undefined;
    const shape = structure === undefined ? undefined : this.#make(structure, structure.type, structure.type);
    this.#known.set(type, shape);
    return shape;
  }

  #make(structure: Structure, path: string, type: string): Shape {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const root = structure.elements.find((element) => element.path === path);
    const edges = new Map<string, Edge>();
    const elements = new Map<string, ElementPlan>();
    const isRoot = path === structure.type;
    const children = childrenOf(structure, path);
    const shape: Shape = {
      type,
      path,
      isResource: isRoot && structure.kind === 'resource',
      isAbstract: isRoot && structure.kind === 'resource' && structure.abstract,
      required: children.filter(isRequired).length,
      constraints: isRoot ? (root?.constraint ?? []) : [],
      source: structure.url,
      shapes: this,
      lineage: isRoot ? this.#lineage(structure) : [type, ...(type === 'Element' ? [] : ['Element'])],
      edges,
      elements,
    };
    this.#known.set(path, shape);
    for (const definition of children) this.#addElement(structure, path, definition, edges, elements);
    return shape;
  }

  #addElement(
    structure: Structure,
    path: string,
    definition: ElementDefinition,
    edges: Map<string, Edge>,
    elements: Map<string, ElementPlan>,
  ): void {
    const name = definition.path.slice(path.length + 1);
    const choice = name.endsWith('[x]');
    const element: ElementPlan = {
      name: choice ? name.slice(0, -3) : name,
      path: definition.path,
      choice,
      many: (definition.base?.max ?? definition.max) !== '1',
      definition,
      types: definition.type ?? [],
      isRequired: isRequired(definition),
      bit: choice ? 1 << ([...elements.values()].filter((other) => other.choice).length % 31) : 0,
      only: undefined,
    };
    elements.set(element.name, element);
    for (const { key, type } of jsonNames(name, definition)) {
      const reference = element.types.find(({ code }) => code === type) ?? { code: type };
      edges.set(
        key,
        new Way(element, reference, key, () => this.#shapeOf(structure, element, reference.code)),
      );
    }
    if (!choice) element.only = edges.get(name);
  }

  #shapeOf(structure: Structure, element: ElementPlan, code: string): Shape | undefined {
    const reference = element.definition.contentReference?.replace(/^.*#/, '');
    if (reference !== undefined) {
      const target = structure.elements.find(({ path }) => path === reference);
      return this.#make(structure, reference, target?.type?.[0]?.code ?? 'BackboneElement');
    }
    if (ANY_RESOURCE.has(code)) return undefined;
    if (
      (code === 'BackboneElement' || code === 'Element') &&
      childrenOf(structure, element.path).length > 0
    ) {
      return this.#make(structure, element.path, code);
    }
    return this.of(/^[a-z]/.test(code) ? 'Element' : code);
  }

  #lineage(structure: Structure): string[] {
    const line: string[] = [];
    for (let at: Structure | undefined = structure; at !== undefined; ) {
      line.push(at.type);
      const base: string | undefined = at.base?.replace('http://hl7.org/fhir/StructureDefinition/', '');
      at = base === undefined ? undefined : this.#source.type(base);
    }
    return line;
  }
}

/** The primitive types whose values are plain; a date, say, is not: its precision counts. */
export const PLAIN: ReadonlyMap<string, 'string' | 'number' | 'boolean'> = new Map([
  ...'string code id uri url canonical oid uuid markdown'.split(' ').map((type) => [type, 'string'] as const),
  ...'integer unsignedInt positiveInt decimal'.split(' ').map((type) => [type, 'number'] as const),
  ['boolean', 'boolean'] as const,
]);

class Way implements Edge {
  readonly element: ElementPlan;
  readonly type: TypeReference;
  readonly valueType: string | undefined;
  readonly key: string;
  readonly primitive: boolean;
  readonly plain: 'string' | 'number' | 'boolean' | undefined;
  readonly isLegal: (value: unknown) => boolean;
  readonly sibling: string;
  rules: readonly Rule[] | undefined = undefined;
  quiet = false;
  passed: Set<unknown> | undefined = undefined;
  #find: (() => Shape | undefined) | undefined;
  #shape: Shape | undefined;

  constructor(element: ElementPlan, type: TypeReference, key: string, shape: () => Shape | undefined) {
    this.element = element;
    this.type = type;
    this.valueType = type.code === '' || ANY_RESOURCE.has(type.code) ? undefined : type.code;
    this.key = key;
    this.primitive = element.definition.contentReference === undefined && /^[a-z]/.test(type.code);
    this.plain = this.primitive ? PLAIN.get(type.code) : undefined;
    this.isLegal = PRIMITIVES[primitiveOf(element.definition, type.code)] ?? (() => false);
    this.sibling = `_${key}`;
    this.#find = shape;
  }

  get shape(): Shape | undefined {
    if (this.#find !== undefined) {
      this.#shape = this.#find();
      this.#find = undefined;
    }
    return this.#shape;
  }
}

function isRequired({ min }: ElementDefinition): boolean {
  return (min ?? 0) > 0;
}

function childrenOf(structure: Structure, path: string): ElementDefinition[] {
  const prefix = `${path}.`;
  return structure.elements.filter(
    (element) => element.path.startsWith(prefix) && !element.path.slice(prefix.length).includes('.'),
  );
}
