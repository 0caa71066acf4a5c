/**
 * What stands in a cell of the chart on paper, and what an entry says beyond its cell: that is numbered, and told below
 * the chart. Letters stand as they were sent.
 */
import { amountWords } from './dose-text.js';
import { localOf, shortDay, shortMoment, zoneNear } from './due-times.js';
import type { Bounds } from './grid.js';
import { type KeyReader, OUTCOME_LABELS, type Outcome, type Reading, wasTaken } from './outcomes.js';
import { instant, type Loose } from './schedule.js';
import type { Administration } from './schema.js';
import { entryWords, when } from './words.js';

export type Entry = Loose<Administration>;

/** What an entry says beyond its cell; the same words for entries of one day are one note. */
export interface Note {
  readonly number: number;
  readonly medicines: Set<string>;
  when: string;
  readonly entry: string;
  readonly said: string;
}

/** What all cells of a chart are told with; the notes are filled as the cells are told. */
export interface Telling {
  readonly read: KeyReader;
  readonly bounds: Bounds | undefined;
  /** Who made an entry → what stands for them in a cell. */
  readonly initials: ReadonlyMap<string, string>;
  readonly notes: Note[];
  /** Notes by what they say. */
  readonly noted: Map<string, number>;
}

/** The medicine that a cell belongs to. */
export interface OfMedicine {
  readonly name: string;
  /** Amount that each dose has unless its cell says another. */
  readonly each?: string | undefined;
}

/** Stands where the time of an entry is not recorded, and where its amount is not. */
export const NO_TIME = 'time?';
export const NO_AMOUNT = 'amount?';

const NO_BREAK = '\u00a0';
const HOUR = 3_600_000;

/** When an entry was made, or else when it was due. */
export const momentOf = (entry: Entry): number | undefined =>
  instant(entry.at) ?? instant(entry.scheduledFor);

/** The amount given, as on paper; undefined where none was said. */
export const givenWords = ({ given }: Entry): string | undefined =>
  given === undefined ? undefined : amountWords(given.amount, given.unit);

/**
 * Words for an entry in a cell: letter, time where it is another than the slot's, initials, amount, number of its note.
 * @param slot instant of the row; undefined in a row of no time
 */
export function cellWords(telling: Telling, of: OfMedicine, entry: Entry, slot?: number): string {
  const reading = telling.read(entry.letter, entry.outcome as Outcome | undefined);
  const who = entry.by === undefined ? undefined : telling.initials.get(entry.by);
  const time = timeWords(entry, slot);
  const amount = amountInCell(entry, of, reading);
  const number = noteOf(telling, of, entry, reading, slot);
  return [
    [entry.letter ?? '', time, who].filter((word) => word !== undefined && word !== '').join(NO_BREAK),
    amount,
    number === undefined ? undefined : `[${number}]`,
  ]
    .filter((word) => word !== undefined)
    .join(' ');
}

/** An entry that stands in no cell: all of it is a note. */
export function onlyNoted(telling: Telling, of: OfMedicine, entry: Entry): void {
  const reading = telling.read(entry.letter, entry.outcome as Outcome | undefined);
  const given = givenWords(entry);
  const at = momentOf(entry);
  noteOf(telling, of, entry, reading, undefined, [
    'In no cell',
    ...(at === undefined ? [] : [`At ${clockWords(at)}`]),
    ...(given === undefined ? [] : [`Amount ${given}`]),
    ...(entry.by === undefined ? [] : [`By ${entry.by}`]),
  ]);
}

/** The time of day alone; in the hour that comes twice with the name of the time. */
function clockWords(ms: number): string {
  const { clock } = localOf(ms);
  const twice = [-HOUR, HOUR].some((more) => localOf(ms + more).clock === clock);
  return twice ? `${clock}${NO_BREAK}${zoneNear(ms) ?? ''}` : clock;
}

function timeWords(entry: Entry, slot: number | undefined): string | undefined {
  const at = instant(entry.at);
  if (at === undefined) return NO_TIME;
  if (at === slot) return undefined;
  const day = localOf(at).day;
  const ownDay = slot !== undefined && localOf(slot).day !== day;
  return ownDay ? `${shortDay(day)}${NO_BREAK}${clockWords(at)}` : clockWords(at);
}

function amountInCell(entry: Entry, { each }: OfMedicine, reading: Reading): string | undefined {
  const given = givenWords(entry);
  if (each === undefined || !wasTaken(reading.outcome)) return given;
  if (given === undefined) return NO_AMOUNT;
  return given === each ? undefined : given;
}

