/** Checks a resource against the profiles that a guide or a CapabilityStatement chooses for its type. */
import { bare } from '../definitions/registry.js';
import { isObject, type Node } from '../plan/node.js';
import type { Context } from './rule.js';

const CAPABILITY =
  'https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource';

/** Takes the resource and the CapabilityStatement that the caller named, if any. */
export function checkChosen(node: Node, capabilityStatement: string | undefined, context: Context): void {
  const { chosen } = context.definitions;
  for (const profile of chosen.globalProfiles(node.type)) {
    if (context.definitions.has(profile)) context.checkProfile(node, profile);
  }
  if (capabilityStatement === undefined) return;
  const demanded = chosen.demandedBy(bare(capabilityStatement), node.type);
  if (demanded === undefined) {
    const message = `the CapabilityStatement ${capabilityStatement} is not loaded`;
    context.report(node, { code: 'not-found', rule: 'capability-unknown', message, source: CAPABILITY });
    return;
  }
  if (demanded.profile !== undefined) checkDemanded(node, demanded.profile, context);
  checkSupported(node, demanded.supported, context);
}

function checkDemanded(node: Node, profile: string, context: Context): void {
  if (context.definitions.has(profile)) context.checkProfile(node, profile);
  else {
    const message = `the profile ${profile}, which the CapabilityStatement demands, is not loaded: not checked`;
    context.report(node, {
      severity: 'warning',
      code: 'not-found',
      rule: 'profile-unknown',
      message,
      source: CAPABILITY,
    });
  }
}

/** One that the resource claims is checked where it claims it; else it must conform to one of them. */
function checkSupported(node: Node, supported: readonly string[], context: Context): void {
  if (supported.length === 0) return;
  const meta = isObject(node.value) ? node.value['meta'] : undefined;
  const claims =
    isObject(meta) && Array.isArray(meta['profile']) ? meta['profile'].map(String).map(bare) : [];
  if (supported.some((url) => claims.includes(bare(url)))) return;
  const [only, ...others] = supported;
  if (others.length === 0 && only !== undefined) {
    checkDemanded(node, only, context);
    return;
  }
  if (supported.some((url) => !context.definitions.has(url) || context.conforms(node, url))) return;
  context.report(node, {
    code: 'structure',
    rule: 'capability-profile',
    message: `conforms to none of the profiles that the CapabilityStatement names: ${supported.join(', ')}`,
    source: CAPABILITY,
  });
}
