/** Consent and sensitivity of a package. */
import { sharing } from '../forms/resident/sharing.js';
import { isObject, type JsonObject } from '../mapping/json.js';
import type { Routing } from './routing.js';

/** Takes a package that may be taken. */
export function routingOf(sent: JsonObject): Routing {
  const resident = isObject(sent['resident']) ? sent['resident'] : {};
  return { sharing: sharing(resident), sensitive: resident['sensitive'] === true };
}
