/** What an attachment says it is against how its bytes begin. https://hl7.org/fhir/R4/datatypes.html#attachment */
import { isObject } from '../plan/node.js';
import type { Rule } from './rule.js';

/** How files of these types begin, in hexadecimal. */
const BEGINNINGS: { readonly [contentType: string]: RegExp } = {
  'application/pdf': /^(?:[0-9a-f]{2}){0,1024}?255044462d/,
  'image/png': /^89504e470d0a1a0a/,
  'image/jpeg': /^ffd8ff/,
  'image/gif': /^47494638/,
  'image/tiff': /^(?:49492a00|4d4d002a)/,
  'application/zip': /^504b0[357]/,
  'application/gzip': /^1f8b/,
  'application/rtf': /^7b5c727466/,
};
/** Base64 characters that hold the first 1,056 bytes. */
const LOOKED_AT = 1_408;

export const attachmentContentRule: Rule = (node, context) => {
  if (!isObject(node.value)) return;
  const { data, contentType } = node.value;
  if (typeof data !== 'string' || typeof contentType !== 'string') return;
  const type = contentType.replace(/\s*;.*$/, '').toLowerCase();
  const beginning = BEGINNINGS[type];
  if (beginning === undefined) return;
  if (beginning.test(Buffer.from(data.slice(0, LOOKED_AT), 'base64').toString('hex'))) return;
  context.report(node, {
    severity: 'warning',
    code: 'invalid',
    rule: 'attachment-content',
    message: `contentType says ${type}, but the data do not begin so`,
    source: 'https://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.contentType',
  });
};
