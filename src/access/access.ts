/**
 * Who may call. This is the seam: routes know the interface only; tokens by organisation and scope come with their own
 * implementation of it.
 */
import type { FastifyRequest } from 'fastify';

export type Admission =
  | { readonly admitted: true; readonly caller: string }
  | { readonly admitted: false; readonly because: 'not-authorised' | 'wrong-host' };

export interface AccessControl {
  /** True when it is safe to listen on other addresses than this machine's own. */
  readonly guards: boolean;
  admit(request: FastifyRequest): Admission;
}
