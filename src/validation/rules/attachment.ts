/** Attachment: size and hash agree with the data. https://hl7.org/fhir/R4/datatypes.html#attachment */
import { createHash } from 'node:crypto';
import { isObject } from '../plan/node.js';
import type { Rule } from './rule.js';

const SOURCE = 'https://hl7.org/fhir/R4/datatypes.html#attachment';

export const attachmentRule: Rule = (node, context) => {
  const attachment = node.value;
  if (!isObject(attachment) || typeof attachment['data'] !== 'string') return;
  const { size, hash } = attachment;
  if (typeof size !== 'number' && typeof hash !== 'string') return;
  const bytes = Buffer.from(attachment['data'], 'base64');
  if (typeof size === 'number' && size !== bytes.length) {
    context.report(node, {
      code: 'structure',
      rule: 'attachment-size',
      message: `size says ${size}, but the data are ${bytes.length} bytes long`,
      source: SOURCE,
    });
  }
  if (typeof hash === 'string' && hash !== createHash('sha1').update(bytes).digest('base64')) {
    context.report(node, {
      code: 'structure',
      rule: 'attachment-hash',
      message: 'hash is not the SHA-1 of the data',
      source: SOURCE,
    });
  }
};
