/** The cover on paper: what this package is, who sent it and with what, where to; and where the document comes from. */

import { Answers } from '../forms/answers.js';
import { everything, type Page } from '../forms/page.js';
import { joined, personWords, plain, row, rowsBlock } from '../forms/paper.js';
import type { ObjectSchema } from '../mapping/schema.js';
import { formatMoment } from '../print/format.js';
import type { Block, Field } from '../print/press.js';
import { bundleId } from './document.js';
import type { PrintAbout } from './making.js';

/** The page of the envelope, for its schema with or without the attachments. */
export const envelopePage =
  (schema: ObjectSchema): Page =>
  (data) => {
    const envelope = new Answers(schema, data);
    const sender = envelope.part('sender');
    const organisation = sender.part('organisation');
    const address = organisation.part('address').joined(['lines', 'postcode']);
    const hospitals = envelope.list('destinations').map((hospital): Field => {
      const label = hospital.say('name');
      const value = `ODS code ${hospital.say('odsCode')}`;
      return label === undefined ? { label: '', value } : { label, value };
    });
    return [
      ...rowsBlock(
        row(
          'Sender',
          organisation.fields('name', 'telephone24h', 'odsCode', 'cqcLocationId'),
          address === '' ? [] : [{ label: 'Address', value: address }],
        ),
        row('Sent by', plain(personWords(sender.part('person')))),
        row('To', hospitals),
        row('Package', envelope.fields('packageId', 'mode', 'createdAt', 'format')),
        row('Software', plain(joined([sender.part('software').joined(['name', 'version', 'supplier'])]))),
      ),
      ...everything(schema, envelope.left()),
    ];
  };

/** Where this document comes from: what to ask for by telephone, and where the same content lies. */
export const originBlocks = ({ bagId, version }: PrintAbout, created: string): Block[] => [
  {
    kind: 'facts',
    rows: [
      {
        head: 'This document',
        facts: [
          { label: 'Bag', value: bagId },
          { label: 'Document', value: bundleId(bagId, version) },
          { label: 'Version', value: String(version) },
          { label: 'Ages and "days ago" reckoned from', value: formatMoment(created) },
          {
            label: '',
            value:
              'An information copy made from what the care home sent. The same content lies beside it as a FHIR document.',
          },
        ],
      },
    ],
  },
];