/** Far enough from the chart for the year to matter. */
const LONG = 300 * 24 * HOUR;

function dated(ms: number, { bounds }: Telling): string {
  const near = bounds !== undefined && Math.abs(bounds.until - ms) < LONG;
  return near ? shortMoment(ms) : when(new Date(ms).toISOString());
}

function noteOf(
  telling: Telling,
  { name }: OfMedicine,
  entry: Entry,
  reading: Reading,
  slot: number | undefined,
  more: readonly string[] = [],
): number | undefined {
  const { bounds } = telling;
  const [at, due] = [instant(entry.at), instant(entry.scheduledFor)];
  const late = at !== undefined && bounds?.endsAt !== undefined && at > bounds.endsAt;
  const otherwiseDue =
    entry.scheduledFor !== undefined && (due === undefined || (due !== slot && due !== at));
  const said = [
    ...(late ? ['AFTER THE RECORD ENDS'] : []),
    ...(otherwiseDue ? [`Due ${due === undefined ? String(entry.scheduledFor) : dated(due, telling)}`] : []),
    ...(entry.at !== undefined && at === undefined ? [`Entered for ${String(entry.at)}`] : []),
    ...(entry.outcome === undefined
      ? []
      : [`Sent as: ${OUTCOME_LABELS[entry.outcome as Outcome] ?? String(entry.outcome)}`]),
    ...(entry.given?.site === undefined ? [] : [`Site: ${entry.given.site}`]),
    ...(entry.reason === undefined ? [] : [entry.reason]),
    ...(entry.witness === undefined ? [] : [`Witness ${entry.witness}`]),
    ...more,
  ];
  const telltale = reading.because !== undefined || momentOf(entry) === undefined || more.length > 0;
  if (said.length === 0 && !telltale) return undefined;
  return note(telling, name, at ?? due, {
    exact: at !== undefined,
    entry: entryWords(entry, reading),
    said: sentences(said),
  });
}

/** The number of a note; entries of one day that say the same share it, each with its time in its cell. */
function note(
  telling: Telling,
  medicine: string,
  ms: number | undefined,
  { exact, entry, said }: { readonly exact: boolean; readonly entry: string; readonly said: string },
): number {
  const { notes, noted } = telling;
  const number = notes.length + 1;
  if (ms === undefined) {
    notes.push({ number, medicines: new Set([medicine]), when: 'time not recorded', entry, said });
    return number;
  }
  const key = [localOf(ms).day, entry, said].join('\n');
  const known = noted.get(key);
  const like = known === undefined ? undefined : notes[known - 1];
  if (known === undefined || like === undefined) {
    noted.set(key, number);
    const when = `${dated(ms, telling)}${exact ? '' : ', round'}`;
    notes.push({ number, medicines: new Set([medicine]), when, entry, said });
    return number;
  }
  like.medicines.add(medicine);
  const day = shortDay(localOf(ms).day);
  if (like.when.startsWith(day)) like.when = day;
  return known;
}

/** Parts one after another as sentences. */
export const sentences = (parts: readonly (string | undefined)[]): string =>
  parts
    .flatMap((part) => (part === undefined || part === '' ? [] : [/[.!?…]$/.test(part) ? part : `${part}.`]))
    .join(' ');

/**
 * What stands in a cell for each person who made entries: a few letters as they were sent, else the first letters of
 * the name, told apart by a number where two people would share them.
 */
export function initialsOf(names: Iterable<string>): Map<string, string> {
  const initials = new Map<string, string>();
  const long: string[] = [];
  for (const name of new Set(names)) {
    if (name.length <= 4 && !/\s/.test(name)) initials.set(name, name);
    else long.push(name);
  }
  const taken = new Set(initials.values());
  for (const name of long) {
    const letters = firstLetters(name);
    let sign = letters;
    for (let number = 2; taken.has(sign); number++) sign = `${letters}${number}`;
    taken.add(sign);
    initials.set(name, sign);
  }
  return initials;
}

function firstLetters(name: string): string {
  const [own = ''] = name.split(/[,(;]/, 1);
  const letters = [...own.matchAll(/(?<![\p{L}\p{M}'’-])\p{L}/gu)].slice(0, 3).map(([letter]) => letter);
  return letters.length === 0 ? 'S1' : letters.join('').toUpperCase();
}
