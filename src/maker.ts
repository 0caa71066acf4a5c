/** Puts the forms, the document, the validator and the press together into what makes Red Bags, in whichever thread. */
import { forms } from './forms/index.js';
import { createPackageCheck } from './intake/check.js';
import { formats } from './mapping/formats.js';
import { attachmentFindings } from './transfer/attachment-content.js';
import { PACKAGE_FORMAT } from './transfer/envelope.js';
import type { MakingOptions } from './transfer/making.js';
import { layOut } from './transfer/pages.js';
import { packageRules, packageSchema, redBag } from './transfer/red-bag.js';
import { routingOf } from './transfer/routing-of.js';

/** The check of a package: the same for HTTP and the command line. */
export const checkPackage = createPackageCheck({
  served: [PACKAGE_FORMAT],
  schema: packageSchema,
  formats,
  rules: packageRules,
});

/** What this site has settled of how bags are made. */
export interface MakingSettings {
  readonly demonstration: boolean;
  readonly safeguardingOnPageOne: boolean;
  /** Under which callers reach the service; absent: documents do not say where they are. */
  readonly publicUrl?: string;
}

/** All that a maker needs but a validator and a press. */
export function redBagMaking(settings: MakingSettings): Omit<MakingOptions, 'validator' | 'print'> {
  const { demonstration, ...onPages } = settings;
  return {
    kind: redBag,
    check: checkPackage,
    checkAttachments: (sent) => attachmentFindings(sent, forms),
    layOut: (prepared, about) => layOut(redBag, prepared, { ...about, ...onPages }),
    routing: routingOf,
    demonstration,
  };
}
