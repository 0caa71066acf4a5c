/** A bag from a file, with the checks of the service. */

import { forms } from '../forms/index.js';
import { checkPackage } from '../maker.js';
import { attachmentFindings } from '../transfer/attachment-content.js';
import { bagIdOf } from '../transfer/identity.js';
import { createInspection, type Inspected } from '../transfer/inspection.js';
import { makeDocument } from '../transfer/making.js';
import { redBag } from '../transfer/red-bag.js';
import { createValidator } from '../validation/validator.js';
import { readInput } from './files.js';
import { issueLine } from './issue-line.js';
import type { Streams } from './outcome.js';

const inspection = createInspection({
  check: checkPackage,
  checkAttachments: (sent) => attachmentFindings(sent, forms),
});

/** Every check of `POST /red-bags` that needs no service. */
export const inspectBag = (bytes: Uint8Array) => inspection(bytes, new Date().toISOString());

/** Reads and inspects; says what is wrong. Undefined when the bag is invalid. Throws CannotBeDone. */
export async function readBag(file: string, { say }: Streams): Promise<Inspected | undefined> {
  const inspected = await inspectBag(await readInput(file));
  for (const issue of inspected.issues) say(issueLine(file, issue));
  if (inspected.kind === 'good') return inspected;
  say(`${file}: NOT valid, so nothing is made of it`);
  return undefined;
}

/** The document of a bag as its first version. Throws OwnDocumentInvalid. */
export const documentOf = (inspected: Inspected) =>
  makeDocument(
    { kind: redBag, validator: createValidator(), demonstration: false },
    inspected,
    bagIdOf(inspected.sent),
    1,
  );
