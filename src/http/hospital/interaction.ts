/** What the files of this folder share: each holds one FHIR interaction, as a handler made from these parts. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessControl } from '../../access/access.js';
import type { Copies } from '../../transfer/copies.js';
import type { ValidateOptions, ValidationOutcome } from '../../validation/outcome.js';
import type { Place } from './address.js';
import type { Documents } from './documents.js';
import type { Seal } from './seal.js';

/** What the application gives the plugin when it mounts it. */
export interface HospitalMount {
  readonly access: AccessControl;
  /** In front of links; '' for the host that the caller used. */
  readonly publicUrl: string;
}

/** Validates, here or in another thread. */
export interface Validates {
  validate(resource: unknown, options?: ValidateOptions): ValidationOutcome | Promise<ValidationOutcome>;
}

export interface Parts {
  /** Copies that say that they do not hold any more. */
  readonly copies: Pick<Copies, 'marked'>;
  readonly documents: Documents;
  readonly validator: Validates;
  /** Names of all R4 resource types. */
  readonly resourceTypes: readonly string[];
  readonly place: Place;
  readonly seal: Seal;
  readonly demonstration: boolean;
  /** True when callers must show a token. */
  readonly guarded: boolean;
}

export type Handler<Params = unknown> = (
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
) => Promise<FastifyReply>;

export interface IdParams {
  readonly id: string;
}

export interface VersionParams extends IdParams {
  readonly versionId: string;
}
