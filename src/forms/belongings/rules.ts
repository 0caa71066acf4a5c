import { isObject, type Json, type JsonObject, member, step } from '../../mapping/json.js';
import type { Finding } from '../finding.js';
import type { Form } from '../form.js';

/** What came home otherwise than it went is said again as a warning (domain AT-28). */
export const belongingsRules: Form['rules'] = (data, pointer) =>
  backFindings(data['items'], `${pointer}/items`);

/**
 * Findings of a list of items on the way home: missing, damaged, or not accounted for. A list on which nothing has
 * come back yet is one on its way out.
 */
export function backFindings(items: Json | undefined, pointer: string): Finding[] {
  const list = Array.isArray(items) ? (items as readonly Json[]) : [];
  const returning = list.some((item) => isObject(item) && item['back'] !== undefined);
  return list.flatMap((item, i): Finding[] => {
    if (!isObject(item)) return [];
    const state = member(item, 'back.state');
    const at = pointer + step(i);
    if (state === 'missing' || state === 'damaged') {
      return [{ code: `belonging-${state}`, pointer: `${at}/back/state` }];
    }
    return returning && unaccounted(item) ? [{ code: 'belonging-not-back', pointer: at }] : [];
  });
}

/** Went out, and nothing says that it came back. */
export const unaccounted = (item: JsonObject): boolean =>
  member(item, 'out.state') === 'present' && item['back'] === undefined;
