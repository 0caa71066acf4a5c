/** How many doses of a when-required medicine were given in the last 24 hours of the record. */
import { amountWords } from './dose-text.js';
import { mayBeTaken, type Outcome, wasTaken } from './outcomes.js';
import { momentOf } from './print-entries.js';
import { instant, knownNumber, type Loose } from './schedule.js';
import type { Medicine } from './schema.js';
import { readerOf, type ShownMar } from './words.js';

const DAY = 24 * 3_600_000;

/** Words for it; reckoned back from the end of the record, or from leaving where that is not said. */
export function inTheLastDay(chart: ShownMar, m: Loose<Medicine>, created: string): string | undefined {
  const ends = instant(chart.recordEndsAt);
  const until = ends ?? instant(chart.leftHomeAt) ?? instant(created);
  if (until === undefined) return undefined;
  const read = readerOf(chart);
  const entries = (m.administrations ?? []).flatMap((entry) => {
    const ms = entry && momentOf(entry);
    if (ms === undefined || ms <= until - DAY || ms > until) return [];
    return [{ entry, outcome: read(entry.letter, entry.outcome as Outcome | undefined).outcome }];
  });
  const taken = entries.filter(({ outcome }) => wasTaken(outcome)).map(({ entry }) => entry);
  const perhaps = entries.filter(({ outcome }) => mayBeTaken(outcome)).length;
  const sum = total(taken.map(({ given }) => given));
  const before = ends === undefined ? 'before leaving' : 'to the end of the record';
  return [
    `In the 24\u00a0hours ${before}: ${taken.length === 0 ? 'no dose entered as taken' : `${taken.length}\u00a0dose${taken.length === 1 ? '' : 's'}`}`,
    ...(sum === undefined ? [] : [sum]),
    ...(perhaps === 0 ? [] : [`${perhaps} MORE THAT MAY HAVE BEEN TAKEN`]),
  ].join(', ');
}

/** All amounts together; undefined where one is missing, or they are not of one unit. */
function total(given: readonly Loose<{ amount?: number; unit?: string } | undefined>[]): string | undefined {
  const units = new Set(given.map((one) => String(one?.unit).replace(/s$/, '')));
  if (units.size !== 1) return undefined;
  let sum = 0;
  for (const one of given) {
    const amount = knownNumber(one?.amount);
    if (amount === undefined) return undefined;
    sum += amount;
  }
  const unit = given.find((one) => one?.unit?.endsWith('s'))?.unit ?? given[0]?.unit;
  return `in all ${amountWords(Math.round(sum * 1e6) / 1e6, unit)}`;
}
