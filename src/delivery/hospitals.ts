/**
 * The hospitals that bags can go to: a JSON file `{"hospitals": {ODS code: {…}}}`, read once at the start.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import Type, { type Static } from 'typebox';

const Text = (maxLength = 200) => Type.String({ minLength: 1, maxLength });
const Closed = { additionalProperties: false } as const;

const Coding = Type.Object(
  { system: Type.Optional(Text()), code: Text(100), display: Type.Optional(Text()) },
  Closed,
);
const Concept = Type.Object(
  { coding: Type.Optional(Type.Array(Coding, { minItems: 1, maxItems: 5 })), text: Type.Optional(Text()) },
  Closed,
);

/** What a hospital wants its document list to say; each member replaces ours in the DocumentReference. */
const Labels = Type.Object(
  {
    type: Type.Optional(Concept),
    category: Type.Optional(Type.Array(Concept, { minItems: 1, maxItems: 3 })),
    /** Title of the PDF's row. */
    title: Type.Optional(Text()),
    /** Title of the FHIR document's row; a list with two rows of one name helps nobody. */
    titleFhir: Type.Optional(Text()),
    description: Type.Optional(Text()),
    securityLabel: Type.Optional(Type.Array(Concept, { minItems: 1, maxItems: 5 })),
    practiceSetting: Type.Optional(Concept),
    facilityType: Type.Optional(Concept),
  },
  Closed,
);

/** A header's value, or the name of the environment variable that holds it (a secret stays out of the file). */
const Header = Type.Union([Text(4000), Type.Object({ env: Text(100) }, Closed)]);

const HospitalSettings = Type.Object(
  {
    name: Text(),
    baseUrl: Text(1000),
    dialect: Type.Literal('fhir-rest'),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }), Header, Closed),
    ),
    labels: Type.Optional(Labels),
    /** Telephone for the "NOT SENT" words. */
    phone: Type.Optional(Text(50)),
    /** `pdf`: only the PDF, because the ward's list would show a row that nobody can read. */
    documents: Type.Optional(Type.Union([Type.Literal('both'), Type.Literal('pdf')])),
    /** `pdf/a-3`: the PDF as PDF/A-3a with the FHIR document inside, for archives that keep nothing else. */
    pdf: Type.Optional(Type.Union([Type.Literal('usual'), Type.Literal('pdf/a-3')])),
    /** `put`: the server takes our ids. `lookup`: it gives its own, so a look-up goes before every send. */
    clientIds: Type.Optional(Type.Union([Type.Literal('put'), Type.Literal('lookup')])),
    /** The hospital has agreed to take S-flagged residents' papers on this way. */
    acceptsSensitive: Type.Optional(Type.Boolean()),
    /** Allows http:// to another machine than this one; without it papers only leave by https. */
    allowHttp: Type.Optional(Type.Boolean()),
  },
  Closed,
);

const HospitalsFile = Type.Object({ hospitals: Type.Record(Type.String(), HospitalSettings) }, { ...Closed });

export type HospitalLabels = Static<typeof Labels>;
export type HospitalsFile = Static<typeof HospitalsFile>;

/** A hospital, checked and complete. */
export interface Hospital {
  readonly odsCode: string;
  readonly name: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly dialect: 'fhir-rest';
  readonly headers: Readonly<Record<string, string>>;
  readonly labels: HospitalLabels;
  readonly phone?: string;
  readonly documents: 'both' | 'pdf';
  readonly pdf: 'usual' | 'pdf/a-3';
  readonly clientIds: 'put' | 'lookup';
  readonly acceptsSensitive: boolean;
}

export type Hospitals = ReadonlyMap<string, Hospital>;

/** The configuration file cannot be used; the message names each field. It never repeats a value. */
export class HospitalsInvalid extends Error {
  override readonly name = 'HospitalsInvalid';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`hospitals: ${faults.join('; ')}`);
    this.faults = faults;
  }
}

const ODS_CODE = /^[A-Z0-9]{3,10}$/;

/** The form of an ODS code (not that it exists): capital letters and digits, 3 to 10. */
export const isOdsCode = (code: string): boolean => ODS_CODE.test(code);

/** Headers that the dialect sets itself. */
const OURS = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'x-request-id',
  'x-correlation-id',
]);

const check = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(HospitalsFile);

function schemaFaults(value: unknown): string[] {
  if (check(value)) return [];
  const faults = (check.errors ?? [])
    .filter(({ keyword }) => keyword !== 'anyOf')
    .map(({ instancePath, keyword, params, message }) => {
      const member =
        keyword === 'additionalProperties' ? params['additionalProperty'] : params['missingProperty'];
      const where = member === undefined ? instancePath : `${instancePath}/${member}`;
      const what =
        keyword === 'additionalProperties'
          ? 'is not a known field'
          : keyword === 'required'
            ? 'is missing'
            : keyword === 'const'
              ? `must be "${params['allowedValue']}"`
              : message;
      return `${where === '' ? '/' : where} ${what}`;
    });
  return [...new Set(faults)];
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

function urlFault(text: string, allowHttp: boolean): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is not an address';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must hold no user or password: use headers';
  if (url.search !== '' || url.hash !== '') return 'must have no ? or #';
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
    return 'must begin with https:// (allowHttp: true permits http inside a closed network)';
  }
  return undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function headersOf(
  where: string,
  settings: Static<typeof HospitalSettings>,
  environment: Environment,
  faults: string[],
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings.headers ?? {})) {
    const at = `${where}/headers/${name}`;
    const text = typeof value === 'string' ? value : environment[value.env];
    if (OURS.has(name.toLowerCase())) faults.push(`${at} is set by the service itself`);
    else if (text === undefined || text === '')
      faults.push(`${at} names an environment variable that is not set`);
    else if (/[^\t\x20-\x7e]/.test(text)) faults.push(`${at} holds a character that no header can carry`);
    else headers[name.toLowerCase()] = text;
  }
  return headers;
}

/**
 * Checks a configuration and completes it.
 *
 * @param value the parsed JSON of the file
 * @param environment where `{"env": NAME}` headers are looked up (src/config.ts gives it)
 * @throws HospitalsInvalid naming every faulty field
 */
export function readHospitals(value: unknown, environment: Environment = {}): Hospitals {
  const faults = schemaFaults(value);
  if (faults.length > 0) throw new HospitalsInvalid(faults);
  const hospitals = new Map<string, Hospital>();
  for (const [odsCode, settings] of Object.entries((value as HospitalsFile).hospitals)) {
    const where = `/hospitals/${odsCode}`;
    if (!isOdsCode(odsCode)) faults.push(`${where} is not an ODS code (capital letters and digits, 3 to 10)`);
    const fault = urlFault(settings.baseUrl, settings.allowHttp ?? false);
    if (fault !== undefined) faults.push(`${where}/baseUrl ${fault}`);
    hospitals.set(odsCode, {
      odsCode,
      name: settings.name,
      baseUrl: settings.baseUrl.replace(/\/+$/, ''),
      dialect: settings.dialect,
      headers: headersOf(where, settings, environment, faults),
      labels: settings.labels ?? {},
      ...(settings.phone !== undefined && { phone: settings.phone }),
      documents: settings.documents ?? 'both',
      pdf: settings.pdf ?? 'usual',
      clientIds: settings.clientIds ?? 'put',
      acceptsSensitive: settings.acceptsSensitive ?? false,
    });
  }
  if (faults.length > 0) throw new HospitalsInvalid(faults);
  return hospitals;
}
