/** What the rows of the chart do not say of its medicines: for the pharmacist, not for the drug round. */
import { formatDay } from '../../print/format.js';
import type { FactRow, Field } from '../../print/press.js';
import { amountWords, unbroken } from './dose-text.js';
import { WEEKDAYS, type Weekday } from './medicine.js';
import { medicineName } from './names.js';
import { manyOf, timeOfDay } from './print-times.js';
import { type Loose, scheduleOf } from './schedule.js';
import type { Medicine } from './schema.js';
import { when } from './words.js';

type Shown = Loose<Medicine>;
type Words = string | undefined;
type Dose = NonNullable<Shown['dose']>;

const PRESCRIBER = 'prescriber';
const ROUTE = 'route SNOMED CT';
/** Fewer than these are not worth a line of their own. */
const FEWEST = 3;

/**
 * One after another the medicines of which more was sent. Above them stands what many have in common: the prescriber of
 * most, and the codes of routes that are the same wherever the words are.
 */
export function moreOfAll(all: readonly Shown[]): FactRow[] {
  const codes = routeCodes(all);
  const rows = all.map((m) => ({ head: medicineName(m), facts: moreOf(m, codes) }));
  const shared = mostCommon(rows, PRESCRIBER);
  const told = rows.map(({ head, facts }) => ({
    label: head,
    value: (shared === undefined ? facts : butShared(facts, shared))
      .map(({ label, value }) => `${label} ${value}`)
      .join('; '),
  }));
  const routes = [...codes].map((pair) => pair.join('\u00a0')).join(', ');
  const common: Field[] = [
    ...(shared === undefined ? [] : [{ label: 'Prescriber, where no other is said', value: shared.value }]),
    ...(routes === '' ? [] : [{ label: 'Routes in SNOMED CT', value: routes }]),
  ];
  return [common, told.filter(({ value }) => value !== '')]
    .filter((facts) => facts.length > 0)
    .map((facts) => ({ head: '', facts }));
}

/** The code of each route in words, where all medicines with these words have that code. */
function routeCodes(all: readonly Shown[]): Map<string, string> {
  const codes = new Map<string, string | undefined>();
  for (const { route } of all) {
    if (route?.text === undefined) continue;
    const known = codes.has(route.text) ? codes.get(route.text) : route.code;
    codes.set(route.text, known === route.code ? known : undefined);
  }
  return new Map([...codes].flatMap(([words, code]) => (code === undefined ? [] : [[words, code]])));
}

function butShared(facts: readonly Field[], shared: Field): readonly Field[] {
  const own = facts.find(({ label }) => label === shared.label);
  if (own === undefined) return [...facts, { label: shared.label, value: 'not said' }];
  return own.value === shared.value ? facts.filter((one) => one !== own) : facts;
}

function mostCommon(rows: readonly FactRow[], label: string): Field | undefined {
  const counts = new Map<string, number>();
  for (const { facts } of rows)
    for (const one of facts) if (one.label === label) counts.set(one.value, (counts.get(one.value) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] >= FEWEST && most[1] * 2 > rows.length
    ? { label, value: most[0] }
    : undefined;
}

function moreOf(m: Shown, codes: ReadonlyMap<string, string>): Field[] {
  const name = squeezed(medicineName(m));
  const unsaid = (words: Words): Words =>
    words === undefined || name.includes(squeezed(words)) ? undefined : words;
  const { controlledDrug, topical, handWritten } = m;
  const balance = controlledDrug?.balance;
  const facts = [
    fact('strength as sent', unsaid(m.strength)),
    fact('form as sent', unsaid(m.form)),
    fact('dose', structuredDose(m)),
    fact(ROUTE, codes.has(m.route?.text ?? '') ? undefined : m.route?.code),
    fact(PRESCRIBER, m.prescriber),
    fact('monitoring', m.monitoring),
    fact('started', day(m.startDate)),
    fact('review', day(m.reviewDate)),
    fact('pack opened', day(m.openedOn)),
    fact('body map', topical?.bodyMap),
    fact('opened', day(topical?.openedOn)),
    fact('balance in the register', balance && amountWords(balance.amount, balance.unit)),
    fact('balance checked', balance?.checkedAt === undefined ? undefined : when(balance.checkedAt)),
    fact('balance witnessed by', controlledDrug?.witness),
    fact('written by hand by', handWritten?.writtenBy),
    fact('checked by', handWritten?.checkedBy),
    fact('dm+d', m.dmdCode),
  ].filter((one) => one !== undefined);
  return facts;
}

const squeezed = (words: string): string => words.replaceAll(/\s/g, '');

function fact(label: string, value: unknown): Field | undefined {
  return value === undefined || value === '' ? undefined : { label, value: unbroken(String(value)) };
}

const day = (value: unknown): Words => (value === undefined ? undefined : formatDay(String(value)));

/** The dose as data; times of day only where the rows of the chart do not have them. */
function structuredDose(m: Shown): Words {
  const { quantity, most, unit, times, frequency, weekdays } = m.dose ?? {};
  const amount =
    most === undefined ? quantity : `${quantity === undefined ? 'up' : String(quantity)} to ${String(most)}`;
  const inRows = typeof scheduleOf(m) !== 'string';
  const at = inRows ? [] : (times ?? []).map((time) => timeOfDay(time, unit)).filter((words) => words !== '');
  return [
    // A unit alone is no dose: the times of day have it with their own amounts.
    amount === undefined && times?.some((time) => time?.quantity !== undefined)
      ? ''
      : amountWords(amount, manyOf(most ?? quantity, unit)),
    at.length === 0 ? '' : `at ${at.join(', ')}`,
    frequency === undefined ? '' : frequencyWords(frequency),
    weekdays === undefined
      ? ''
      : `on ${weekdays.map((name) => WEEKDAYS[name as Weekday] ?? String(name)).join(', ')}`,
  ]
    .filter((words) => words !== '')
    .join(', ');
}

const PERIODS: Readonly<Record<string, string>> = { h: 'hour', d: 'day', wk: 'week', mo: 'month' };

function frequencyWords({ times, period, periodUnit }: NonNullable<Dose['frequency']>): string {
  const unit = PERIODS[periodUnit ?? ''] ?? String(periodUnit ?? '');
  const often = times === 1 ? 'once' : `${String(times ?? '?')} times`;
  return period === 1 ? `${often} a ${unit}` : `${often} every ${amountWords(period ?? '?', `${unit}s`)}`;
}
