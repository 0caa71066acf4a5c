/**
 * No access control, for the demonstration on this machine alone. The Host header is looked at, because a web page can
 * lead its own name to 127.0.0.1 and would otherwise read the answers (DNS rebinding).
 */
import type { AccessControl } from './access.js';

const OWN_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

export const openAccess: AccessControl = {
  guards: false,
  admit: ({ headers }) =>
    headers.host === undefined || OWN_HOST.test(headers.host)
      ? { admitted: true, caller: 'open' }
      : { admitted: false, because: 'wrong-host' },
};

/** True for an address of this machine that no other can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
