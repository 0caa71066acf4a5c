/**
 * From the bytes of a package to all that a version consists of: inspected, asked for, assembled, validated, laid out,
 * printed. It knows no store: whoever keeps the bags is asked in the middle which version is to be made.
 */
import { parseNhsNumber } from '../fhir/nhs-number.js';
import type { Finding } from '../forms/finding.js';
import type { Issue } from '../intake/issue.js';
import { issueOf, type Mode } from '../intake/issues.js';
import { isObject, type JsonObject, member } from '../mapping/json.js';
import type { Node } from '../mapping/path.js';
import { Reader } from '../mapping/read.js';
import type { PrintDocument, Printed, PrintOptions } from '../print/press.js';
import { pack } from '../store/packed.js';
import type { BagVersion, NewDocument } from '../store/store.js';
import type { Validator } from '../validation/outcome.js';
import { contentHash } from './canonical-json.js';
import { changesSince } from './changes.js';
import { type AssembledDocument, assembleDocument, type DocumentKind } from './document.js';
import { documentReferences } from './document-references.js';
import { bagIdOf, senderKey } from './identity.js';
import { createInspection, type Inspected, type InspectionOptions } from './inspection.js';
import { readNotUnderstood } from './not-understood.js';
import { type Prepared, prepare } from './prepared.js';
import { isHidden, namedDestinations, type Routing } from './routing.js';
import type { Invalid, Validated } from './service-interface.js';

export interface PrintAbout {
  readonly bagId: string;
  readonly version: number;
  readonly demonstration: boolean;
  /** What differs from the version before, in words; empty for version 1. */
  readonly changes: readonly string[];
  /** Only where this site permits it; absent: page one says nothing of safeguarding. */
  readonly safeguardingOnPageOne?: boolean;
  /** Why these pages must not be used any more, in capitals: across each of them, and before everything else. */
  readonly mark?: string;
  /** Where callers reach the service: page one leads there with a QR code. Absent or empty: no code. */
  readonly publicUrl?: string;
}

export interface MakingOptions extends Omit<InspectionOptions, 'demonstration'> {
  readonly kind: DocumentKind;
  readonly validator: Validator;
  readonly print: (document: PrintDocument, options?: PrintOptions) => Promise<Printed>;
  /** Lays out a version's pages. */
  readonly layOut: (prepared: Prepared, about: PrintAbout) => PrintDocument;
  readonly routing: (sent: JsonObject) => Routing;
  readonly demonstration: boolean;
}

/** What an inspected package says of itself, before anything is made of it. */
export interface Offer {
  readonly bagId: string;
  readonly sender: string;
  readonly packageId: string;
  readonly contentHash: string;
}

/** What is to be made. */
export interface Order {
  readonly version: number;
  /** The package of the version before it, JSON. */
  readonly before?: string;
}

/** When About Me was last updated by what a package says, and of whom. */
export interface AboutMeHeld {
  readonly nhsNumber: string;
  readonly paper: { readonly lastUpdated?: string; readonly date?: string };
}

/** All of a version but what only the store and the hospitals' list can tell. */
export interface Made {
  readonly kind: 'made';
  readonly identity: Pick<Offer, 'sender' | 'packageId'>;
  readonly mode: Mode;
  readonly routing: Routing;
  readonly destinations: ReturnType<typeof namedDestinations>;
  readonly aboutMe?: AboutMeHeld;
  readonly issues: readonly Issue[];
  readonly version: Omit<BagVersion, 'issues' | 'acceptedAt' | 'package' | 'bundle' | 'coverage'> & {
    readonly [body in 'package' | 'bundle' | 'coverage']: Uint8Array;
  };
  readonly documents: readonly NewDocument[];
}

/** Who asked decided otherwise when it saw the offer. */
export interface NotMade<Instead> {
  readonly kind: 'not-made';
  readonly instead: Instead;
}

/** A version that was made before, with what is needed to draw its pages again. */
export interface Reprint {
  /** Package, document and the package of the version before it, as they were stored (JSON). */
  readonly package: string;
  readonly bundle: string;
  readonly before?: string;
  readonly bagId: string;
  readonly version: number;
  /** As it was when the version was made. */
  readonly demonstration: boolean;
  /** For a copy of what is superseded or withdrawn. */
  readonly mark?: string;
}

export type Decide<Instead> = (offer: Offer) => Promise<Order | { readonly instead: Instead }>;

export interface Maker {
  /** Every check, nothing made. `at` is the clock of the check, ISO. */
  inspect(bytes: Uint8Array, at: string): Promise<Validated>;
  /**
   * Makes a version of a package.
   * @throws OwnDocumentInvalid, and what `decide` throws
   */
  make<Instead>(
    bytes: Uint8Array,
    at: string,
    decide: Decide<Instead>,
  ): Promise<Made | NotMade<Instead> | Invalid>;
  /** Draws the pages of a stored version again, in another form. */
  reprint(version: Reprint, options?: PrintOptions): Promise<Printed>;
}

