/** What the rows of the differential table are: a small made-up resource each, with a named fault or a named trap. */

// biome-ignore lint/suspicious/noExplicitAny: many of these resources are wrong on purpose
export type Anything = any;

export interface Row {
  readonly name: string;
  readonly valid: boolean;
  /** A resource, or its text where the fault lies in the JSON itself. */
  readonly resource: Anything;
  readonly profile?: string;
  /** Why the reference, as it runs beside the project, says otherwise. */
  readonly reference?: string;
  /** A rule that one of our issues must name. */
  readonly rule?: string;
}

type More = Pick<Row, 'profile' | 'reference' | 'rule'>;

/** A row that must be called valid. */
export const good = (name: string, resource: Anything, more: More = {}): Row => ({
  name,
  valid: true,
  resource,
  ...more,
});

/** A row that must be called invalid. */
export const bad = (name: string, resource: Anything, more: More = {}): Row => ({
  name,
  valid: false,
  resource,
  ...more,
});

const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';
export const div = (inner: string): string => `<div ${XHTML}>${inner}</div>`;
export const text = { status: 'generated', div: div('x') };

export const patient = (members: Anything = {}): Anything => ({ resourceType: 'Patient', text, ...members });
export const observation = (members: Anything = {}): Anything => ({
  resourceType: 'Observation',
  text,
  status: 'final',
  code: { text: 'x' },
  ...members,
});
export const uuid = (place: number): string =>
  `urn:uuid:5f0c1d2e-7a3b-4c4d-8e5f-${String(place).padStart(12, '0')}`;
