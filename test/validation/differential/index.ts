/** The whole table, and the definitions that its rows need. */
import * as bundles from './bundles.js';
import * as datatypes from './datatypes.js';
import * as definitionRows from './definitions.js';
import * as extensions from './extensions.js';
import * as json from './json.js';
import * as measurements from './measurements.js';
import * as narrative from './narrative.js';
import * as profiles from './profiles.js';
import * as questionnaires from './questionnaires.js';
import * as references from './references.js';
import type { Anything, Row } from './table.js';

/** The rows by what they are about. */
export const TABLE: { readonly [about: string]: readonly Row[] } = {
  json: json.rows,
  datatypes: datatypes.rows,
  narrative: narrative.rows,
  references: references.rows,
  bundles: bundles.rows,
  extensions: extensions.rows,
  profiles: profiles.rows,
  measurements: measurements.rows,
  questionnaires: questionnaires.rows,
  definitions: definitionRows.rows,
};

export const DEFINITIONS: readonly Anything[] = [
  ...extensions.definitions,
  ...profiles.definitions,
  ...questionnaires.definitions,
  ...definitionRows.definitions,
];
