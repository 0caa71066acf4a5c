/**
 * Assembles the document Bundle of a package: https://hl7.org/fhir/R4/documents.html
 *
 * Deterministic: the same package as the same version of the same bag gives the same bytes. No clock, no random id:
 * ids are name-based UUIDs of the bag, the version and the place in the package; times are the package's own.
 */

import { narrative } from '../fhir/narrative.js';
import { redbag, systems, ukCore } from '../fhir/systems.js';
import { uuid5 } from '../fhir/uuid.js';
import type { Form } from '../forms/form.js';
import { readForm, writeForm } from '../forms/resources.js';
import { isObject, type Json, type JsonObject } from '../mapping/json.js';
import type { Node } from '../mapping/path.js';
import { Reader } from '../mapping/read.js';
import type { ObjectSchema } from '../mapping/schema.js';
import { type CoverageTarget, Writer, type Written } from '../mapping/write.js';
import { readNotUnderstood, restore, writeNotUnderstood } from './not-understood.js';
import type { Prepared } from './prepared.js';
import { addNarratives } from './resource-narratives.js';
import { attachmentReferences, sectionsOf } from './sections.js';

/** What a kind of document is made of: the envelope's own elements, and the papers. */
export interface DocumentKind {
  /** The whole package's schema. */
  readonly schema: ObjectSchema;
  readonly envelope: Form;
  readonly papers: readonly Form[];
  readonly title: string;
}

export interface DocumentInput {
  readonly prepared: Prepared;
  /** UUID of the bag; Composition.identifier. */
  readonly bagId: string;
  readonly version: number;
  /** Marks every resource HTEST. */
  readonly demonstration: boolean;
}

export interface Coverage {
  readonly leaves: readonly {
    readonly pointer: string;
    readonly targets: readonly CoverageTarget[];
    /** Not in the document: stays with the home because the resident is marked sensitive. */
    readonly withheld?: true;
  }[];
}

export interface AssembledDocument {
  readonly bundle: JsonObject;
  /** UUID of the Bundle; its identifier is `urn:uuid:` and this. */
  readonly id: string;
  readonly coverage: Coverage;
}

const TEST_HEALTH_DATA = { system: systems.actReason, code: 'HTEST', display: 'test health data' };

/** Bundle id of a version of a bag. */
export const bundleId = (bagId: string, version: number): string => uuid5(bagId, `bundle ${version}`);

/** Makes the document of one version of a bag. Throws only on a fault of ours. */
export function assembleDocument(kind: DocumentKind, input: DocumentInput): AssembledDocument {
  const { prepared, bagId, version } = input;
  const { clean, shown } = prepared;
  const writer = new Writer({
    uuid: (name) => uuid5(bagId, `${version} ${name}`),
    source: `urn:uuid:${bagId}`,
    ...(input.demonstration ? { security: [TEST_HEALTH_DATA] } : {}),
  });
  const papers = kind.papers.filter((form) => isObject(clean[form.member]));
  writeForm(writer, kind.envelope, own(clean, kind.papers), '');
  for (const form of papers) writeForm(writer, form, clean[form.member] as JsonObject, `/${form.member}`);
  const odd = writeNotUnderstood(writer, prepared.notUnderstood);
  addProvenance(writer, String(clean['createdAt']));
  writer.finish();
  targetProvenance(writer);

  const composition = writer.role('composition');
  if (!composition) throw new Error('A document needs a Composition');
  const head: Node = {
    identifier: { system: systems.uri, value: `urn:uuid:${bagId}` },
    title: kind.title,
    confidentiality: isSensitive(clean) ? 'R' : 'N',
  };
  if (version > 1) {
    head['relatesTo'] = [
      {
        code: 'replaces',
        targetIdentifier: { system: systems.uri, value: `urn:uuid:${bundleId(bagId, version - 1)}` },
      },
    ];
  }
  Object.assign(composition.resource, head);
  addNarratives(writer, kind.schema, clean);
  const attachments = attachmentReferences(writer, clean);
  composition.resource['section'] = [
    ...papers.flatMap((form) =>
      sectionsOf(writer, { form, shown: shown[form.member] as JsonObject }, attachments),
    ),
    ...sectionsOf(writer, { form: kind.envelope, shown: own(shown, kind.papers) }, attachments),
    ...(odd ? [notUnderstoodSection(writer, prepared)] : []),
  ];
  composition.resource['text'] = narrative([], { lead: `${kind.title}. Version ${version}.` });
  const id = bundleId(bagId, version);
  return {
    id,
    bundle: bundle(id, writer, composition, input, String(clean['createdAt'])),
    coverage: coverageOf(writer, prepared),
  };
}

