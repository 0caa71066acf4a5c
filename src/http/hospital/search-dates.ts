/**
 * Dates in a search: a prefix and a date of any precision, which stands for the whole of its day, month or year.
 * https://hl7.org/fhir/R4/search.html#date and #prefix. A date without a zone is one of the home's, Europe/London.
 */

type Operator = 'ge' | 'lt';
/** Bounds that must all hold. */
export type Bounds = readonly (readonly [Operator, string])[];

export const PREFIXES = ['eq', 'ge', 'gt', 'le', 'lt'] as const;

const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/** Minutes by which London's clocks are ahead of UTC. */
function londonOffset(ms: number): number {
  const [, name = ''] = / (GMT.*)$/.exec(london.format(ms)) ?? [];
  const [, hours = '0', minutes = '0'] = /^GMT\+(\d\d):(\d\d)$/.exec(name) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

const london = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeZoneName: 'longOffset' });

/** The instant at which clocks with this zone show this time, given as if it were UTC. */
function instantOf(wall: number, zone: string | undefined): number {
  if (zone === 'Z') return wall;
  if (zone !== undefined) {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
    return wall - (zone.startsWith('-') ? -minutes : minutes) * 60_000;
  }
  const guess = wall - londonOffset(wall) * 60_000;
  return wall - londonOffset(guess) * 60_000;
}

/** From the first millisecond of a date to the first after it; undefined when it is not a date. */
export function spanOf(text: string): readonly [start: number, end: number] | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, y, mo, d, h, mi, s, fraction, zone] = match;
  const year = Number(y);
  const month = Number(mo ?? 1) - 1;
  const day = Number(d ?? 1);
  const hour = Number(h ?? 0);
  const minute = Number(mi ?? 0);
  const second = Number(s ?? 0);
  const thousandths = fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000);
  const start = new Date(Date.UTC(year, month, day, hour, minute, second, thousandths));
  // Date.UTC rolls what does not exist (30 February) over into what does.
  if (start.getUTCFullYear() !== year || start.getUTCMonth() !== month || start.getUTCDate() !== day)
    return undefined;
  if (start.getUTCHours() !== hour || minute > 59 || second > 59 || !zoneExists(zone)) return undefined;
  const end = new Date(start);
  if (mo === undefined) end.setUTCFullYear(year + 1);
  else if (d === undefined) end.setUTCMonth(month + 1);
  else if (h === undefined) end.setUTCDate(day + 1);
  else if (s === undefined) end.setUTCMinutes(minute + 1);
  else end.setTime(start.getTime() + (fraction === undefined ? 1000 : 1));
  return [instantOf(start.getTime(), zone), instantOf(end.getTime(), zone)];
}

const zoneExists = (zone: string | undefined): boolean =>
  zone === undefined || zone === 'Z' || (Number(zone.slice(1, 3)) <= 14 && Number(zone.slice(4, 6)) <= 59);

/** What a value asks of an instant; undefined when it cannot be read. */
export function boundsOf(value: string): Bounds | undefined {
  const [, prefix = '', date = ''] = /^([a-z]{2})?(.*)$/.exec(value) ?? [];
  const span = spanOf(date);
  if (span === undefined) return undefined;
  const [start, end] = span.map((ms) => new Date(ms).toISOString()) as [string, string];
  switch (prefix) {
    case '':
    case 'eq':
      return [
        ['ge', start],
        ['lt', end],
      ];
    case 'ge':
      return [['ge', start]];
    case 'gt':
      return [['ge', end]];
    case 'le':
      return [['lt', end]];
    case 'lt':
      return [['lt', start]];
    default:
      return undefined;
  }
}
