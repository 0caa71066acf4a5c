/**
 * The faults that the pretend hospital can be told to have, and the made-up hospital for each. The ODS codes are
 * EXAMPLES of this project; no organisation has them. A supplier tries a fault by sending to its code.
 */

export type Fault =
  | 'normal'
  | 'hang'
  | 'refuse-connection'
  | 'cut-connection'
  | 'answer-half'
  | 'answer-short'
  | 'write-then-no-answer'
  | 'conflict-409'
  | 'too-many-429'
  | 'unavailable-503'
  | 'invalid-422'
  | 'slow'
  | 'own-ids';

export interface ExampleHospital {
  /** Made up; not an organisation's code. */
  readonly odsCode: string;
  readonly name: string;
  readonly fault: Fault;
  /** How often each delivery meets the fault before all is well; absent: always. */
  readonly times?: number;
  /** What a sender sees, for the documentation. */
  readonly does: string;
  readonly settings?: { readonly clientIds?: 'lookup'; readonly documents?: 'pdf' };
}

export const EXAMPLE_HOSPITALS: readonly ExampleHospital[] = [
  {
    odsCode: 'XRB01',
    name: 'Example Hospital: all is well',
    fault: 'normal',
    does: 'takes everything at once',
  },
  {
    odsCode: 'XRB02',
    name: 'Example Hospital: hangs',
    fault: 'hang',
    does: 'takes the request and never answers; nothing is written',
  },
  {
    odsCode: 'XRB03',
    name: 'Example Hospital: no connection',
    fault: 'refuse-connection',
    does: 'nobody listens at its address',
  },
  {
    odsCode: 'XRB04',
    name: 'Example Hospital: half an answer',
    fault: 'answer-half',
    times: 2,
    does: 'writes, and breaks off in the middle of its answer, twice',
  },
  {
    odsCode: 'XRB05',
    name: 'Example Hospital: writes, no answer',
    fault: 'write-then-no-answer',
    times: 2,
    does: 'writes, and ends the connection without an answer, twice',
  },
  {
    odsCode: 'XRB06',
    name: 'Example Hospital: says 409',
    fault: 'conflict-409',
    does: 'has the documents and answers 409 to every transaction',
  },
  {
    odsCode: 'XRB07',
    name: 'Example Hospital: says 429',
    fault: 'too-many-429',
    times: 2,
    does: 'answers 429 with Retry-After: 1, twice',
  },
  {
    odsCode: 'XRB08',
    name: 'Example Hospital: says 503',
    fault: 'unavailable-503',
    times: 3,
    does: 'answers 503, three times',
  },
  {
    odsCode: 'XRB09',
    name: 'Example Hospital: refuses for good',
    fault: 'invalid-422',
    does: 'answers 422 to every transaction: a person must look',
  },
  {
    odsCode: 'XRB10',
    name: 'Example Hospital: slow',
    fault: 'slow',
    does: 'takes three seconds for each answer',
  },
  {
    odsCode: 'XRB11',
    name: 'Example Hospital: gives its own ids',
    fault: 'own-ids',
    does: 'refuses ids that are not its own, so each send begins with a look-up',
    settings: { clientIds: 'lookup' },
  },
  {
    odsCode: 'XRB12',
    name: 'Example Hospital: short answer',
    fault: 'answer-short',
    times: 2,
    does: 'writes, and answers 200 with half of the entries, twice',
  },
  {
    odsCode: 'XRB13',
    name: 'Example Hospital: cuts the connection',
    fault: 'cut-connection',
    times: 2,
    does: 'ends the connection before it reads, twice',
  },
  {
    odsCode: 'XRB14',
    name: 'Example Hospital: PDF only',
    fault: 'normal',
    does: 'takes the PDF alone',
    settings: { documents: 'pdf' },
  },
];

/** An address where nothing listens: port 9 (discard) is not served on a machine of today. */
const NOBODY = 'http://127.0.0.1:9';

/**
 * The demonstration's hospitals file, pointing at the pretend hospital.
 *
 * @param sandboxUrl its address, e.g. `http://127.0.0.1:8081`
 */
export function demonstrationHospitals(sandboxUrl: string): { hospitals: Record<string, unknown> } {
  return {
    hospitals: Object.fromEntries(
      EXAMPLE_HOSPITALS.map(({ odsCode, name, fault, settings }) => [
        odsCode,
        {
          name,
          baseUrl: `${fault === 'refuse-connection' ? NOBODY : sandboxUrl}/${odsCode}/fhir`,
          dialect: 'fhir-rest',
          ...settings,
        },
      ]),
    ),
  };
}