/** Reads the package back from its document. Normalised and withheld leaves apart, it equals what was sent. */
export function readDocument(kind: DocumentKind, document: JsonObject): JsonObject {
  const entries = (document['entry'] ?? []) as readonly { resource: Node }[];
  const reader = new Reader(entries.map((e) => e.resource));
  const out: Record<string, Json> = { ...readForm(reader, kind.envelope, '') } as Record<string, Json>;
  for (const form of kind.papers) {
    const paper = readForm(reader, form, `/${form.member}`);
    if (paper !== undefined) out[form.member] = paper;
  }
  for (const odd of readNotUnderstood(reader)) restore(out, odd);
  return out;
}

/** The envelope's own members. */
const own = (data: JsonObject, papers: readonly Form[]): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([k]) => !papers.some((form) => form.member === k)));

const isSensitive = (data: JsonObject): boolean =>
  isObject(data['resident']) && data['resident']['sensitive'] === true;

function bundle(
  id: string,
  writer: Writer,
  composition: Written,
  input: DocumentInput,
  timestamp: string,
): JsonObject {
  const entries = [composition, ...writer.resources.filter((w) => w !== composition)];
  return {
    resourceType: 'Bundle',
    id,
    meta: {
      profile: [redbag('StructureDefinition', 'RedBag-Document'), ukCore('Bundle')],
      ...(input.demonstration ? { security: [TEST_HEALTH_DATA] } : {}),
    },
    identifier: { system: systems.uri, value: `urn:uuid:${id}` },
    type: 'document',
    timestamp,
    entry: entries.map((w) => ({ fullUrl: w.fullUrl, resource: w.resource as unknown as JsonObject })),
  };
}

/** A paper that does not say who recorded it was recorded by who sent it (PRSB Provenance v1.2; domain AT-37). */
function addProvenance(writer: Writer, createdAt: string): void {
  const forms = new Set(writer.resources.map((w) => w.form));
  for (const form of forms) {
    const of = writer.resources.filter((w) => w.form === form);
    if (of.some((w) => w.resource.resourceType === 'Provenance')) continue;
    const pointer = of[0]?.pointer.split('/').slice(0, 2).join('/') ?? '';
    writer.form(form, [], {}, pointer);
    const made = writer.add('Provenance', pointer, {
      part: 'provenance',
      section: false,
      profiles: [redbag('StructureDefinition', 'RedBag-Provenance'), ukCore('Provenance')],
      content: { recorded: createdAt, occurredDateTime: createdAt },
    });
    const agent: Node = {
      type: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
            code: 'author',
            display: 'Author',
          },
        ],
      },
    };
    writer.link(agent, 'who', { role: 'sender-practitioner-role' });
    writer.link(agent, 'onBehalfOf', { role: 'sender-organisation' });
    made.resource['agent'] = [agent];
  }
}

/** Every Provenance is of all the resources of its paper, and names the software that put them together. */
function targetProvenance(writer: Writer): void {
  const device = writer.role('device');
  for (const written of writer.resources.filter((w) => w.resource.resourceType === 'Provenance')) {
    if (written.resource['target'] === undefined) {
      written.resource['target'] = writer.resources
        .filter((w) => w.form === written.form && w.resource.resourceType !== 'Provenance')
        .map((w) => ({ reference: w.fullUrl }));
    }
    if (!device) continue;
    const agents = (written.resource['agent'] ?? []) as readonly Node[];
    written.resource['agent'] = [
      ...agents,
      {
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
              code: 'assembler',
              display: 'Assembler',
            },
          ],
        },
        who: { reference: device.fullUrl },
      },
    ];
  }
}

function notUnderstoodSection(writer: Writer, { notUnderstood }: Prepared): Node {
  return {
    title: 'NOT UNDERSTOOD',
    code: { text: 'Values that were not understood' },
    text: narrative(
      notUnderstood.map((n) => ({ label: n.pointer, value: `NOT UNDERSTOOD: ${String(n.value)}` })),
      { lead: 'These values were sent but not understood. Nothing in this document is made from them.' },
    ),
    entry: writer.resources
      .filter((w) => w.section === 'not-understood')
      .map((w) => ({ reference: w.fullUrl })),
  };
}

function coverageOf(writer: Writer, { withheld }: Prepared): Coverage {
  return {
    leaves: [
      ...[...writer.coverage].map(([pointer, targets]) => ({ pointer, targets })),
      ...withheld.map((pointer) => ({ pointer, targets: [], withheld: true as const })),
    ],
  };
}
