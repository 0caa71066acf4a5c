/** Puts the workshop, the store and the hospital's side together into the service. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { forms } from './forms/index.js';
import { hospitalRoutes } from './http/hospital/routes.js';
import { validating } from './http/hospital/validating.js';
import { isObject, type JsonObject } from './mapping/json.js';
import type { Assemble, Assembly } from './server.js';
import { createCopies } from './transfer/copies.js';
import { envelope, packageSchema } from './transfer/red-bag.js';
import { routingOf } from './transfer/routing-of.js';
import { createService } from './transfer/service.js';
import { createTerminologyServer } from './validation/terminology/server.js';
import { resourceTypes } from './validation/validator.js';
import { openWorkshop } from './workshop/workshop.js';

/** Makes the service's parts; the caller closes them. */
export const assemble: Assemble = async ({
  store,
  hospitals,
  demonstration,
  safeguardingOnPageOne,
  publicUrl,
  threads,
  terminologyServer,
  validationLimitMs,
  secret,
  wake,
}): Promise<Assembly> => {
  const example = bettysBag();
  const workshop = openWorkshop({
    settings: { demonstration, safeguardingOnPageOne, publicUrl },
    ...(threads === undefined ? {} : { threads }),
    ...(example === undefined ? {} : { rehearsal: Buffer.from(JSON.stringify(example)) }),
  });
  const service = createService({ store, maker: workshop, routing: routingOf, hospitals, wake });
  const copies = createCopies(store, workshop);
  return {
    service,
    archive: copies.archive,
    packages: {
      packageSchema,
      forms: Object.fromEntries([
        ...forms.map((f) => [f.member, f.schema] as const),
        [envelope.name, envelope.schema],
      ]),
      examples: example === undefined ? {} : { betty: { summary: 'A whole Red Bag', value: example } },
    },
    hospital: hospitalRoutes({
      store,
      copies,
      validator: validating(workshop, {
        timeLimitMs: validationLimitMs,
        atOnce: Math.max(1, Math.floor((threads ?? availableParallelism() - 1) / 2)),
        ...(terminologyServer === undefined
          ? {}
          : { terminology: createTerminologyServer(terminologyServer) }),
      }),
      resourceTypes: resourceTypes(),
      demonstration,
      ...(secret === undefined ? {} : { secret }),
    }),
    listening: () => workshop.start(),
    close: () => workshop.close(),
  };
};

/** Where the fixtures are at hand. */
function bettysBag(): JsonObject | undefined {
  try {
    const text = readFileSync(new URL('../fixtures/betty/red-bag.json', import.meta.url), 'utf8');
    const bag: unknown = JSON.parse(text);
    return isObject(bag) ? bag : undefined;
  } catch {
    return undefined;
  }
}
