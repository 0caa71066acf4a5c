/**
 * The FHIR side, for hospitals that pull: each interaction has its file, here they get their addresses.
 * https://hl7.org/fhir/R4/http.html
 */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Store } from '../../store/store.js';
import { AllowedMethods } from '../allowed-methods.js';
import { guard } from '../context.js';
import { takeOnly } from './bodies.js';
import { capabilities } from './capabilities.js';
import { createDocuments } from './documents.js';
import { handleErrors } from './errors.js';
import { history } from './history.js';
import type { HospitalMount, IdParams, Parts, VersionParams } from './interaction.js';
import { read } from './read.js';
import { readBinary } from './read-binary.js';
import { readBundle } from './read-bundle.js';
import { createSeal } from './seal.js';
import { search } from './search.js';
import { validate } from './validate.js';
import { vread } from './vread.js';

/** A form holds a search and nothing else. */
const FORM_LIMIT = 64 * 1024;

export interface HospitalOptions
  extends Pick<Parts, 'copies' | 'validator' | 'resourceTypes' | 'demonstration'> {
  readonly store: Store;
  /** For links that are to hold in every process of the service, and after a restart. */
  readonly secret?: string;
}

/** Makes the plugin, to be registered with a prefix. */
export function hospitalRoutes(options: HospitalOptions): FastifyPluginAsync<HospitalMount> {
  const { store, copies, validator, resourceTypes, demonstration } = options;
  const documents = createDocuments(store);
  const seal = createSeal(options.secret);
  return async (app, { access, publicUrl }) => {
    const allowed = new AllowedMethods();
    allowed.watch(app);
    handleErrors(app, allowed, resourceTypes, app.prefix);
    guard(app, access);
    const place = { publicUrl, prefix: app.prefix };
    const parts = {
      documents,
      copies,
      validator,
      resourceTypes,
      place,
      seal,
      demonstration,
      guarded: access.guards,
    };
    addReads(app, parts);
    await app.register(async (scope) => {
      takeOnly(scope, ['application/x-www-form-urlencoded'], FORM_LIMIT);
      scope.post('/DocumentReference/_search', search(parts));
    });
    await app.register(async (scope) => {
      takeOnly(scope, ['application/fhir+json', 'application/json', 'text/json']);
      scope.post('/$validate', validate(parts));
      scope.post<{ Params: { type?: string } }>('/:type/$validate', validate(parts));
    });
  };
}

function addReads(app: FastifyInstance, parts: Parts): void {
  app.get('/metadata', capabilities(parts));
  app.get('/DocumentReference', search(parts));
  app.get<{ Params: IdParams }>('/DocumentReference/:id', read(parts));
  app.get<{ Params: IdParams }>('/DocumentReference/:id/_history', history(parts));
  app.get<{ Params: VersionParams }>('/DocumentReference/:id/_history/:versionId', vread(parts));
  app.get<{ Params: IdParams }>('/Binary/:id', readBinary(parts));
  app.get<{ Params: VersionParams }>('/Binary/:id/_history/:versionId', readBinary(parts));
  app.get<{ Params: IdParams }>('/Bundle/:id', readBundle(parts));
  app.get<{ Params: VersionParams }>('/Bundle/:id/_history/:versionId', readBundle(parts));
}
