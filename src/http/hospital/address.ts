/** Addresses that answers hold. https://hl7.org/fhir/R4/http.html#general */
import type { FastifyRequest } from 'fastify';

export interface Place {
  /** As configured, without a slash at its end; '' for the host that the caller used. */
  readonly publicUrl: string;
  /** Path of the service's FHIR side, `/fhir`. */
  readonly prefix: string;
}

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i;

/** The service base URL, as the caller can use it. */
export function baseUrl(request: FastifyRequest, { publicUrl, prefix }: Place): string {
  if (publicUrl !== '') return publicUrl + prefix;
  const host = HOST.test(request.host) ? request.host : 'localhost';
  return `${request.protocol}://${host}${prefix}`;
}
