/**
 * The answers of a paper as its page takes them: each is taken by name, in words; what nobody took is left over and
 * is told at the end. So a page is laid out by hand, and yet nothing that was sent can be missing from it.
 */
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import type { ArraySchema, ObjectSchema } from '../mapping/schema.js';
import type { Field } from '../print/press.js';
import { inWords } from './flat.js';
import { joined } from './joined.js';

const NOTHING: JsonObject = {};

export class Answers {
  private readonly schema: ObjectSchema;
  private readonly data: JsonObject;
  private readonly taken = new Set<string>();
  private readonly parts = new Map<string, Answers>();
  private readonly lists = new Map<string, readonly (Answers | undefined)[]>();

  constructor(schema: ObjectSchema, data: JsonObject) {
    this.schema = schema;
    this.data = data;
  }

  /** The value itself, not taken. */
  peek(path: string): Json | undefined {
    const [whose, name] = this.at(path);
    return whose.data[name];
  }

  /** Label of an answer, as the paper has it. */
  title(path: string): string {
    const [whose, name] = this.at(path);
    return whose.schema.properties[name]?.title ?? name;
  }

  /** Words of an answer, or of a list of plain ones; undefined where it was not sent. */
  say(path: string): string | undefined {
    const [whose, name] = this.at(path);
    const schema = whose.schema.properties[name];
    const value = whose.data[name];
    if (value === undefined || schema === undefined) return undefined;
    whose.taken.add(name);
    return inWords(schema, value);
  }

  /** Answers with their labels; those that were not sent have none. */
  fields(...paths: readonly string[]): Field[] {
    return paths.flatMap((path) => this.field(path, this.title(path)));
  }

  /** One answer under another label; '' for the words alone. */
  field(path: string, label = ''): Field[] {
    const value = this.say(path);
    return value === undefined ? [] : [{ label, value }];
  }

  /** Those of some answers that were sent, joined. */
  joined(paths: readonly string[], between = ', '): string {
    return joined(
      paths.map((path) => this.say(path)),
      between,
    );
  }

  /** A group within: empty where it was not sent. */
  part(name: string): Answers {
    const known = this.parts.get(name);
    if (known !== undefined) return known;
    const value = this.data[name];
    const schema = this.schema.properties[name] as ObjectSchema;
    const part = new Answers(schema, isObject(value) ? value : NOTHING);
    this.parts.set(name, part);
    return part;
  }

  /** The things of a list; one that is no group stays with what is left over. */
  list(name: string): readonly Answers[] {
    return this.things(name).filter((thing) => thing !== undefined);
  }

  /** Was anything sent? */
  get isSent(): boolean {
    return Object.values(this.data).some((value) => value !== undefined);
  }

  /** What nobody took, as it was sent. */
  left(): JsonObject {
    const left: Record<string, Json> = {};
    for (const name of Object.keys(this.schema.properties)) {
      const value = this.data[name];
      if (value === undefined || this.taken.has(name)) continue;
      const rest = this.leftOf(name, value);
      if (rest !== undefined) left[name] = rest;
    }
    return left;
  }

  /** What nobody took, each with its label, and takes it. */
  others(): Field[] {
    const left = this.left();
    return Object.entries(this.schema.properties).flatMap(([name, schema]): Field[] => {
      const value = left[name];
      if (value === undefined) return [];
      this.taken.add(name);
      return [{ label: schema.title, value: inWords(schema, value) }];
    });
  }

  /** Labels of the answers among these that were not sent. */
  missing(...paths: readonly string[]): string[] {
    return paths.filter((path) => this.peek(path) === undefined).map((path) => this.title(path));
  }

  private things(name: string): readonly (Answers | undefined)[] {
    const known = this.lists.get(name);
    if (known !== undefined) return known;
    const value = this.data[name];
    const items = (this.schema.properties[name] as ArraySchema).items as ObjectSchema;
    const things = (Array.isArray(value) ? (value as readonly Json[]) : []).map((thing) =>
      isObject(thing) ? new Answers(items, thing) : undefined,
    );
    this.lists.set(name, things);
    return things;
  }

  private leftOf(name: string, value: Json): Json | undefined {
    const part = this.parts.get(name);
    if (part !== undefined && isObject(value)) return someOf(part.left());
    const things = this.lists.get(name);
    if (things === undefined || !Array.isArray(value)) return value;
    const left = (value as readonly Json[]).flatMap((thing, i): Json[] => {
      const told = things[i];
      const rest = told === undefined ? thing : someOf(told.left());
      return rest === undefined ? [] : [rest];
    });
    return left.length === 0 ? undefined : left;
  }

  private at(path: string): [whose: Answers, name: string] {
    const dot = path.indexOf('.');
    if (dot < 0) return [this, path];
    return this.part(path.slice(0, dot)).at(path.slice(dot + 1));
  }
}

const someOf = (data: JsonObject): JsonObject | undefined =>
  Object.keys(data).length === 0 ? undefined : data;
