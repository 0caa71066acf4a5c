/**
 * One bearer token for every caller, as the operator set it: enough for one home or a closed network.
 * RFC 6750, https://www.rfc-editor.org/rfc/rfc6750
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessControl } from './access.js';

/** @param token as callers send it after `Bearer` */
export function sharedToken(token: string): AccessControl {
  const expected = digest(token);
  return {
    guards: true,
    admit: ({ headers }) => {
      const sent = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1];
      return sent !== undefined && timingSafeEqual(digest(sent), expected)
        ? { admitted: true, caller: 'shared-token' }
        : { admitted: false, because: 'not-authorised' };
    },
  };
}

/** Equal length, so that the comparison takes the same time for every token. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
