/**
 * Generates the snapshot of a profile from its differential and its parent's snapshot.
 * https://hl7.org/fhir/R4/profiling.html#snapshot
 *
 * Works on element ids (`Composition.section:aboutMe.code`): an element that the parent does not spell out is
 * unfolded from its type, a slice is copied from the element that it slices, then the differential is laid over.
 */
import type { Constraint, ElementDefinition, Slicing, Structure } from './model.js';

/** What generation needs from the loaded definitions. */
export interface Parents {
  structure(canonical: string): Structure | undefined;
  type(code: string): Structure | undefined;
}

const BY_URL: Slicing = { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' };
const BY_TYPE: Slicing = { discriminator: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' };

/**
 * Takes a structure that holds a differential; gives it with a whole snapshot. Throws when the parent is missing.
 * Elements that the type does not have are named in `unplaced`: the rest of the profile still holds.
 */
export function generateSnapshot(profile: Structure, parents: Parents): Structure {
  const parent = profile.base === undefined ? undefined : parents.structure(profile.base);
  if (parent === undefined)
    throw new Error(`${profile.url}: its base ${profile.base ?? '(none)'} is not loaded`);
  const work = new Snapshot(parent.elements, parents, profile.url);
  const unplaced: string[] = [];
  for (const element of profile.elements) {
    try {
      work.lay(element);
    } catch (error) {
      if (!(error instanceof NoElementError)) throw error;
      unplaced.push(element.id);
    }
  }
  const { differential: _, ...rest } = profile;
  return { ...rest, elements: work.elements, ...(unplaced.length === 0 ? {} : { unplaced }) };
}

/** A differential speaks of an element that its type does not have. */
class NoElementError extends Error {}

class Snapshot {
  readonly elements: ElementDefinition[];
  readonly #parents: Parents;
  readonly #url: string;

  constructor(base: readonly ElementDefinition[], parents: Parents, url: string) {
    this.elements = [...base];
    this.#parents = parents;
    this.#url = url;
  }

  /** Lays one element of the differential over the snapshot. */
  lay(element: ElementDefinition): void {
    const at = this.#find(idOf(element));
    const present = this.elements[at] as ElementDefinition;
    this.elements[at] = merge(present, element, this.#url);
  }

  /** The place of the element with this id, which is made if need be. */
  #find(id: string): number {
    const at = this.elements.findIndex((element) => element.id === id);
    if (at !== -1) return at;
    const dot = id.lastIndexOf('.');
    if (dot === -1) throw new NoElementError(`${this.#url}: no element ${id}`);
    const segment = id.slice(dot + 1);
    // The parent may be known under another id than the one written: see #makeShorthand.
    const parentId = this.elements[this.#find(id.slice(0, dot))]?.id as string;
    if (parentId !== id.slice(0, dot)) return this.#find(`${parentId}.${segment}`);
    const colon = segment.indexOf(':');
    if (colon !== -1) return this.#makeSlice(parentId, segment.slice(0, colon), segment.slice(colon + 1));
    this.#unfold(parentId);
    const unfolded = this.elements.findIndex((element) => element.id === id);
    return unfolded === -1 ? this.#makeShorthand(parentId, segment) : unfolded;
  }

  #makeSlice(parentId: string, name: string, slice: string): number {
    const outer = slice.lastIndexOf('/');
    const sourceId = `${parentId}.${name}${outer === -1 ? '' : `:${slice.slice(0, outer)}`}`;
    const at = this.#find(sourceId);
    const source = this.elements[at] as ElementDefinition;
    if (outer === -1 && source.slicing === undefined) {
      const slicing = name === 'extension' || name === 'modifierExtension' ? BY_URL : BY_TYPE;
      this.elements[at] = { ...source, slicing };
    }
    const id = `${parentId}.${name}:${slice}`;
    // Looking for what it slices may have unfolded a profile that has this slice.
    const known = this.elements.findIndex((element) => element.id === id);
    if (known !== -1) return known;
    const copies = this.elements
      .filter((element) => element.id === sourceId || element.id.startsWith(`${sourceId}.`))
      .map((element) => ({ ...element, id: id + element.id.slice(sourceId.length) }));
    const { slicing: _, ...head } = copies[0] as ElementDefinition;
    copies[0] = { ...head, sliceName: slice, min: 0 };
    const end = this.#endOf(sourceId);
    this.elements.splice(end, 0, ...copies);
    return end;
  }

  /** The place after an element, its children and its slices. */
  #endOf(id: string): number {
    let end = this.elements.findIndex((element) => element.id === id) + 1;
    while (end < this.elements.length && this.#isWithin((this.elements[end] as ElementDefinition).id, id))
      end++;
    return end;
  }

  #isWithin(id: string, outer: string): boolean {
    return id.startsWith(outer) && ['.', ':', '/'].includes(id.charAt(outer.length));
  }

  /** `Observation.valueQuantity` is a short way to write the slice `Observation.value[x]:valueQuantity`. */
  #makeShorthand(parentId: string, segment: string): number {
    const choice = this.elements.find((element) => {
      if (!element.id.startsWith(`${parentId}.`) || !element.id.endsWith('[x]')) return false;
      const stem = element.id.slice(parentId.length + 1, -3);
      return (
        !stem.includes('.') &&
        segment.startsWith(stem) &&
        this.#typeOf(element, segment.slice(stem.length)) !== undefined
      );
    });
    if (choice === undefined) throw new NoElementError(`${this.#url}: no element ${parentId}.${segment}`);
    const name = choice.id.slice(parentId.length + 1);
    const known = this.elements.findIndex((element) => element.id === `${parentId}.${name}:${segment}`);
    if (known !== -1) return known;
    const at = this.#makeSlice(parentId, name, segment);
    const slice = this.elements[at] as ElementDefinition;
    const type = this.#typeOf(choice, segment.slice(name.length - 3));
    this.elements[at] = { ...slice, ...(type === undefined ? {} : { type: [type] }) };
    return at;
  }

  #typeOf(
    element: ElementDefinition,
    suffix: string,
  ): NonNullable<ElementDefinition['type']>[number] | undefined {
    return element.type?.find(({ code }) => code.charAt(0).toUpperCase() + code.slice(1) === suffix);
  }

  /** Inserts the children of an element from its type, its type profile, or the element that it refers to. */
  #unfold(id: string): void {
    const at = this.#find(id);
    const element = this.elements[at] as ElementDefinition;
    if (this.elements[at + 1]?.id.startsWith(`${id}.`) === true) return;
    const source = this.#childrenSource(element);
    const children = source.elements
      .filter((child) => child.id.startsWith(`${source.id}.`))
      .map((child) => ({
        ...child,
        id: id + child.id.slice(source.id.length),
        path: element.path + child.path.slice(source.path.length),
      }));
    this.elements.splice(at + 1, 0, ...children);
  }

  #childrenSource(element: ElementDefinition): {
    elements: readonly ElementDefinition[];
    id: string;
    path: string;
  } {
    if (element.contentReference !== undefined) {
      const id = element.contentReference.replace(/^.*#/, '');
      const target = this.elements.find((candidate) => candidate.id === id);
      if (target !== undefined) return { elements: [...this.elements], id, path: target.path };
    }
    const types = element.type ?? [];
    const type = types.length === 1 ? types[0] : undefined;
    const profile =
      type?.profile?.length === 1 ? this.#parents.structure(type.profile[0] as string) : undefined;
    const structure = profile ?? (type === undefined ? undefined : this.#parents.type(type.code));
    const root = structure?.elements[0];
    if (structure === undefined || root === undefined) {
      throw new Error(`${this.#url}: ${element.id} has no single known type to unfold`);
    }
    return { elements: structure.elements, id: root.id, path: root.path };
  }
}

/** Some differentials leave the ids out: then the path and the slice name give it, for the simple cases. */
function idOf(element: ElementDefinition): string {
  if (element.id !== element.path || element.sliceName === undefined) return element.id;
  return `${element.path}:${element.sliceName}`;
}

function merge(present: ElementDefinition, over: ElementDefinition, url: string): ElementDefinition {
  const constraint = mergeConstraints(present.constraint ?? [], over.constraint ?? [], url);
  const { id: _id, path: _path, base: _base, constraint: _constraint, type, binding, ...rest } = over;
  return {
    ...present,
    ...rest,
    ...(type === undefined ? {} : { type: type.map((stated) => completeType(stated, present)) }),
    ...(binding === undefined ? {} : { binding: { ...present.binding, ...binding } }),
    ...(constraint.length === 0 ? {} : { constraint }),
  };
}

/** A differential that narrows the types keeps the parent's target profiles where it names none. */
function completeType(
  stated: NonNullable<ElementDefinition['type']>[number],
  present: ElementDefinition,
): NonNullable<ElementDefinition['type']>[number] {
  const inherited = present.type?.find(({ code }) => code === stated.code);
  return { ...inherited, ...stated };
}

function mergeConstraints(
  present: readonly Constraint[],
  over: readonly Constraint[],
  url: string,
): Constraint[] {
  const keys = new Set(over.map(({ key }) => key));
  return [
    ...present.filter(({ key }) => !keys.has(key)),
    ...over.map((constraint) => ({ ...constraint, source: constraint.source ?? url })),
  ];
}
