/** The cover of the Red Bag: what it is, who sends it, for which resident's transfer, and to which hospitals. */
import { person } from '../forms/common.js';
import { choice, formatted, group, line, many, optional, Type } from '../forms/elements.js';
import type { ObjectSchema } from '../mapping/schema.js';

/** Package formats that are served. */
export const PACKAGE_FORMAT = 'redbag/1';

export const address = (title: string) =>
  group(title, {
    lines: many('Address lines', line('Address line'), 5),
    postcode: optional(line('Postcode')),
  });

const organisation = group('Sending organisation', {
  name: line('Name'),
  odsCode: optional(
    formatted('own-ods-code', 'ODS code', 'Site code of the care home. This or cqcLocationId is needed.'),
  ),
  cqcLocationId: optional(formatted('own-cqc-location', 'CQC location id')),
  telephone24h: line(
    'Telephone, day and night',
    'Where the ward reaches somebody who knows the resident, at any hour.',
  ),
  address: optional(address('Address')),
});

const software = group('Sending software', {
  name: line('Name'),
  version: line('Version'),
  supplier: optional(line('Supplier')),
});

export const envelopeProperties = {
  format: Type.Unsafe<typeof PACKAGE_FORMAT>({
    type: 'string',
    title: 'Package format',
    const: PACKAGE_FORMAT,
    format: 'line',
  }),
  packageId: formatted(
    'package-id',
    'Package id',
    'Yours; unique within the sending organisation. The same id with the same content is accepted once.',
  ),
  mode: choice(
    'transfer-mode',
    'Mode',
    { urgent: 'Urgent', complete: 'Complete' },
    'urgent: the least that may travel, amended later. complete: everything PRSB makes mandatory.',
  ),
  createdAt: formatted('instant', 'Package made at'),
  sender: group('Sender', { organisation, person: person('Person sending'), software }),
  destinations: optional(
    many(
      'Destinations',
      group('Destination', {
        odsCode: formatted('ods-code', 'ODS code of the hospital'),
        name: optional(line('Name')),
      }),
      10,
    ),
  ),
};

/** The envelope by itself, as one form. */
export const envelopeSchema = group('Red Bag transfer', envelopeProperties) as unknown as ObjectSchema;
