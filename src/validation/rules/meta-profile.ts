/** The profiles that a resource claims in meta.profile. https://hl7.org/fhir/R4/resource.html#meta */
import { isObject } from '../plan/node.js';
import type { Context, Rule } from './rule.js';

export const metaProfileRule: Rule = (node, context) => {
  const meta = isObject(node.value) ? node.value['meta'] : undefined;
  const profiles = isObject(meta) && Array.isArray(meta['profile']) ? meta['profile'] : [];
  for (const profile of profiles) {
    if (typeof profile !== 'string') continue;
    if (!context.definitions.has(profile)) {
      const claim =
        node
          .child('meta')
          ?.named('profile')
          .find(({ value }) => value === profile) ?? node;
      context.report(claim, {
        severity: isElsewhere(profile, context) ? 'information' : 'warning',
        code: 'not-found',
        rule: 'profile-unknown',
        message: `the profile ${profile} is not loaded: not checked`,
        source: 'https://hl7.org/fhir/R4/resource.html#Meta',
      });
    } else context.checkProfile(node, profile);
  }
};

function isElsewhere(profile: string, context: Context): boolean {
  return context.policy.elsewhere.some((start) => profile.startsWith(start));
}
