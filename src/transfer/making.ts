/** From an inspected package to what a version consists of: validated document, PDF, and what printing had to say. */
import type { Finding } from '../forms/finding.js';
import type { JsonObject } from '../mapping/json.js';
import type { PrintDocument, Printed } from '../print/press.js';
import type { Validator } from '../validation/outcome.js';
import { changesSince } from './changes.js';
import { type AssembledDocument, assembleDocument, type DocumentKind } from './document.js';
import type { Inspected } from './inspection.js';
import { type Prepared, prepare } from './prepared.js';

export interface PrintAbout {
  readonly bagId: string;
  readonly version: number;
  readonly demonstration: boolean;
  /** What differs from the version before, in words; empty for version 1. */
  readonly changes: readonly string[];
  /** Only where this site permits it; absent: page one says nothing of safeguarding. */
  readonly safeguardingOnPageOne?: boolean;
}

export interface MakingOptions {
  readonly kind: DocumentKind;
  readonly validator: Validator;
  readonly print: (document: PrintDocument) => Promise<Printed>;
  /** Lays out a version's pages. */
  readonly layOut: (prepared: Prepared, about: PrintAbout) => PrintDocument;
  readonly demonstration: boolean;
}

export interface Made {
  readonly prepared: Prepared;
  readonly document: AssembledDocument;
  readonly pdf: Uint8Array;
  readonly findings: readonly Finding[];
}

/** Our own document breaks a profile: a fault of the service, never of the sender. Holds rules and paths, no content. */
export class OwnDocumentInvalid extends Error {
  override readonly name = 'OwnDocumentInvalid';
  readonly safeToLog = true;
}

/** The document of an inspected package, validated. Throws OwnDocumentInvalid. */
export function makeDocument(
  options: Pick<MakingOptions, 'kind' | 'validator' | 'demonstration'>,
  inspected: Inspected,
  bagId: string,
  version: number,
): { prepared: Prepared; document: AssembledDocument } {
  const prepared = prepare(inspected.sent, inspected.notUnderstood);
  const document = assembleDocument(options.kind, {
    prepared,
    bagId,
    version,
    demonstration: options.demonstration,
  });
  const outcome = options.validator.validate(document.bundle);
  if (!outcome.valid) {
    const faults = outcome.issues.filter((i) => i.severity === 'error' || i.severity === 'fatal');
    throw new OwnDocumentInvalid(faults.map((f) => `${f.rule} at ${f.expression}`).join('; '));
  }
  return { prepared, document };
}

/** Makes all of a version; `before` is the package of the version before it. Throws OwnDocumentInvalid. */
export async function makeVersion(
  options: MakingOptions,
  inspected: Inspected,
  bagId: string,
  version: number,
  before?: JsonObject,
): Promise<Made> {
  const { prepared, document } = makeDocument(options, inspected, bagId, version);
  const changes = before === undefined ? [] : changesSince(options.kind.schema, before, inspected.sent);
  const about = { bagId, version, demonstration: options.demonstration, changes };
  const printed = await options.print(options.layOut(prepared, about));
  return { prepared, document, pdf: printed.pdf, findings: printFindings(printed) };
}

function printFindings({ missingCharacters, plain }: Printed): Finding[] {
  const characters = missingCharacters.slice(0, 20).join(' ');
  return [
    ...(missingCharacters.length > 0
      ? [{ code: 'characters-not-printed', pointer: '', values: { characters } }]
      : []),
    ...(plain ? [{ code: 'printed-plainly', pointer: '' }] : []),
  ];
}
