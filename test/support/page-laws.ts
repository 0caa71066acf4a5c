/** What holds of every paper's page: each leaf that was sent stands on it, in the words of the page. */
import fc from 'fast-check';
import type { Test } from 'tap';
import type { Form } from '#src/forms/form.js';
import { show } from '#src/forms/page.js';
import { type Json, type JsonObject, leaves } from '#src/mapping/json.js';
import type { FormSchema, LeafSchema } from '#src/mapping/schema.js';
import { asBlocks } from '#src/print/front-words.js';
import type { Block } from '#src/print/press.js';
import { arbitraryOf } from './arbitrary.js';

/** All words of blocks, one string. */
export const textOf = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((b): readonly string[] => {
      switch (b.kind) {
        case 'heading':
        case 'paragraph':
          return [b.text];
        case 'banner':
          return [b.title, ...b.lines];
        case 'fields':
          return b.fields.flatMap((f) => [f.label, f.value]);
        case 'facts':
          return b.rows.flatMap((row) => [row.head, ...row.facts.flatMap((f) => [f.label, f.value])]);
        case 'list':
          return b.items;
        case 'table':
          return [b.caption, ...b.columns.map((c) => c.title), ...b.rows.flat()];
        case 'chart':
          return [
            b.caption,
            ...b.columns,
            ...(b.key ?? []).flatMap((row) => [row.head, ...row.facts.flatMap((f) => [f.label, f.value])]),
            ...b.sections.flatMap(({ title, groups }) => [
              title ?? '',
              ...groups.flatMap((g) => [g.name, g.text, ...g.rows.flatMap((r) => [r.head, ...r.cells])]),
            ]),
          ];
        case 'front':
          return [textOf(asBlocks(b))];
        case 'image':
          return [b.alt];
        case 'foreign-pages':
        case 'attached-picture':
          return [b.title, ...b.lines, b.strip];
        default:
          return [];
      }
    })
    .join('\n');

/** Answers that the page gives without their own word: the group that an aid stands in, a time that is known. */
export const saidByPlace = (pointer: string, value: Json): boolean =>
  /\/aids\/\d+\/withPerson$/.test(pointer) ||
  (value === 'yes' && /\/(?:lastSeenWell|found|onset)\/known$/.test(pointer));

/** Gives the words of a leaf that are not on the page. */
export function missingOnPage(form: Form, data: JsonObject, created: string): string[] {
  const page = textOf(form.page(data, { created, package: { [form.member]: data } }));
  return [...leaves(data)].flatMap(([pointer, value]) => {
    const leaf = leafAt(form.schema, pointer);
    const words = show(leaf, value);
    return leaf.format === 'base64' || saidByPlace(pointer, value) || page.includes(words)
      ? []
      : [`${pointer}: ${words}`];
  });
}

function leafAt(schema: FormSchema, pointer: string): LeafSchema {
  let at = schema as { properties?: Record<string, FormSchema>; items?: FormSchema };
  for (const name of pointer.split('/').slice(1)) {
    at = (at.properties ? at.properties[name] : at.items) as typeof at;
  }
  return at as unknown as LeafSchema;
}

/** Proves on random papers that nothing is left off the page, and that values not understood can stand anywhere. */
export function provesPageLaws(t: Test, form: Form, runs = 150): void {
  t.test(`${form.name}: every leaf is on the page`, (t) => {
    fc.assert(
      fc.property(arbitraryOf(form.schema), (generated) => {
        const missing = missingOnPage(form, generated as JsonObject, '2026-11-22T03:12:00+00:00');
        if (missing.length > 0) throw new Error(missing.join('\n'));
      }),
      { numRuns: runs },
    );
    t.end();
  });
  provesOddValuesShown(t, form, runs);
}

/** Proves on random papers that values not understood stand on the page as they were sent. */
export function provesOddValuesShown(t: Test, form: Form, runs = 150): void {
  t.test(`${form.name}: a value that was not understood is on the page as it was sent`, (t) => {
    fc.assert(
      fc.property(arbitraryOf(form.schema), (generated) => {
        const shown = odd(form.schema, generated as Json) as JsonObject;
        const page = textOf(form.page(shown, { created: '2026-11-22T03:12:00+00:00', package: {} }));
        for (const [pointer, value] of leaves(shown)) {
          if (typeof value === 'string' && value.startsWith('NOT UNDERSTOOD') && !page.includes(value)) {
            throw new Error(`${pointer} is not on the page`);
          }
        }
      }),
      { numRuns: runs },
    );
    t.end();
  });
}

const CONTENT = new Set([
  'date',
  'partial-date',
  'date-time',
  'clock',
  'uri',
  'nhs-number',
  'snomed-code',
  'ods-code',
]);

function odd(schema: FormSchema, value: Json): Json {
  const s = schema as { properties?: Record<string, FormSchema>; items?: FormSchema };
  if (s.properties) {
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([k, v]) => [
        k,
        odd(s.properties?.[k] as FormSchema, v as Json),
      ]),
    );
  }
  if (s.items) return (value as readonly Json[]).map((v) => odd(s.items as FormSchema, v));
  const leaf = schema as LeafSchema;
  return typeof value === 'number' || CONTENT.has(leaf.format ?? '')
    ? `NOT UNDERSTOOD: ${String(value)}`
    : value;
}
