/**
 * The base types of R4 laid out for walking an instance: for each JSON property, which element it is and of
 * which type. https://hl7.org/fhir/R4/json.html
 */
import type { Constraint, ElementDefinition, Structure, TypeReference } from '../definitions/model.js';
import type { Rule } from '../rules/rule.js';
import { jsonNames } from '../structure/schema.js';

/** An element of a type, e.g. `Patient.contact` or `HumanName.family`. */
export interface ElementPlan {
  /** The FHIRPath name: `value` for `value[x]`. */
  readonly name: string;
  readonly path: string;
  readonly choice: boolean;
  readonly many: boolean;
  readonly definition: ElementDefinition;
  readonly types: readonly TypeReference[];
}

/** One JSON property of an object: the element and the type that the property's name selects. */
export interface Edge {
  readonly element: ElementPlan;
  readonly type: TypeReference;
  readonly primitive: boolean;
  /** Name of the property that carries a primitive's id and extensions: `_birthDate`. */
  readonly sibling: string;
  /** Shape of the value; of a resource it depends on the value's own resourceType. */
  readonly shape: Shape | undefined;
  /** The rules of this place, made when it is first met. */
  rules?: readonly Rule[];
}

/** What an object of a type, or of a backbone element, may hold. */
export interface Shape {
  readonly type: string;
  readonly path: string;
  readonly isResource: boolean;
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
    const shape: Shape = {
      type,
      path,
      isResource: isRoot && structure.kind === 'resource',
      constraints: isRoot ? (root?.constraint ?? []) : [],
      source: structure.url,
      shapes: this,
      lineage: isRoot ? this.#lineage(structure) : [type, ...(type === 'Element' ? [] : ['Element'])],
      edges,
      elements,
    };
    this.#known.set(path, shape);
    for (const definition of childrenOf(structure, path))
      this.#addElement(structure, path, definition, edges, elements);
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
    };
    elements.set(element.name, element);
    for (const { key, type } of jsonNames(name, definition)) {
      const reference = element.types.find(({ code }) => code === type) ?? { code: type };
      edges.set(key, this.#edge(structure, element, reference, key));
    }
  }

  #edge(structure: Structure, element: ElementPlan, type: TypeReference, key: string): Edge {
    const shapes = this;
    let shape: Shape | undefined;
    let looked = false;
    return {
      element,
      type,
      primitive: element.definition.contentReference === undefined && /^[a-z]/.test(type.code),
      sibling: `_${key}`,
      get shape() {
        if (!looked) {
          looked = true;
          shape = shapes.#shapeOf(structure, element, type.code);
        }
        return shape;
      },
    };
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

function childrenOf(structure: Structure, path: string): ElementDefinition[] {
  const prefix = `${path}.`;
  return structure.elements.filter(
    (element) => element.path.startsWith(prefix) && !element.path.slice(prefix.length).includes('.'),
  );
}
