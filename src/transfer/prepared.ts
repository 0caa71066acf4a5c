/**
 * The package as it is mapped and as it is shown. Before mapping, two kinds of leaf are taken out: values that were
 * not understood (an urgent bag is not refused for them; they travel as text, printed NOT UNDERSTOOD, and are used for
 * nothing), and what must not leave for a sensitive (S-flagged) resident.
 */
import { isObject, type Json, type JsonObject, leaves, member, step } from '../mapping/json.js';

export interface NotUnderstood {
  /** JSON Pointer of the leaf. */
  readonly pointer: string;
  readonly value: string | number | boolean;
  /** Issue code that says why. */
  readonly code: string;
}

export interface Prepared {
  /** As it is mapped: without the leaves named below. */
  readonly clean: JsonObject;
  /** As it is printed: "NOT UNDERSTOOD: …" in the place of such a leaf. */
  readonly shown: JsonObject;
  readonly notUnderstood: readonly NotUnderstood[];
  /** Pointers of the leaves that stay with the home. */
  readonly withheld: readonly string[];
}

/** What would tell where a sensitive resident lives (domain AT-36); arrays are gone through. */
const WHERE_THE_RESIDENT_LIVES = [
  'sender.organisation',
  'sender.person.organisation',
  'sender.person.telephone',
  'resident.residence',
  'resident.telephones',
  'resident.telephone',
  'resident.gpPractice',
  'resident.personalContacts.address',
  'resident.professionalContacts.team',
  'resident.professionalContacts.organisation',
  'resident.professionalContacts.telephone',
  'resident.professionalContacts.email',
  'resident.legal.dols.authority',
  'olderPersonsAssessment.safeguarding.referredTo',
  'olderPersonsAssessment.safeguarding.contact',
  'caresEscalation.action.called.name',
  'caresEscalation.shared.canReturnTonight.telephone',
  'mar.notOnThisChart.givenByOthers.contact',
  'cprDecision.preferredPlaces.ofCare',
  'cprDecision.preferredPlaces.ofDeath.name',
  'belongings.custody.organisation',
];

/** Where the people work who wrote, completed or decided, on any paper: mostly the home, the practice, the local team. */
const WHERE_THEY_WORK = /\/(?:by|person|seniorClinician|[a-z]+By)\/(?:organisation|telephone)$/;

/** The author of the document must stand in it, if only as "withheld". */
const KEPT_WHEN_EMPTY = new Set(['/sender/organisation']);

/** Takes the package as sent and what the intake did not understand. Total for every package that the schema accepts. */
export function prepare(sent: JsonObject, notUnderstood: readonly NotUnderstood[]): Prepared {
  const sensitive = member(sent, 'resident.sensitive') === true;
  const withheld = sensitive ? [...leaves(sent)].map(([pointer]) => pointer).filter(tellsWhere) : [];
  const hidden = new Set(withheld);
  const odd = new Map(notUnderstood.filter((n) => !hidden.has(n.pointer)).map((n) => [n.pointer, n]));
  const open = without(sent, hidden) as JsonObject;
  return {
    clean: replaced(open, '', odd, () => undefined) as JsonObject,
    shown: replaced(open, '', odd, (n) => `NOT UNDERSTOOD: ${String(n.value)}`) as JsonObject,
    notUnderstood: [...odd.values()],
    withheld,
  };
}

function tellsWhere(pointer: string): boolean {
  const path = pointer
    .split('/')
    .slice(1)
    .filter((name) => !/^\d+$/.test(name))
    .join('.');
  return (
    WHERE_THEY_WORK.test(pointer) ||
    WHERE_THE_RESIDENT_LIVES.some((where) => path === where || path.startsWith(`${where}.`))
  );
}

/** A value without the hidden leaves and what they leave empty. */
function without(value: Json, hidden: ReadonlySet<string>, pointer = ''): Json | undefined {
  if (hidden.size === 0) return value;
  if (Array.isArray(value)) {
    const kept = value
      .map((item: Json, i) => without(item, hidden, pointer + step(i)))
      .filter((v) => v !== undefined);
    return kept.length === 0 && value.length > 0 ? undefined : kept;
  }
  if (!isObject(value)) return hidden.has(pointer) ? undefined : value;
  const kept = members(value, pointer, (v, at) => without(v, hidden, at));
  const emptied = Object.keys(kept).length === 0 && Object.keys(value).length > 0;
  return emptied && !KEPT_WHEN_EMPTY.has(pointer) ? undefined : kept;
}

/** A value with another in the place of each odd leaf. Objects that lose all their leaves stay: array items keep their places. */
function replaced(
  value: Json,
  pointer: string,
  odd: ReadonlyMap<string, NotUnderstood>,
  by: (n: NotUnderstood) => Json | undefined,
): Json | undefined {
  if (odd.size === 0) return value;
  if (Array.isArray(value))
    return value.map((item: Json, i) => replaced(item, pointer + step(i), odd, by) ?? '');
  if (isObject(value)) return members(value, pointer, (v, at) => replaced(v, at, odd, by));
  const found = odd.get(pointer);
  return found ? by(found) : value;
}

function members(
  value: JsonObject,
  pointer: string,
  f: (value: Json, pointer: string) => Json | undefined,
): JsonObject {
  const out: Record<string, Json> = {};
  for (const [k, v] of Object.entries(value)) {
    const kept = v === undefined ? undefined : f(v, pointer + step(k));
    if (kept !== undefined) out[k] = kept;
  }
  return out;
}
