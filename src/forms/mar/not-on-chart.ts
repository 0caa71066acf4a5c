/** What a chart alone would hide: medicines of others, changes, other charts, and where the record ends (domain 12.1). */
import { formatDay } from '../../print/format.js';
import { unbroken } from './dose-text.js';
import type { Loose } from './schedule.js';
import type { GivenByOthers } from './schema.js';
import { chartWords, NOT_SAID, others, recordWords, type ShownMar, when } from './words.js';

const GIVERS: Readonly<Record<string, string>> = {
  'district-nurse': 'district or community nurse',
  'mental-health-team': 'community mental health team',
  'palliative-team': 'hospice or palliative care team',
  'gp-practice': 'GP practice',
  clinic: 'hospital clinic or day unit',
  ambulance: 'ambulance crew',
  family: 'family or friend',
  resident: 'the resident',
};
export const giver = (o: Loose<GivenByOthers>): string => GIVERS[o.by ?? ''] ?? 'somebody else';

const CHANGES: Readonly<Record<string, string>> = {
  added: 'added',
  amended: 'amended',
  discontinued: 'discontinued',
  'on-hold': 'put on hold',
  continued: 'continued',
};

/** What is given but not on this chart, changes within 14 days, other charts, and where the record ends. */
export function notOnThisChartLines(mar: ShownMar): string[] {
  const said = mar.notOnThisChart?.anything;
  const changed = mar.changes?.any;
  return [
    ...others(mar).map(otherLine),
    ...(others(mar).length > 0
      ? []
      : [
          said === 'no'
            ? 'Nothing else is given by others.'
            : said === 'yes'
              ? 'Others give medicines too: WHICH IS NOT SAID, ask the home.'
              : 'Medicines given by others: NOT KNOWN.',
        ]),
    ...(mar.changes?.list ?? []).map((c) =>
      [
        `Changed${c?.on === undefined ? '' : ` ${formatDay(String(c.on))}`}: ${c?.medicine ?? ''}`,
        CHANGES[c?.change ?? ''] ?? String(c?.change),
        ...(c?.what === undefined ? [] : [unbroken(c.what)]),
      ].join(' – '),
    ),
    ...(changed === 'yes' && mar.changes?.list === undefined
      ? ['Changed within 14 days: WHICH IS NOT SAID.']
      : []),
    ...(changed === 'not-known' ? ['Changes within 14 days: NOT KNOWN.'] : []),
    ...(mar.charts ? [chartWords(mar)] : []),
    recordWords(mar),
  ];
}

function otherLine(o: Loose<GivenByOthers>): string {
  const driver = o.syringeDriver;
  const contents = (driver?.contents ?? []).map((c) =>
    [c?.name, c?.amount]
      .filter((s) => s !== undefined)
      .map((s) => unbroken(String(s)))
      .join(' '),
  );
  return [
    `${o.name ?? ''}${o.doseText === undefined ? '' : ` ${unbroken(o.doseText)}`}`,
    `given by ${giver(o)}`,
    ...(driver === undefined
      ? []
      : [
          `SYRINGE DRIVER RUNNING: ${contents.length > 0 ? contents.join(' + ') : 'contents not said'}`,
          `rate: ${driver.rate === undefined ? NOT_SAID : unbroken(driver.rate)}`,
          `ends: ${driver.endsAt === undefined ? NOT_SAID : when(driver.endsAt)}`,
        ]),
    `last given: ${o.lastGiven === undefined ? NOT_SAID : when(o.lastGiven)}`,
    ...(o.nextDue === undefined ? [] : [`next due: ${when(o.nextDue)}`]),
    ...(o.contact === undefined ? [] : [`ask ${o.contact}`]),
  ].join('; ');
}