/** Our own document breaks a profile: a fault of the service, never of the sender. Holds rules and paths, no content. */
export class OwnDocumentInvalid extends Error {
  override readonly name = 'OwnDocumentInvalid';
  readonly safeToLog = true;
}

/** Makes the maker of this thread. */
export function createMaker(options: MakingOptions): Maker {
  const inspect = createInspection(options);
  return {
    async inspect(bytes, at) {
      const { kind, issues } = await inspect(bytes, at);
      return { valid: kind === 'good', issues };
    },
    async make(bytes, at, decide) {
      const inspected = await inspect(bytes, at);
      if (inspected.kind === 'invalid') return inspected;
      const { sent } = inspected;
      const offer = {
        bagId: bagIdOf(sent),
        sender: senderKey(sent),
        packageId: String(sent['packageId']),
        contentHash: contentHash(sent),
      };
      const decided = await decide(offer);
      if ('instead' in decided) return { kind: 'not-made', instead: decided.instead };
      return makeVersion(options, inspected, offer, decided);
    },
    reprint: (version, how) => reprint(options, version, how),
  };
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

async function makeVersion(
  options: MakingOptions,
  inspected: Inspected,
  offer: Offer,
  order: Order,
): Promise<Made> {
  const { sent, mode } = inspected;
  const { bagId } = offer;
  const { version } = order;
  const { prepared, document } = makeDocument(options, inspected, bagId, version);
  const changes = changesOf(options, order.before, sent);
  const about = { bagId, version, demonstration: options.demonstration, changes };
  const printed = await options.print(options.layOut(prepared, about));
  const { pdf } = printed;
  const routing = options.routing(sent);
  const aboutMe = aboutMeOf(sent);
  return {
    kind: 'made',
    identity: { sender: offer.sender, packageId: offer.packageId },
    mode,
    routing,
    destinations: namedDestinations(sent),
    ...(aboutMe === undefined ? {} : { aboutMe }),
    issues: [...inspected.issues, ...printFindings(printed).map((f) => issueOf(f, mode))],
    version: {
      bagId,
      version,
      contentHash: offer.contentHash,
      package: pack(JSON.stringify(sent)),
      bundle: pack(JSON.stringify(document.bundle)),
      coverage: pack(JSON.stringify(document.coverage)),
      pdf,
    },
    documents: documentReferences({
      bagId,
      version,
      clean: prepared.clean,
      sensitive: routing.sensitive,
      hidden: isHidden(routing),
      demonstration: options.demonstration,
      pdf,
    }),
  };
}

/**
 * What was not understood is read from the document: the checks of today may judge otherwise than those that took the
 * package.
 */
async function reprint(options: MakingOptions, stored: Reprint, how?: PrintOptions): Promise<Printed> {
  const { bagId, version, demonstration } = stored;
  const sent = JSON.parse(stored.package) as JsonObject;
  const entries = ((JSON.parse(stored.bundle) as JsonObject)['entry'] ?? []) as unknown as {
    resource: Node;
  }[];
  const prepared = prepare(sent, readNotUnderstood(new Reader(entries.map((e) => e.resource))));
  const about = {
    bagId,
    version,
    demonstration,
    changes: changesOf(options, stored.before, sent),
    ...(stored.mark === undefined ? {} : { mark: stored.mark }),
  };
  return options.print(options.layOut(prepared, about), how);
}

const changesOf = ({ kind }: MakingOptions, before: string | undefined, sent: JsonObject): string[] =>
  before === undefined ? [] : changesSince(kind.schema, JSON.parse(before) as JsonObject, sent);

/** Residents are the same by NHS number only, never by name. */
function aboutMeOf(sent: JsonObject): AboutMeHeld | undefined {
  const paper = sent['thisIsMe'];
  const written = member(sent, 'resident.nhsNumber');
  const nhsNumber = typeof written === 'string' ? parseNhsNumber(written) : undefined;
  if (!isObject(paper) || nhsNumber === undefined) return undefined;
  return { nhsNumber, paper: updatedOf(paper) };
}

/** Of an About Me only what tells its age. */
export function updatedOf(paper: JsonObject): AboutMeHeld['paper'] {
  const { lastUpdated, date } = paper;
  return {
    ...(typeof lastUpdated === 'string' ? { lastUpdated } : {}),
    ...(typeof date === 'string' ? { date } : {}),
  };
}

function printFindings({ missingCharacters, plain, leftOut = [] }: Printed): Finding[] {
  const characters = missingCharacters.slice(0, 20).join(' ');
  return [
    ...(missingCharacters.length > 0
      ? [{ code: 'characters-not-printed', pointer: '', values: { characters } }]
      : []),
    ...(plain ? [{ code: 'printed-plainly', pointer: '' }] : []),
    ...leftOut.map(({ attachment, reason }) => ({
      code: 'attachment-not-printed',
      pointer: `/attachments/${attachment}`,
      values: { reason },
    })),
  ];
}
