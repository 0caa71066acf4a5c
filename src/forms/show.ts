/** Words for a leaf on paper. */
import type { Json } from '../mapping/json.js';
import { showLeaf } from '../mapping/outline.js';
import type { LeafSchema } from '../mapping/schema.js';
import { formatDay, formatMoment, formatNhsNumber } from '../print/format.js';

/** Takes a leaf and its value; dates and NHS numbers as people write them, choices by their label. */
export function show(leaf: LeafSchema, value: Json): string {
  if (typeof value === 'string') {
    if (leaf.format === 'date-time' || leaf.format === 'instant') return formatMoment(value);
    if (leaf.format === 'date' || leaf.format === 'birth-date' || leaf.format === 'partial-date')
      return formatDay(value);
    if (leaf.format === 'nhs-number' && /^[\d ]+$/.test(value))
      return formatNhsNumber(value.replaceAll(' ', ''));
  }
  return showLeaf(leaf, value);
}
