/**
 * What the chart as a whole tells of its parts, one way: status and reason of each entry by the chart's own key, the
 * display of each medicine, notes on its kind, and the cells without an entry. A dose that was due and has no entry
 * is a MedicationAdministration of status `unknown`; one after the record's end is so too, under its own code; one
 * that is not yet due is said in a note and has no resource, and what is not scheduled has none.
 */
import type { Place } from '../../mapping/binding.js';
import { isObject, type Json, type JsonObject } from '../../mapping/json.js';
import type { Node } from '../../mapping/path.js';
import { localOf, shortMoment } from './due-times.js';
import { type Bounds, boundsOf, type Cell, cellsOf, gridOf } from './grid.js';
import { KIND_LABELS, type Kind } from './medicine.js';
import { medicineName } from './names.js';
import { type KeyReader, keyReader, reasonOf, statusOf } from './outcomes.js';
import { MEDICATION_ADMINISTRATION } from './profiles.js';
import { instant, isKind, type Loose } from './schedule.js';
import type { Administration, GivenByOthers, Mar, Medicine } from './schema.js';

type Resources = (type: string, pointer: string) => Node | undefined;

/** For `project`: takes the whole chart, and the writer in which its resources already are. */
export function tellEntries(data: JsonObject, place: Place): void {
  const chart = data as unknown as Loose<Mar>;
  const find = finder(place);
  const read = keyReader((chart.chartKey ?? []) as Parameters<typeof keyReader>[0]);
  const bounds = boundsOf(chart);
  for (const [i, medicine] of (chart.medicines ?? []).entries()) {
    if (!isObject(medicine)) continue;
    const at = `${place.pointer}/medicines/${i}`;
    const statement = find('MedicationStatement', at);
    if (!statement) continue;
    const reference = named(find('Medication', at), medicineName(medicine));
    statement['medicationReference'] = reference;
    if (instant(chart.recordEndsAt) !== undefined) statement['dateAsserted'] = chart.recordEndsAt as string;
    for (const [j, entry] of (medicine.administrations ?? []).entries()) {
      const resource = find('MedicationAdministration', `${at}/administrations/${j}`);
      if (resource && isObject(entry)) told(resource, entry, read, reference);
    }
    const blanks = bounds ? blankCells(medicine, at, bounds, statement, place) : [];
    const notes = [...kindNotes(medicine), ...blanks];
    if (notes.length > 0) statement['note'] = notes.map((text) => ({ text }));
  }
  for (const [i, other] of (chart.notOnThisChart?.givenByOthers ?? []).entries()) {
    if (isObject(other)) tellOther(other, `${place.pointer}/notOnThisChart/givenByOthers/${i}`, find);
  }
}

/** Resources by type and the name that they were made from (pointer, with the part after a tilde). */
function finder({ writer }: Place): Resources {
  return (type, pointer) => writer.made(type, pointer)?.resource;
}

const named = (medication: Node | undefined, display: string): JsonObject => ({
  reference: `urn:uuid:${String(medication?.['id'])}`,
  display,
});

function told(resource: Node, entry: Loose<Administration>, read: KeyReader, reference: JsonObject): void {
  const { outcome, meaning, because } = read(entry.letter, entry.outcome);
  resource['status'] = statusOf(outcome);
  const text = because === undefined ? meaning : entry.letter;
  const reason = reasonOf(outcome, text ?? entry.letter ?? '');
  if (reason) resource['statusReason'] = [reason];
  resource['medicationReference'] = reference;
}

function kindNotes(medicine: Loose<Medicine>): string[] {
  const said = (['time-critical', 'covert', 'controlled-drug', 'patch'] as const).filter((k: Kind) =>
    isKind(medicine, k),
  );
  return said.map((k) => {
    const within = medicine.timeCritical?.withinMinutes;
    return k === 'time-critical' && typeof within === 'number'
      ? `${KIND_LABELS[k]}: within ${within} minutes`
      : KIND_LABELS[k];
  });
}

/** Adds the cells without an entry; gives the notes on doses that are not yet due. */
function blankCells(
  medicine: Loose<Medicine>,
  pointer: string,
  bounds: Bounds,
  statement: Node,
  { writer }: Place,
): string[] {
  const grid = gridOf(medicine, bounds);
  if (!grid) return [];
  const add = (cell: Cell, outcome: 'no-entry' | 'after-record-end', words: string): void => {
    const { resource } = writer.add('MedicationAdministration', pointer, {
      profiles: MEDICATION_ADMINISTRATION,
      part: `${outcome}-${localOf(cell.at).day}T${cell.clock}`,
      content: {
        status: statusOf(outcome),
        statusReason: [reasonOf(outcome, words)] as unknown as Json,
        medicationReference: statement['medicationReference'] as Json,
        effectiveDateTime: new Date(cell.at).toISOString(),
        supportingInformation: [{ reference: `urn:uuid:${String(statement['id'])}` }],
        note: [{ text: `Due ${shortMoment(cell.at)}. ${words}.` }],
      },
    });
    writer.link(resource, 'subject', { role: 'patient' });
  };
  for (const cell of cellsOf(grid, 'no-entry'))
    add(cell, 'no-entry', 'NO ENTRY on the chart: may have been given');
  for (const cell of cellsOf(grid, 'after-record-end')) {
    add(cell, 'after-record-end', 'Due after the record ends and before leaving: may have been given');
  }
  const later = cellsOf(grid, 'not-yet-due');
  return later.length === 0 ? [] : [`Not yet due: ${later.map((c) => shortMoment(c.at)).join('; ')}`];
}

function tellOther(other: Loose<GivenByOthers>, at: string, find: Resources): void {
  const statement = find('MedicationStatement', at);
  if (!statement) return;
  const reference = named(find('Medication', at), medicineName({ name: other.name }));
  statement['medicationReference'] = reference;
  statement['note'] = [{ text: 'Not on the chart of the home: given by others.' }];
  const last = find('MedicationAdministration', `${at}~last-given`);
  if (last) last['medicationReference'] = reference;
}
