/** Words for a medicine of the chart, the same in FHIR and on paper. */
import type { Loose } from './schedule.js';
import type { Medicine } from './schema.js';

const NO_BREAK = '\u00a0';

/** Name with strength and form, each said once: `Co-careldopa 25 mg/100 mg tablets`. */
export function medicineName(medicine: Loose<Pick<Medicine, 'name' | 'strength' | 'form'>>): string {
  let words = medicine.name ?? '';
  for (const part of [medicine.strength, medicine.form]) {
    if (part !== undefined && !squeezed(words).includes(squeezed(part))) words = `${words} ${part}`;
  }
  return words.trim();
}

const squeezed = (s: string): string => s.toLowerCase().replaceAll(/\s/g, '').replaceAll(NO_BREAK, '');
