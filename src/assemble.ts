/** Puts the forms, the document, the validator and the press together into the service. */
import { readFileSync } from 'node:fs';
import { forms } from './forms/index.js';
import { sharing } from './forms/resident/sharing.js';
import { hospitalRoutes } from './http/hospital/routes.js';
import { createPackageCheck } from './intake/check.js';
import { formats } from './mapping/formats.js';
import { isObject, type JsonObject } from './mapping/json.js';
import { createPrinter } from './print/pool.js';
import type { Assemble, Assembly } from './server.js';
import { attachmentFindings } from './transfer/attachment-content.js';
import { PACKAGE_FORMAT } from './transfer/envelope.js';
import { layOut } from './transfer/pages.js';
import { envelope, packageRules, packageSchema, redBag } from './transfer/red-bag.js';
import type { Routing } from './transfer/routing.js';
import { createService } from './transfer/service.js';
import { createValidator, resourceTypes } from './validation/validator.js';

/** A page takes some 50 ms; a hostile bag must not hold a worker for long. */
const PRINT_LIMIT_MS = 20_000;
const PRINT_QUEUE = 64;

/** The check of a package: the same for HTTP and the command line. */
export const checkPackage = createPackageCheck({
  served: [PACKAGE_FORMAT],
  schema: packageSchema,
  formats,
  rules: packageRules,
});

/** Consent and sensitivity of a package. */
export function routingOf(sent: JsonObject): Routing {
  const resident = isObject(sent['resident']) ? sent['resident'] : {};
  return { sharing: sharing(resident), sensitive: resident['sensitive'] === true };
}

/** Makes the service's parts; the caller closes them. */
export const assemble: Assemble = async ({
  store,
  hospitals,
  demonstration,
  safeguardingOnPageOne,
  secret,
  wake,
}): Promise<Assembly> => {
  const printer = createPrinter({ timeLimitMs: PRINT_LIMIT_MS, queueLimit: PRINT_QUEUE });
  const validator = createValidator();
  const service = createService({
    store,
    kind: redBag,
    check: checkPackage,
    checkAttachments: (sent) => attachmentFindings(sent, forms),
    validator,
    print: (document) => printer.print(document),
    layOut: (prepared, about) => layOut(redBag, prepared, { ...about, safeguardingOnPageOne }),
    routing: routingOf,
    hospitals,
    demonstration,
    wake,
  });
  return {
    service,
    packages: {
      packageSchema,
      forms: Object.fromEntries([
        ...forms.map((f) => [f.member, f.schema] as const),
        [envelope.name, envelope.schema],
      ]),
      examples: examples(),
    },
    hospital: hospitalRoutes({
      store,
      validator,
      resourceTypes: resourceTypes(),
      demonstration,
      ...(secret === undefined ? {} : { secret }),
    }),
    close: () => printer.close(),
  };
};

/** Betty's bag, where the fixtures are at hand. */
function examples(): Record<string, { summary: string; value: unknown }> {
  try {
    const text = readFileSync(new URL('../fixtures/betty/red-bag.json', import.meta.url), 'utf8');
    return { betty: { summary: 'A whole Red Bag', value: JSON.parse(text) } };
  } catch {
    return {};
  }
}
